/** A voice note by hand: spoken into a pretend microphone, listened to, sent, and judged by a stranger's tool. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "playwright-core"
import type { Phone } from "~/simulator/phone.ts"
import { office as officeOf } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice, visitedBy } from "../support/office.ts"
import { axeFindings } from "./axe.ts"
import { LOOKS } from "./looks.ts"

const LONG = 60_000
const OPUSINFO = "/usr/bin/opusinfo"
const MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]

describe.skipIf(!existsSync(CHROMIUM))("A voice note", () => {
  let office: Office
  let anna: Page
  let giulia: Phone
  const folder = mkdtempSync(join(tmpdir(), "sportello-voice-"))
  const bar = () => anna.getByRole("group", { name: "Voice note" })
  const press = (name: string) => bar().getByRole("button", { name, exact: true }).click()
  const record = () => anna.getByRole("button", { name: "Record a voice note" }).click()
  const notes = () => anna.getByRole("log").locator(".is-ours audio")
  /** Until the timer shows so many seconds. */
  const speaks = (seconds: number) =>
    bar()
      .getByRole("timer")
      .and(anna.getByText(new RegExp(`^0:0[${seconds}-9]$`)))
      .waitFor()

  beforeAll(async () => {
    office = await openOffice({ document: officeOf([{ username: "anna" }]), args: MICROPHONE })
    anna = (await office.signIn("anna")).page
    giulia = await visitedBy(office, anna, "Mi può chiamare?")
  }, LONG)
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await office?.close()
  })

  test(
    "is recorded with level and time, paused, heard before it is sent, and is Opus in Ogg of one channel",
    async () => {
      await record()
      await speaks(2)
      expect(await bar().locator(".is-heard").getAttribute("d")).toMatch(/^M/)
      await press("Pause")
      const paused = await anna.locator("#voice-time").textContent()
      await press("Go on recording")
      await speaks(3)
      await anna.screenshot({ path: "/tmp/voice-recording.png" })
      await press("Stop and listen")
      await press("Listen")
      await bar().getByRole("button", { name: "Stop listening" }).waitFor()
      await press("Stop listening")
      const length = Number((await anna.locator("#voice-total").textContent())?.split(":")[1])
      expect(paused).toBe("0:02")
      await anna.screenshot({ path: "/tmp/voice-listening.png" })
      await press("Send")
      await notes().first().waitFor()
      await bar().waitFor({ state: "hidden" })
      await office.simulator.idle()
      expect(giulia.received()).toMatchObject([{ type: "audio", content: { voice: true } }])
      const path = join(folder, "sent.ogg")
      const source = (await notes().first().getAttribute("src")) ?? ""
      const bytes = await anna.evaluate(
        `fetch(${JSON.stringify(source)}).then((answer) => answer.bytes()).then((all) => [...all])`,
      )
      writeFileSync(path, Uint8Array.from(bytes as number[]))
      if (!existsSync(OPUSINFO)) return
      const said = Bun.spawnSync([OPUSINFO, path]).stdout.toString()
      expect(said).toContain("Opus stream 1")
      expect(said).toMatch(/Channels: 1/)
      const [, minutes, seconds] = /Playback length: (\d+)m:([\d.]+)s/.exec(said) ?? []
      expect(Math.abs(Number(minutes) * 60 + Number(seconds) - length)).toBeLessThan(1.5)
      expect(said).not.toMatch(/ERROR|invalid|corrupt/i)
    },
    LONG,
  )

  test(
    "plays in the thread and on the pretend phone",
    async () => {
      const isPlaying = "(audio) => audio.play().then(() => audio.duration > 1)"
      expect(await notes().first().evaluate(`(${isPlaying})(document.querySelector(".is-ours audio"))`)).toBe(true)
    },
    LONG,
  )

  test(
    "that is thrown away is gone, and the microphone is let go of",
    async () => {
      await record()
      await speaks(1)
      await press("Discard the recording")
      await bar().waitFor({ state: "hidden" })
      expect(await notes().count()).toBe(1)
      await anna.getByRole("textbox", { name: "Message" }).fill("Anzi, scrivo")
      await anna.getByRole("textbox", { name: "Message" }).fill("")
    },
    LONG,
  )

  test(
    "says what to do when the microphone may not be used, is not there, or the page is not secure",
    async () => {
      const problem = anna.getByRole("alert").filter({ has: anna.locator("#voice-problem-title") })
      const fails = (name: string) =>
        `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", ${JSON.stringify(name)}))`
      for (const [name, words] of [
        ["NotAllowedError", "The browser does not let this page use the microphone"],
        ["NotFoundError", "No microphone was found"],
        ["NotReadableError", "The microphone cannot be used"],
      ] as const) {
        await anna.evaluate(fails(name))
        await record()
        await problem.getByText(words).waitFor()
      }
      await anna.screenshot({ path: "/tmp/voice-problem.png" })
      await anna.evaluate('Object.defineProperty(navigator, "mediaDevices", { value: undefined, configurable: true })')
      await record()
      await problem.getByText("Browsers allow it over HTTPS only").waitFor()
      await anna.getByRole("button", { name: "Dismiss", exact: true }).click()
      await anna.evaluate("delete navigator.mediaDevices")
      await anna.reload()
    },
    LONG,
  )

  test(
    "says beforehand where this browser makes a sound file of it",
    async () => {
      await anna.evaluate('Object.defineProperty(MediaRecorder.prototype, "mimeType", { get: () => "audio/mp4" })')
      await record()
      await speaks(1)
      await anna.getByRole("alert").getByText("This will arrive as a sound file").waitFor()
      await press("Discard the recording")
      await anna.getByRole("button", { name: "Dismiss", exact: true }).click()
      await anna.reload()
    },
    LONG,
  )

  test.each(LOOKS)(
    "looks right and is accessible while one speaks: $name",
    async ({ name, colorScheme, size }) => {
      await anna.setViewportSize(size)
      await anna.emulateMedia({ colorScheme })
      await anna.reload()
      await record()
      await speaks(1)
      await anna.screenshot({ path: `/tmp/voice-${name}.png` })
      expect(await axeFindings(anna)).toEqual([])
      await press("Discard the recording")
      expect(office.complaints).toEqual([])
    },
    LONG,
  )
})
