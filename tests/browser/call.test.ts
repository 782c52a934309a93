/** A video call between two browsers with pretend cameras and microphones: seen, heard, cut, healed, ended. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import type { Page } from "playwright-core"
import { CHROMIUM, type Office, openOffice, watch } from "../support/office.ts"
import { axeFindingsInBothThemes } from "./axe.ts"

const LONG = 60_000
const PHONE = { width: 390, height: 844 }
const WIDE = { width: 1440, height: 900 }
const DEVICES = [
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--auto-select-desktop-capture-source=Entire screen",
  "--auto-accept-this-tab-capture",
  "--allow-loopback-in-peer-connection",
  "--autoplay-policy=no-user-gesture-required",
]

describe.skipIf(!existsSync(CHROMIUM))("A video call", () => {
  let office: Office
  let anna: Page
  let guest: Page
  let link: string
  let giulia: ReturnType<Office["simulator"]["phones"]["create"]>

  beforeAll(async () => {
    office = await openOffice({ args: DEVICES })
    giulia = office.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
    anna = (await office.signIn("anna")).page
    giulia.say("Can you show me how it works?")
    await anna.getByRole("button", { name: "Open", exact: true }).first().click()
    await anna.getByText("Can you show me how it works?").first().waitFor()
  }, LONG)
  afterAll(() => office?.close())

  const callWindow = () => anna.getByRole("region", { name: "Video call with Giulia Lombardi" })
  /** The details tell the same events; only the thread's are looked for. */
  const inThread = (words: string | RegExp) => anna.getByRole("log").getByText(words).waitFor()
  const stateOf = (page: Page, selector: string, name: string, value: string) =>
    page.locator(`${selector}[data-${name}="${value}"]`).waitFor()

  const framesOf = async (page: Page, video: string) => Number(await page.evaluate(frames(video)))
  /** So many more pictures are decoded than now. */
  async function flows(page: Page, video: string): Promise<void> {
    await page.locator(video).waitFor()
    const before = await framesOf(page, video)
    await until(page, `${frames(video)} > ${before + 5} && document.querySelector("${video}").videoWidth > 100`)
  }

  async function openGuest(): Promise<Page> {
    const context = await office.browser.newContext({ viewport: PHONE, locale: "it-IT" })
    const page = await context.newPage()
    watch(page, "guest", office.complaints)
    await page.goto(link)
    return page
  }

  test(
    "is prepared with camera, microphone and level, and sends the link with one click",
    async () => {
      await anna.getByRole("button", { name: "Start video call" }).click()
      await callWindow().waitFor()
      await flows(anna, ".call-own")
      expect(await callWindow().getByLabel("Camera").first().locator("option").count()).toBeGreaterThan(0)
      await until(anna, "document.querySelector('.call-level').value > 0")
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
      await callWindow().getByRole("button", { name: "Send the link and start" }).click()
      await callWindow().getByText("Waiting for Giulia Lombardi").waitFor()
      await inThread("Anna Rossi sent a link to a video call")
      const words = await anna
        .getByRole("log")
        .getByText(/\/call\//)
        .first()
        .textContent()
      link = /http\S+\/call\/[\w-]{43}/.exec(words ?? "")![0]
    },
    LONG,
  )

  test(
    "connects when the customer joins: both see and hear each other",
    async () => {
      guest = await openGuest()
      await guest.getByRole("heading", { name: "Anna ti aspetta" }).waitFor()
      expect(await axeFindingsInBothThemes(guest)).toEqual([])
      await guest.getByRole("button", { name: "Entra nella chiamata" }).click()
      await stateOf(anna, ".call", "state", "talking")
      await guest.locator(".guest[data-talking]").waitFor()
      await Promise.all([flows(anna, ".call-remote"), flows(guest, ".guest-remote")])
      for (const [page, video] of [
        [anna, ".call-remote"],
        [guest, ".guest-remote"],
      ] as const)
        expect(await loudness(page, video)).toBeGreaterThan(0)
      await inThread("The customer joined the video call")
      expect(await axeFindingsInBothThemes(anna)).toEqual([])
    },
    LONG,
  )

  test(
    "mute, camera off and on, screen shared and not: the other side sees what is so",
    async () => {
      await callWindow().getByRole("button", { name: "Microphone" }).click()
      await guest.getByRole("button", { name: "Microfono" }).click()
      await callWindow().getByText("Giulia Lombardi is muted").waitFor()
      await guest.getByRole("button", { name: "Microfono" }).click()
      await callWindow().getByText("Giulia Lombardi is muted").waitFor({ state: "hidden" })
      await callWindow().getByRole("button", { name: "Microphone" }).click()
      await guest.getByRole("button", { name: "Videocamera" }).click()
      await callWindow().getByText("Giulia Lombardi's camera is off").waitFor()
      await guest.getByRole("button", { name: "Videocamera" }).click()
      await callWindow().getByText("camera is off").waitFor({ state: "hidden" })
      await callWindow().getByRole("button", { name: "Share screen" }).click()
      await callWindow().getByText("Giulia Lombardi sees your screen").waitFor()
      await guest.locator(".guest-screen").waitFor()
      await flows(guest, ".guest-screen")
      await callWindow().getByRole("button", { name: "Share screen" }).click()
      await guest.locator(".guest-screen").waitFor({ state: "hidden" })
    },
    LONG,
  )

  test(
    "another microphone is used while the call goes on",
    async () => {
      await callWindow().getByRole("button", { name: "Devices" }).click()
      const select = callWindow().locator('[data-device="audioinput"]')
      await select.selectOption({ index: 1 })
      await callWindow().getByRole("button", { name: "Devices" }).click()
      await flows(anna, ".call-remote")
      expect(await loudness(guest, ".guest-remote")).toBeGreaterThan(0)
    },
    LONG,
  )

  test(
    "lives on while the agent goes to other pages and back, writes, and whatever the live updates bring",
    async () => {
      await anna.evaluate("window.isThisPage = true")
      await anna.getByRole("link", { name: /^Waiting/ }).click()
      await anna.getByRole("heading", { name: "Waiting conversations" }).waitFor()
      expect(new URL(anna.url()).pathname).toBe("/waiting")
      await stateOf(anna, ".call", "state", "talking")
      giulia.say("I am still here")
      await anna.goBack()
      await anna.getByText("I am still here").first().waitFor()
      await anna.getByRole("textbox", { name: "Message" }).fill("So do I")
      await anna.getByRole("textbox", { name: "Message" }).press("Enter")
      await anna.getByRole("log").getByText("So do I").waitFor()
      expect(await anna.evaluate("window.isThisPage")).toBe(true)
      await stateOf(anna, ".call", "state", "talking")
      const place = await callWindow().boundingBox()
      await callWindow()
        .getByRole("button", { name: /^Move the call window/ })
        .press("ArrowRight")
      expect((await callWindow().boundingBox())!.x).toBeGreaterThan(place!.x)
      await callWindow().getByRole("button", { name: "Make small" }).click()
      await anna.locator(".call-scene").waitFor({ state: "hidden" })
      await callWindow().getByRole("button", { name: "Make small" }).click()
    },
    LONG,
  )

  test(
    "the link opened twice says so, and takes the call over when asked to",
    async () => {
      const second = await openGuest()
      await second.getByRole("heading", { name: "La chiamata è aperta altrove" }).waitFor()
      await second.getByRole("button", { name: "Usala qui" }).click()
      await guest.getByRole("heading", { name: "La chiamata continua altrove" }).waitFor()
      await second.locator(".guest[data-talking]").waitFor()
      await stateOf(anna, ".call", "state", "talking")
      await guest.context().close()
      guest = second
    },
    LONG,
  )

  test(
    "a network that is cut heals by itself",
    async () => {
      await anna.evaluate(`
        const offer = RTCPeerConnection.prototype.createOffer
        RTCPeerConnection.prototype.createOffer = function (options) {
          globalThis.restarts = (globalThis.restarts ?? 0) + Number(options?.iceRestart === true)
          return offer.call(this, options)
        }`)
      await guest.context().setOffline(true)
      await guest.context().setOffline(false)
      await until(anna, "globalThis.restarts > 0")
      await stateOf(anna, ".call", "state", "talking")
      await guest.locator(".guest[data-talking]").waitFor()
      await flows(anna, ".call-remote")
    },
    LONG,
  )

  test(
    "the customer closes the tab: the agent sees it at once; they come back by the same link",
    async () => {
      await guest.close({ runBeforeUnload: true })
      await callWindow().getByText("Giulia Lombardi has left").waitFor()
      await anna
        .getByText(/The customer left the video call after/)
        .first()
        .waitFor()
      guest = await openGuest()
      await guest.getByRole("button", { name: "Entra solo con l'audio" }).click()
      await stateOf(anna, ".call", "state", "talking")
      await callWindow().getByText("Giulia Lombardi's camera is off").waitFor()
    },
    LONG,
  )

  test(
    "the agent ends it: both windows say so, the link is over, and nothing complained",
    async () => {
      await callWindow().getByRole("button", { name: "End call" }).click()
      await callWindow().getByText("The call has ended").waitFor()
      await guest.getByRole("heading", { name: "La chiamata è terminata" }).waitFor()
      await guest.reload()
      await guest.getByText("Questa chiamata è terminata").waitFor()
      await callWindow().getByRole("button", { name: "Cancel" }).click()
      await anna.locator("#call").waitFor({ state: "detached" })
      await inThread(/Video call ended after/)
      await anna.setViewportSize(PHONE)
      expect(await anna.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0)
      await anna.setViewportSize(WIDE)
      expect(office.complaints.filter((line) => !/410|ERR_INTERNET_DISCONNECTED/.test(line))).toEqual([])
    },
    LONG,
  )
})

/** By the browser's own tools: the page's policy lets nobody evaluate text in it. */
const until = (page: Page, condition: string): Promise<unknown> =>
  page.evaluate(`new Promise((resolve) => {
    const look = () => (${condition} ? resolve() : requestAnimationFrame(look))
    look()
  })`)

const frames = (video: string) => `document.querySelector("${video}").getVideoPlaybackQuality().totalVideoFrames`

/** The loudest moment of a stream that is played, over two seconds. */
const loudness = async (page: Page, video: string): Promise<number> =>
  Number(
    await page.evaluate(`(async () => {
      const context = new AudioContext()
      const analyser = context.createAnalyser()
      context.createMediaStreamSource(document.querySelector("${video}").srcObject).connect(analyser)
      const samples = new Float32Array(analyser.fftSize)
      let most = 0
      for (let frame = 0; frame < 120 && most < 0.01; frame++) {
        await new Promise(requestAnimationFrame)
        analyser.getFloatTimeDomainData(samples)
        most = Math.max(most, ...samples.map(Math.abs))
      }
      return most
    })()`),
  )
