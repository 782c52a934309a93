/**
 * A video call between two browsers in networks of their own, without internet: straight from one to the other, cut as by
 * pulling the plug and healed, and through a real coturn where nothing else gets through.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Subprocess } from "bun"
import type { Browser, Page } from "playwright-core"
import { companyDocument } from "../support/cast.ts"
import { mayMakeNetworks, Networks } from "../support/networks.ts"
import { CHROMIUM, openBrowser, signIn, watch } from "../support/office.ts"

const LONG = 120_000
const LINK = /http\S+\/call\/[\w-]{43}/
const TURNSERVER = "/usr/bin/turnserver"
const TURN_PORT = 3478
const SECRET = "a secret of the relay"
const mayMake = mayMakeNetworks()
const TITLE = mayMake
  ? "Between networks without internet"
  : "Between networks without internet (left out: making networks needs root here)"

describe.skipIf(!existsSync(CHROMIUM) || !existsSync(TURNSERVER) || !mayMake)(TITLE, () => {
  const folder = mkdtempSync(join(tmpdir(), "sportello-networks-test-"))
  const complaints: string[] = []
  let networks: Networks
  let premises: Subprocess<"pipe", "pipe", "inherit">
  let relay: Subprocess
  let url: string
  let browsers: Browser[] = []
  let anna: Page
  const links = new Set<string>()
  let guest: Page

  beforeAll(async () => {
    networks = new Networks()
    relay = Bun.spawn(networks.in("house", turnserver(networks.address.house, folder)), {
      cwd: folder,
      stdout: "ignore",
      stderr: "ignore",
    })
    const told = JSON.stringify({ address: networks.address.house, document: withRelay(networks.address.house) })
    const office = [process.execPath, join(import.meta.dir, "../support/distant-premises.ts"), told]
    premises = Bun.spawn(networks.in("house", office), { stdin: "pipe", stdout: "pipe", stderr: "inherit" })
    url = await firstLine(premises.stdout)
    // Cameras are for pages that nobody could have changed on the way: these come from a house without TLS.
    const origins = [url, url.replace(/\d+$/, "8081")].join()
    const args = [...DEVICES, `--unsafely-treat-insecure-origin-as-secure=${origins}`]
    browsers = await Promise.all(
      (["agent", "guest"] as const).map((place) => openBrowser(args, networks.executable(place, CHROMIUM))),
    )
    ;({ page: anna } = await signIn(browsers[0]!, url, "anna", complaints, {}))
    anna.setDefaultTimeout(30_000)
    premises.stdin.write("Can you show me how it works?\n")
    premises.stdin.flush()
    await anna.getByRole("button", { name: "Open", exact: true }).first().click()
  }, LONG)
  afterAll(async () => {
    for (const browser of browsers) await browser.close()
    void premises?.stdin.end()
    await premises?.exited
    relay?.kill()
    await relay?.exited
    networks?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Anna calls, the customer joins by the link. */
  async function begin(): Promise<void> {
    await anna.getByRole("button", { name: "Start video call" }).click()
    await anna.getByRole("button", { name: "Send the link and start" }).click()
    await anna.getByText("Waiting for Giulia Lombardi").waitFor()
    await anna.evaluate(KEEP_PEERS)
    const context = await browsers[1]!.newContext({ locale: "it-IT", viewport: { width: 390, height: 844 } })
    guest = await context.newPage()
    watch(guest, "guest", complaints)
    guest.setDefaultTimeout(30_000)
    await guest.goto(await newLink())
    await guest.getByRole("button", { name: "Entra nella chiamata" }).click()
    await talking()
  }
  /** Of the link that has just gone out. */
  async function newLink(): Promise<string> {
    const words = anna.getByRole("log").getByText(LINK)
    await words.nth(links.size).waitFor()
    const all = (await words.allTextContents()).flatMap((text) => LINK.exec(text) ?? [])
    const link = all.find((one) => !links.has(one))!
    links.add(link)
    return link
  }
  async function talking(): Promise<void> {
    await anna.locator('.call[data-state="talking"]').waitFor({ timeout: 60_000 })
    await guest.locator(".guest[data-talking]").waitFor({ timeout: 60_000 })
    await Promise.all([flows(anna, ".call-remote"), flows(guest, ".guest-remote")])
  }
  async function finish(): Promise<void> {
    await anna.getByRole("button", { name: "End call" }).click()
    await guest.getByRole("heading", { name: "La chiamata è terminata" }).waitFor()
    await anna
      .getByRole("region", { name: /^Video call with/ })
      .getByRole("button", { name: "Cancel" })
      .click()
    await guest.context().close()
  }
  const way = () => anna.evaluate<string>(WAY_OF_LAST_PEER)
  const restarts = () => anna.evaluate<number>("globalThis.restarts")
  const lostPath = () => anna.locator('.call[data-state="reconnecting"], .call[data-state="waiting"]').waitFor()

  test(
    "no way leads out of them",
    () => {
      for (const place of ["house", "agent", "guest"] as const)
        expect(networks.ways(place)).toEqual([expect.stringMatching(/^10\.77\.0\.0\/24 dev \w+ /)])
    },
    LONG,
  )

  test(
    "the call goes straight from one to the other, by their own addresses",
    async () => {
      await begin()
      expect(await way()).toBe(`host ${networks.address.agent} host ${networks.address.guest}`)
    },
    LONG,
  )

  test(
    "a plug that is pulled and put back: both see it, and the call heals by itself, by a new way",
    async () => {
      const before = await restarts()
      networks.cut("guest")
      await lostPath()
      networks.mend("guest")
      await talking()
      expect(await restarts()).toBeGreaterThan(before)
      expect(await way()).toBe(`host ${networks.address.agent} host ${networks.address.guest}`)
    },
    LONG,
  )

  test(
    "the agent's own is pulled: the same",
    async () => {
      networks.cut("agent")
      await lostPath()
      networks.mend("agent")
      await talking()
      await finish()
    },
    LONG,
  )

  test(
    "where neither reaches the other every picture goes by the relay, and a cut heals there too",
    async () => {
      networks.part()
      await begin()
      expect(await way()).toContain("relay")
      networks.cut("guest")
      await lostPath()
      networks.mend("guest")
      await talking()
      expect(await way()).toContain("relay")
      await finish()
    },
    LONG,
  )
})

const DEVICES = [
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--autoplay-policy=no-user-gesture-required",
]

const turnserver = (address: string, folder: string): string[] => [
  TURNSERVER,
  "-n",
  `--listening-port=${TURN_PORT}`,
  `--listening-ip=${address}`,
  `--relay-ip=${address}`,
  "--use-auth-secret",
  `--static-auth-secret=${SECRET}`,
  "--realm=acme.test",
  "--no-cli",
  "--fingerprint",
  "--no-tls",
  "--no-dtls",
  "--no-multicast-peers",
  "--log-file=stdout",
  `--pidfile=${join(folder, "turn.pid")}`,
  `--userdb=${join(folder, "turn.db")}`,
]

/** The company with a relay that may be used, and need not be. */
function withRelay(address: string) {
  const [acme, globex] = companyDocument().tenants
  const callServers = { urls: [`stun:${address}:${TURN_PORT}`, `turn:${address}:${TURN_PORT}`], secret: SECRET }
  return { tenants: [{ ...acme, callServers }, globex] }
}

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = ""
  for await (const part of stream) {
    text += new TextDecoder().decode(part)
    const line = /^(.*)\n/.exec(text)?.[1]
    if (line !== undefined) return line
  }
  throw new Error("the premises did not open")
}

const frames = (video: string) => `document.querySelector("${video}").getVideoPlaybackQuality().totalVideoFrames`

/** So many more pictures are decoded than now. */
async function flows(page: Page, video: string): Promise<void> {
  const before = Number(await page.evaluate(frames(video)))
  await page.evaluate(`new Promise((resolve) => {
    const look = () => (${frames(video)} > ${before + 5} ? resolve() : requestAnimationFrame(look))
    look()
  })`)
}

/** The page's connections stay within reach of the test, which counts their new beginnings. */
const KEEP_PEERS = `(() => {
  if ("restarts" in globalThis) return
  globalThis.restarts = 0
  const Made = globalThis.RTCPeerConnection
  globalThis.RTCPeerConnection = class extends Made {
    constructor(...given) {
      super(...given)
      globalThis.lastPeer = this
    }
    createOffer(options) {
      globalThis.restarts += Number(options?.iceRestart === true)
      return super.createOffer(options)
    }
  }
})()`

/** By which kind of address, and which, each end of the chosen pair sends. */
const WAY_OF_LAST_PEER = `(async () => {
  const report = [...(await globalThis.lastPeer.getStats()).values()]
  const { selectedCandidatePairId } = report.find(({ type }) => type === "transport")
  const pair = report.find(({ id }) => id === selectedCandidatePairId)
  const end = (wanted) => report.find(({ id }) => id === wanted)
  const [local, remote] = [end(pair.localCandidateId), end(pair.remoteCandidateId)]
  return [local.candidateType, local.address, remote.candidateType, remote.address].join(" ")
})()`
