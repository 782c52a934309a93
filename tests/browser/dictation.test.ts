/** Dictation by hand: spoken into a pretend microphone, cut at its pauses, written down by a server, put at the caret. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "playwright-core"
import type { Phone } from "~/simulator/phone.ts"
import { isSpeechWav } from "~/speech/rules/wav.ts"
import { type Mood, SpeechServer, spokenWav } from "../speech/server.ts"
import { office as officeOf } from "../support/cast.ts"
import { CHROMIUM, type Office, openOffice, visitedBy } from "../support/office.ts"
import { axeFindings } from "./axe.ts"
import { LOOKS } from "./looks.ts"

const LONG = 60_000

describe.skipIf(!existsSync(CHROMIUM))("Dictation", () => {
  let office: Office
  let anna: Page
  let giulia: Phone
  const engine = new SpeechServer()
  let http: ReturnType<typeof Bun.serve>
  const folder = mkdtempSync(join(tmpdir(), "sportello-dictation-"))
  const field = () => anna.getByRole("textbox", { name: "Message", exact: true })
  const dictate = () => anna.getByRole("button", { name: "Dictate", exact: true })
  const bar = () => anna.getByRole("group", { name: "Dictation" })
  const says = (words: string | RegExp) => bar().getByText(words).waitFor()
  /** Until the field says so, by what its input events tell. */
  const written = (text: string) =>
    anna.evaluate(`new Promise((resolve, reject) => {
      const field = document.querySelector("#composer-text")
      const look = () => field.value === ${JSON.stringify(text)} && resolve()
      field.addEventListener("input", look)
      setTimeout(() => reject(new Error(field.value)), 12_000)
      look()
    })`)
  const clear = async () => {
    await field().fill("")
    engine.asked.length = 0
    engine.mood = "well"
  }

  const listen = (port: number | undefined) =>
    Bun.serve({ hostname: "127.0.0.1", port: port ?? 0, fetch: (request) => engine.answer(request) })

  beforeAll(async () => {
    http = listen(0)
    const sound = join(folder, "speech.wav")
    writeFileSync(sound, spokenWav([0.8, 1.6, 1.2, 1.2, 30]))
    const people = officeOf([{ username: "anna" }, { username: "dora", level: "tenant_admin" }])
    const speech = { engine: "server", url: `http://127.0.0.1:${http.port}`, model: "whisper-small", key: "s3cret" }
    office = await openOffice({
      document: { tenants: people.tenants.map((tenant) => ({ ...tenant, speech })) },
      args: [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        `--use-file-for-fake-audio-capture=${sound}%noloop`,
      ],
    })
    anna = (await office.signIn("anna")).page
    giulia = await visitedBy(office, anna, "Mi può scrivere?")
  }, LONG)
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await office?.close()
    await http?.stop(true)
  })

  test(
    "is cut at the pause, sent as 16 kHz WAV in the customer's language, and lands at the caret",
    async () => {
      engine.words = ["il tecnico viene", "domani mattina."]
      await field().fill("Buongiorno, grazie")
      await anna.evaluate('document.querySelector("#composer-text").setSelectionRange(11, 11)')
      await dictate().click()
      await says(/Listening/)
      await written("Buongiorno, il tecnico viene domani mattina. grazie")
      await anna.screenshot({ path: "/tmp/dictation-listening.png" })
      expect(await anna.evaluate('document.querySelector("#composer-text").selectionStart')).toBe(44)
      await anna.getByRole("button", { name: "Stop dictating" }).click()
      await bar().waitFor({ state: "hidden" })
      expect(engine.asked.length).toBe(2)
      for (const { file, ...rest } of engine.asked) {
        expect(isSpeechWav(file)).toBe(true)
        expect(rest).toMatchObject({ name: "speech.wav", language: "it", model: "whisper-small", key: "Bearer s3cret" })
      }
      const [first = 0, second = 0] = engine.asked.map(({ file }) => (file.length - 44) / 32_000)
      // 1.6 and 1.2 seconds of speech, the lead before and the pause after.
      expect(first).toBeWithin(1.7, 2.6)
      expect(second).toBeWithin(1.3, 2.2)
      expect(engine.asked.map(({ prompt }) => prompt)).toEqual(["Buongiorno,", "Buongiorno, il tecnico viene"])
    },
    LONG,
  )

  test(
    "in another language, remembered for this customer; Escape stops it; what was typed meanwhile stays",
    async () => {
      await clear()
      engine.words = ["see you tomorrow"]
      await anna.getByLabel("Language you dictate in").selectOption("en")
      await dictate().click()
      await says(/Listening/)
      await field().pressSequentially("Hello, ")
      await field().press("Escape")
      await bar().waitFor({ state: "hidden" })
      await dictate().waitFor()
      expect(await field().inputValue()).toStartWith("Hello,")
      await anna.reload()
      expect(await anna.getByLabel("Language you dictate in").inputValue()).toBe("en")
      expect(await field().inputValue()).toStartWith("Hello,")
    },
    LONG,
  )

  const TROUBLES: [Mood, string][] = [
    ["wrong key", "The speech server refuses the key"],
    ["a web page", "What answers there is no transcription server"],
    ["too large", "The recording is too large for the speech server"],
    ["elsewhere", "What answers there is no transcription server"],
  ]
  test.each(TROUBLES)(
    "that fails (%s) says why, keeps what was typed, and tries again",
    async (mood, words) => {
      await clear()
      engine.words = ["eccomi"]
      engine.mood = mood
      await field().fill("Buongiorno")
      await dictate().click()
      await says(new RegExp(words))
      expect(await field().inputValue()).toBe("Buongiorno")
      await dictate().waitFor()
      engine.mood = "well"
      await bar().getByRole("button", { name: "Try again" }).click()
      await written("Buongiorno eccomi")
      await bar().waitFor({ state: "hidden" })
    },
    LONG,
  )

  test(
    "by a server that is slow says so, and one that is down says so",
    async () => {
      await clear()
      engine.words = ["finalmente"]
      engine.mood = "slow"
      await dictate().click()
      await says("The speech server is slow")
      await anna.screenshot({ path: "/tmp/dictation-slow.png" })
      engine.mood = "well"
      engine.release()
      await written("finalmente")
      await clear()
      await anna.keyboard.press("Escape")
      const { port } = http
      await http.stop(true)
      await field().fill("Intanto scrivo")
      await dictate().click()
      await says("The speech server does not answer")
      expect(await field().inputValue()).toBe("Intanto scrivo")
      await anna.screenshot({ path: "/tmp/dictation-down.png" })
      await bar().getByRole("button", { name: "Close dictation" }).click()
      http = listen(port)
    },
    LONG,
  )

  test(
    "a voice note is read when somebody asks, labelled, and found by its words",
    async () => {
      await clear()
      engine.words = ["La caldaia perde ancora acqua"]
      giulia.send({ kind: "voice" })
      const ask = anna.getByRole("log").getByRole("button", { name: "Show as text" })
      engine.mood = "busy"
      await ask.click()
      await anna.getByRole("log").getByText("The speech server is busy").waitFor()
      engine.mood = "well"
      await anna.getByRole("log").getByRole("button", { name: "Try again" }).click()
      const note = anna.getByRole("article").filter({ hasText: "Transcript, made by a machine" })
      await note.getByText("La caldaia perde ancora acqua").waitFor()
      await anna.screenshot({ path: "/tmp/dictation-transcript.png" })
      expect(engine.asked.at(-1)).toMatchObject({ name: "voice.ogg", language: null, model: "whisper-small" })
      expect(new TextDecoder().decode(engine.asked.at(-1)?.file.slice(0, 4))).toBe("OggS")
      expect(await ask.count()).toBe(0)
      expect(await axeFindings(anna)).toEqual([])
    },
    LONG,
  )

  test.each(LOOKS)(
    "looks right and is accessible while one speaks: $name",
    async ({ name, colorScheme, size }) => {
      await anna.setViewportSize(size)
      await anna.emulateMedia({ colorScheme })
      await anna.reload()
      await clear()
      await dictate().click()
      await says(/Listening/)
      await anna.screenshot({ path: `/tmp/dictation-${name}.png` })
      expect(await axeFindings(anna)).toEqual([])
      await anna.keyboard.press("Escape")
      await bar().waitFor({ state: "hidden" })
      expect(office.complaints.filter((line) => !/status of 4\d\d|status of 5\d\d/.test(line))).toEqual([])
    },
    LONG,
  )
})
