/** Speech through the whole appliance: the admin's engine, an agent's dictation, a customer's voice note. */
import { afterEach, describe, expect, test } from "bun:test"
import { minutes, seconds } from "~/kernel/clock.ts"
import { trialWav } from "~/speech/rules/wav.ts"
import { talking } from "../call/scene.ts"
import { companyDocument } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"
import { SpeechServer } from "./server.ts"

let world: World
afterEach(() => world.close())

const SERVER = { engine: "server", url: "http://speech.test:8000/v1", model: "whisper-small", key: "s3cret" }

function documentWith(speech: object | null) {
  const document = companyDocument()
  return { tenants: document.tenants.map((one, index) => (index === 0 && speech ? { ...one, speech } : one)) }
}

async function open(speech: object | null = SERVER) {
  world = await openWorld({ document: documentWith(speech) })
  const server = new SpeechServer()
  world.network.speech = (request) => server.answer(request)
  return { server, ...(await talking(world)) }
}

async function dictate(
  { visitor }: Desk,
  id: number,
  fields: { language?: string; wav?: Uint8Array<ArrayBuffer> } = {},
) {
  const form = new FormData()
  form.append("file", new Blob([fields.wav ?? trialWav()], { type: "audio/wav" }), "speech.wav")
  form.append("language", fields.language ?? "it")
  form.append("prompt", "Gentile signora")
  const packed = new Response(form)
  const type = packed.headers.get("content-type") ?? ""
  const body = new Uint8Array(await packed.arrayBuffer())
  const answer = await visitor.upload(`/conversations/${id}/dictation`, body, type)
  await world.settle()
  return { status: answer.status, ...((await answer.json().catch(() => ({}))) as { text?: string; refused?: string }) }
}

describe("Dictation", () => {
  test("reaches the company's server with its key, the language without its country, and the words before", async () => {
    const { server, anna, id } = await open({ ...SERVER, languages: ["it", "pt-BR"] })
    expect(await dictate(anna, id)).toEqual({ status: 200, text: "Buongiorno" })
    expect(await dictate(anna, id, { language: "pt-BR" })).toMatchObject({ status: 200 })
    expect(server.asked).toMatchObject([
      { name: "speech.wav", language: "it", model: "whisper-small", prompt: "Gentile signora", key: "Bearer s3cret" },
      { language: "pt" },
    ])
    expect(server.asked[0]?.file).toEqual(trialWav())
    expect(await dictate(anna, id, { language: "fr" })).toMatchObject({ refused: "speech.language_unknown" })
  })

  test("keeps nothing of what was said", async () => {
    const { server, anna, id } = await open()
    server.words = ["Segretissimo"]
    await dictate(anna, id)
    for (const { name } of rowsOf<{ name: string }>(
      world.database.path,
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')",
    ))
      expect(JSON.stringify(rowsOf(world.database.path, `SELECT * FROM "${name}"`))).not.toContain("Segretissimo")
  })

  test("is for whoever may write there now: not for others, not without a window, not without an engine", async () => {
    const { server, anna, id } = await open()
    const carla = await sitDown(world, "carla")
    expect((await dictate(carla, id)).status).toBe(409)
    for (const name of ["ivo", "anna2"]) expect((await dictate(await sitDown(world, name), id)).status).toBe(404)
    expect(server.asked).toEqual([])
    await world.apply(documentWith({ engine: "device" }))
    expect(await dictate(anna, id)).toMatchObject({ refused: "speech.off" })
    await world.apply(documentWith(SERVER))
    await world.advance(minutes(24 * 60 + 1))
    expect(await dictate(await sitDown(world, "anna"), id)).toMatchObject({ refused: "window.closed" })
    expect(server.asked).toEqual([])
  })

  test("takes recordings only, of a bounded size and number", async () => {
    const { server, anna, id } = await open()
    const bad = await dictate(anna, id, { wav: new TextEncoder().encode("words") })
    expect(bad).toMatchObject({ refused: "speech.not_a_recording" })
    expect((await dictate(anna, id, { wav: new Uint8Array(2_000_000) })).status).toBe(413)
    expect(server.asked).toEqual([])
    for (let turn = 0; turn < 60; turn++) await dictate(anna, id)
    expect(await dictate(anna, id)).toMatchObject({ refused: "speech.too_often" })
    expect(server.asked.length).toBe(60)
  })

  test.each([
    ["wrong key", "speech.wrong_key"],
    ["a web page", "speech.not_a_server"],
    ["too large", "speech.too_large"],
    ["busy", "speech.busy"],
    ["no model", "speech.no_model"],
    ["elsewhere", "speech.not_a_server"],
  ] as const)("by a server that answers with %s is refused as %s", async (mood, reason) => {
    const { server, anna, id } = await open()
    server.mood = mood
    expect(await dictate(anna, id)).toMatchObject({ refused: reason })
  })

  test("by a server that does not answer ends by the clock", async () => {
    const { server, anna, id } = await open()
    server.mood = "slow"
    const answer = dictate(anna, id)
    await world.advance(seconds(13))
    expect(await answer).toMatchObject({ refused: "speech.slow" })
    world.network.down = true
    expect(await dictate(anna, id)).toMatchObject({ refused: "speech.down" })
    world.network.down = false
  })
})

describe("The language", () => {
  const offered = async ({ visitor }: Desk, id: number) =>
    /<option value="([^"]+)" selected/.exec(
      (await visitor.panel(`/conversations/${id}`)).split("data-dictation-language")[1] ?? "",
    )?.[1]

  test("is the customer's until the agent chooses another one, for this customer and nobody else's", async () => {
    const { anna, id } = await open()
    expect(await offered(anna, id)).toBe("it")
    expect(await anna.post(`/conversations/${id}/dictation/language`, { language: "es" })).toBeNull()
    expect(await anna.post(`/conversations/${id}/dictation/language`, { language: "fr" })).toBeNull()
    expect(await anna.post(`/conversations/${id}/dictation/language`, { language: "xx" })).toMatchObject({
      refused: "field.not_a_choice",
    })
    expect(await offered(anna, id)).toBe("fr")
    expect(await offered(await sitDown(world, "carla"), id)).toBe("it")
  })
})

describe("A voice note", () => {
  const spoken = async () => {
    const all = await open()
    all.giulia.send({ kind: "voice" })
    await world.settle()
    const [row] = rowsOf<{ id: number }>(world.database.path, "SELECT id FROM message WHERE kind = 'voice'")
    return { ...all, note: row?.id ?? 0 }
  }
  const texts = () => rowsOf<{ text: string }>(world.database.path, "SELECT text FROM message WHERE kind = 'voice'")
  const ask = async (who: Desk, note: number) => {
    const refusal = await who.post(`/media/${note}/transcription`)
    await world.settle()
    return refusal
  }

  test("is read when somebody asks, once, and its words are found", async () => {
    const { server, anna, id, note } = await spoken()
    server.words = ["La caldaia perde"]
    expect(await anna.visitor.panel(`/conversations/${id}/thread`)).toContain("Show as text")
    expect(server.asked).toEqual([])
    expect(await ask(anna, note)).toBeNull()
    expect(server.asked).toMatchObject([{ name: "voice.ogg", language: null, key: "Bearer s3cret" }])
    const thread = await anna.visitor.panel(`/conversations/${id}/thread`)
    expect(thread).toContain("La caldaia perde")
    expect(thread).toContain("Transcript, made by a machine")
    expect(await ask(anna, note)).toMatchObject({ refused: "speech.transcribed" })
    expect(server.asked.length).toBe(1)
    const hits = await (await anna.visitor.get(`/conversations/${id}/hits?words=CALDAIA`)).text()
    expect(hits).toContain(String(note))
  })

  test("that is being read is not asked for by two; one that failed says why and may be asked for again", async () => {
    const { server, anna, id, note } = await spoken()
    const carla = await sitDown(world, "carla")
    server.mood = "slow"
    expect(await ask(anna, note)).toBeNull()
    expect(await ask(carla, note)).toMatchObject({ refused: "speech.working" })
    expect(await anna.visitor.panel(`/conversations/${id}/thread`)).toContain("Being turned into text")
    await world.advance(minutes(3) + seconds(1))
    expect(await anna.visitor.panel(`/conversations/${id}/thread`)).toContain("took too long")
    server.mood = "well"
    expect(await ask(carla, note)).toBeNull()
    expect(texts()).toEqual([{ text: "Buongiorno" }])
  })

  test("without a word in it says so, and stays as it was", async () => {
    const { server, anna, id, note } = await spoken()
    server.words = ["  "]
    await ask(anna, note)
    expect(await anna.visitor.panel(`/conversations/${id}/thread`)).toContain("Nothing was understood")
    expect(texts()).toEqual([{ text: "" }])
  })

  test("is nobody else's: not another skillset's, not another company's; and there is no button without a server", async () => {
    const { server, anna, id, note } = await spoken()
    for (const name of ["ivo", "anna2", "dora2"]) {
      const other = await sitDown(world, name)
      expect([name, (await other.visitor.post(`/media/${note}/transcription`)).status]).toEqual([name, 404])
    }
    expect(server.asked).toEqual([])
    await world.apply(documentWith({ engine: "cloud" }))
    expect(await anna.visitor.panel(`/conversations/${id}/thread`)).not.toContain("Show as text")
    expect(await ask(anna, note)).toMatchObject({ refused: "speech.off" })
  })
})

describe("The engine", () => {
  const form = { kind: "server", url: SERVER.url, model: "whisper-1", languages: "it, en", key: "", before: "{}" }

  const before = (model: string, languages: string) =>
    JSON.stringify({ kind: ["server"], url: [SERVER.url], model: [model], languages: [languages] })

  test("is set by apply or by the admin, sealed, put on record without its key, and left alone when nothing changes", async () => {
    await open()
    const [kept] = rowsOf<{ key: Uint8Array }>(world.database.path, "SELECT key FROM speechEngine")
    expect(Buffer.from(kept?.key ?? []).includes("s3cret")).toBe(false)
    const audits = () =>
      rowsOf<{ changes: string }>(
        world.database.path,
        "SELECT changes FROM auditEntry WHERE act = 'tenant.speech_changed'",
      )
    expect(audits().length).toBe(1)
    await world.apply(documentWith(SERVER))
    expect(audits().length).toBe(1)
    const dora = await sitDown(world, "dora")
    expect((await dora.visitor.post("/admin/speech", { ...form, before: before("whisper-small", "") })).status).toBe(
      303,
    )
    expect(audits().length).toBe(2)
    expect(JSON.stringify(audits())).not.toContain("s3cret")
    expect(audits()[1]?.changes).toContain("whisper-1")
    expect(audits()[1]?.changes).not.toContain('"key"')
    expect(
      (await dora.visitor.post("/admin/speech", { ...form, forget: "on", before: before("whisper-1", "it, en") }))
        .status,
    ).toBe(303)
    expect(rowsOf<{ key: unknown }>(world.database.path, "SELECT key FROM speechEngine")).toEqual([{ key: null }])
  })

  test.each([
    [{ url: "speech" }, "Write an address like"],
    [{ url: "" }, "A server needs its address and a model"],
    [{ model: "" }, "A server needs its address and a model"],
    [{ languages: "it, klingonian1" }, "is no language"],
  ])("with %p is shown again with what is wrong, and nothing changes", async (changes, words) => {
    await open(null)
    const dora = await sitDown(world, "dora")
    const answer = await dora.visitor.post("/admin/speech", { ...form, ...changes })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(words)
    expect(rowsOf(world.database.path, "SELECT * FROM speechEngine")).toEqual([])
  })

  test("that somebody else changed meanwhile is not overwritten unseen", async () => {
    await open()
    const dora = await sitDown(world, "dora")
    const answer = await dora.visitor.post("/admin/speech", { ...form, before: before("whisper-tiny", "") })
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain("save again to put it in its place")
  })

  test("is tried with a soft tone, and says what is wrong", async () => {
    const { server } = await open()
    const dora = await sitDown(world, "dora")
    const tried = async () => (await dora.visitor.post("/admin/speech/test")).text()
    expect(await tried()).toContain("The server works")
    server.mood = "wrong key"
    expect(await tried()).toContain("refuses the key")
    expect(server.asked.length).toBe(2)
  })

  test("is off in a new company: no button anywhere", async () => {
    const { anna, id } = await open(null)
    expect(await anna.visitor.panel(`/conversations/${id}`)).not.toContain("data-dictation")
    expect(await dictate(anna, id)).toMatchObject({ refused: "speech.off" })
  })

  test("of the browser's vendor is told of once to each agent", async () => {
    const { anna, id } = await open({ engine: "cloud" })
    expect(await anna.visitor.panel(`/conversations/${id}`)).toContain("data-wants-notice")
    for (let turn = 0; turn < 2; turn++) expect(await anna.post("/dictation/notice")).toBeNull()
    expect(await anna.visitor.panel(`/conversations/${id}`)).not.toContain("data-wants-notice")
    const carla = await sitDown(world, "carla")
    expect(await carla.visitor.panel(`/conversations/${id}`)).toContain("data-wants-notice")
  })

  test("that cannot be is refused by apply, with its place", async () => {
    await open()
    for (const [speech, words] of [
      [{ engine: "server" }, "must have url and model"],
      [{ engine: "server", url: "speech", model: "m" }, "must be an address like"],
      [{ engine: "magic" }, "engine"],
      [{ engine: "off", languages: ["klingonian1"] }, "must be a language"],
    ] as const)
      await expect(world.apply(documentWith(speech))).rejects.toThrow(words)
  })
})
