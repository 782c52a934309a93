/** The Wi-Fi drops in the middle of a large file: it goes on by itself, and arrives as it was. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { office as officeOf } from "../support/cast.ts"
import { type Line, openLine } from "../support/line.ts"
import { CHROMIUM, type Office, openOffice } from "../support/office.ts"
import { freePort } from "../support/ports.ts"
import { rowsOf } from "../support/records.ts"

const LONG = 60_000
const SIZE = 30_000_000

describe.skipIf(!existsSync(CHROMIUM))("A line that drops", () => {
  let office: Office
  let anna: Page
  let line: Line
  const folder = mkdtempSync(join(tmpdir(), "sportello-cut-"))
  const path = join(folder, "archive.zip")
  const attached = () => anna.getByRole("list", { name: "Files to send" })

  beforeAll(async () => {
    const bytes = new Uint8Array(SIZE)
    for (let at = 0; at < SIZE; at += 65_536) crypto.getRandomValues(bytes.subarray(at, Math.min(SIZE, at + 65_536)))
    bytes.set([0x50, 0x4b, 0x03, 0x04])
    writeFileSync(path, bytes)
    const port = await freePort()
    line = await openLine(port)
    const config = { listen: { hostname: "127.0.0.1", port }, url: `http://127.0.0.1:${line.port}` }
    office = await openOffice({ document: officeOf([{ username: "anna" }]), config })
    anna = (await office.signIn("anna")).page
    office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" }).say("Mi manda l'archivio?")
    await anna.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Open" }).click()
    await anna.getByRole("log").getByText("Mi manda").waitFor()
  }, LONG)
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await office?.close()
    line?.close()
  })

  const partial = () =>
    rowsOf<{ pieces: number }>(
      office.appliance().database.path,
      "SELECT count(*) AS pieces FROM mediaChunk c JOIN partialUpload u ON u.file = c.file",
    )[0]?.pieces ?? 0

  test(
    "the file goes on where it was, and the same bytes arrive",
    async () => {
      const offsets: number[] = []
      anna.on("request", (request) => {
        const url = new URL(request.url())
        if (request.method() === "POST" && url.pathname.endsWith("/files"))
          offsets.push(Number(url.searchParams.get("offset")))
      })
      line.cutAfter(SIZE / 2)
      await anna.locator("#attach-files").setInputFiles(path)
      await anna.getByRole("button", { name: "Send" }).click()
      await attached().getByText("Connection lost – going on by itself…").waitFor()
      const before = partial()
      expect(before).toBeGreaterThan(10)
      line.mend()
      await attached().waitFor({ state: "hidden", timeout: 30_000 })
      await anna
        .getByRole("log")
        .getByRole("link", { name: /archive\.zip/ })
        .waitFor()
      const [kept] = rowsOf<{ sha256: Uint8Array; size: number }>(
        office.appliance().database.path,
        "SELECT sha256, size FROM mediaFile",
      )
      const own = new Bun.CryptoHasher("sha256").update(readFileSync(path)).digest("hex")
      expect([kept?.size, Buffer.from(kept?.sha256 ?? []).toString("hex")]).toEqual([SIZE, own])
      expect(offsets[0]).toBe(0)
      expect(offsets.at(-1)).toBeGreaterThanOrEqual(before * 262_144)
    },
    LONG,
  )

  test(
    "a browser without a network says so, keeps the text, and sends it when it is back",
    async () => {
      await anna.context().setOffline(true)
      await anna.getByRole("status").getByText("Connection lost – reconnecting").waitFor()
      await anna.getByRole("textbox", { name: "Message" }).fill("Eccolo")
      await anna.getByRole("button", { name: "Send" }).click()
      await anna.getByText("You are offline. Your text is kept here").waitFor()
      expect(await anna.getByRole("textbox", { name: "Message" }).inputValue()).toBe("Eccolo")
      await anna.context().setOffline(false)
      await anna.getByText("Connection lost – reconnecting").waitFor({ state: "hidden" })
      await anna.getByRole("button", { name: "Send" }).click()
      await anna.getByRole("log").getByText("Eccolo").waitFor()
    },
    LONG,
  )
})
