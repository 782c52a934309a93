/** A video call that goes through a real coturn and no other way; and the admin's trial of it. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { createSocket } from "node:dgram"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { companyDocument } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice, watch } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000
const TURNSERVER = "/usr/bin/turnserver"
const SECRET = "a secret of the relay"

describe.skipIf(!existsSync(CHROMIUM) || !existsSync(TURNSERVER))("Through a relay only", () => {
  let office: Office
  let relay: ReturnType<typeof Bun.spawn>
  let port: number
  let dora: Page
  const folder = mkdtempSync(join(tmpdir(), "sportello-turn-"))

  beforeAll(async () => {
    port = await freeUdpPort()
    relay = Bun.spawn(
      [
        TURNSERVER,
        "-n",
        `--listening-port=${port}`,
        "--listening-ip=127.0.0.1",
        "--relay-ip=127.0.0.1",
        "--use-auth-secret",
        `--static-auth-secret=${SECRET}`,
        "--realm=acme.test",
        "--no-cli",
        "--fingerprint",
        "--allow-loopback-peers",
        "--no-tls",
        "--no-dtls",
        "--no-multicast-peers",
        "--log-file=stdout",
        `--pidfile=${join(folder, "turn.pid")}`,
        `--userdb=${join(folder, "turn.db")}`,
      ],
      { cwd: folder, stdout: "ignore", stderr: "ignore" },
    )
    office = await openOffice({ document: throughRelay(port, SECRET), args: DEVICES })
    dora = (await office.signIn("dora")).page
  }, LONG)
  afterAll(async () => {
    await office?.close()
    relay?.kill()
    await relay?.exited
    rmSync(folder, { recursive: true, force: true })
  })

  const save = () => dora.getByRole("region", { name: "Servers" }).getByRole("button", { name: "Save" }).click()

  test(
    "the admin's trial says that the relay works, in words that a firewall's owner can use",
    async () => {
      await dora.goto(`${office.url}/admin/calls`)
      await dora.getByRole("heading", { name: "Video calls" }).waitFor()
      await dora.getByRole("button", { name: "Start the test" }).click()
      const line = (name: RegExp) => dora.getByRole("row", { name })
      await line(/How stun:127.0.0.1:\d+ sees this computer.*(Works|No answer)/).waitFor({ timeout: 30_000 })
      await line(/A connection through turn:.*✓ Works: 127.0.0.1/).waitFor({ timeout: 30_000 })
      expect(await axeFindingsInBothThemes(dora)).toEqual([])
    },
    LONG,
  )

  test(
    "a wrong secret is said to be one, and is put right on the same page",
    async () => {
      await dora.getByLabel("Shared secret of the relay").fill("another secret")
      await save()
      await dora.getByText("The servers for video calls are saved.").waitFor()
      await dora.getByRole("button", { name: "Start the test" }).click()
      await dora.getByRole("row", { name: /A connection through turn:.*✗/ }).waitFor({ timeout: 30_000 })
      await dora.getByLabel("Addresses, one a line").fill("http://no")
      await save()
      await dora.getByText("«http://no» is no address of a STUN or TURN server").waitFor()
      await dora.getByLabel("Addresses, one a line").fill(`turn:127.0.0.1:${port}`)
      await dora.getByLabel("Shared secret of the relay").fill(SECRET)
      await save()
      await dora.getByText("The servers for video calls are saved.").waitFor()
    },
    LONG,
  )

  test(
    "agent and customer see each other, and every picture has gone by the relay",
    async () => {
      const giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
      const { page: anna } = await office.signIn("anna")
      giulia.say("From behind a firewall")
      await anna.getByRole("button", { name: "Open", exact: true }).first().click()
      await anna.getByRole("button", { name: "Start video call" }).click()
      await anna.getByRole("button", { name: "Send the link and start" }).click()
      const words = await anna
        .getByRole("log")
        .getByText(/\/call\//)
        .first()
        .textContent()
      const guest = await (await office.browser.newContext({ locale: "it-IT" })).newPage()
      watch(guest, "guest", office.complaints)
      await guest.goto(/http\S+\/call\/[\w-]{43}/.exec(words ?? "")![0])
      await anna.evaluate(KEEP_PEERS)
      await guest.getByRole("button", { name: "Entra nella chiamata" }).click()
      await anna.locator('.call[data-state="talking"]').waitFor({ timeout: 30_000 })
      await guest.locator(".guest[data-talking]").waitFor()
      expect(await anna.evaluate(WAY_OF_LAST_PEER)).toBe("relay/relay")
      await anna.getByRole("button", { name: "End call" }).click()
      await guest.getByRole("heading", { name: "La chiamata è terminata" }).waitFor()
    },
    LONG,
  )
})

const DEVICES = [
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--allow-loopback-in-peer-connection",
  "--autoplay-policy=no-user-gesture-required",
]

/** The company whose calls go through that relay and no other way. */
function throughRelay(port: number, secret: string) {
  const document = companyDocument() as { tenants: { settings?: object }[] }
  const callServers = { urls: [`stun:127.0.0.1:${port}`, `turn:127.0.0.1:${port}`], secret }
  const tenants = document.tenants.map((tenant, index) =>
    index === 0 ? { ...tenant, callServers, settings: { ...tenant.settings, callThroughRelayOnly: true } } : tenant,
  )
  return { ...document, tenants }
}

function freeUdpPort(): Promise<number> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4").bind(0, "127.0.0.1", () => {
      const { port } = socket.address()
      socket.close(() => resolve(port))
    })
  })
}

/** The page's connections stay within reach of the test. */
const KEEP_PEERS = `(() => {
  const Made = globalThis.RTCPeerConnection
  globalThis.RTCPeerConnection = class extends Made {
    constructor(...given) {
      super(...given)
      globalThis.lastPeer = this
    }
  }
})()`

/** By what kind of address each end of the chosen pair sends. */
const WAY_OF_LAST_PEER = `(async () => {
  const report = [...(await globalThis.lastPeer.getStats()).values()]
  const { selectedCandidatePairId } = report.find(({ type }) => type === "transport")
  const pair = report.find(({ id }) => id === selectedCandidatePairId)
  const kind = (wanted) => report.find(({ id }) => id === wanted).candidateType
  return kind(pair.localCandidateId) + "/" + kind(pair.remoteCandidateId)
})()`
