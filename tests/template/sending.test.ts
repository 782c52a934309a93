/** Every form a template may have, sent to somebody new: as it goes over the wire, and as the phone shows it. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { hours, minutes } from "~/kernel/clock.ts"
import { mediumOf } from "~/simulator/content.ts"
import { SAMPLES } from "~/simulator/samples.ts"
import type { TemplateSeed } from "~/simulator/templates.ts"
import { ACME } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { companyWithTemplates, openScene, PICTURE, PLACE, REMINDER, send, sync } from "./scene.ts"

const withFile = (name: string, format: string): TemplateSeed => ({
  name,
  language: "en",
  category: "UTILITY",
  components: [
    { type: "HEADER", format },
    { type: "BODY", text: "Have a look." },
  ],
})
const CLIP = withFile("clip", "VIDEO")
const RECEIPT = withFile("receipt", "DOCUMENT")
const SEEDS = [REMINDER, PICTURE, PLACE, CLIP, RECEIPT]

let scene: Awaited<ReturnType<typeof openScene>>
beforeAll(async () => {
  scene = await openScene({ document: companyWithTemplates(SEEDS, { templatesPerSilentCustomerPerDay: 0 }) })
  for (const seed of [CLIP, RECEIPT]) scene.world.simulator.templates.add(ACME.number.wabaId, structuredClone(seed))
  await sync(scene.world, scene.anna.tenant)
})
afterAll(() => scene.world.close())

let count = 0
/** A number that nobody has written to. */
const somebody = () => `39345556${String(1_000 + count++)}`
const sendTo = (phone: string, name: string, more: Record<string, string | readonly string[]>, desk = scene.anna) =>
  send(desk, "/start", {
    to: `number-${phone}`,
    channel: String(scene.channel),
    kind: "template",
    search: phone,
    template: String(scene.template(name).id),
    clientId: `form-${phone}`,
    ...more,
  })
/** What left the house, and what the phone of whoever it was for shows. */
async function sent(name: string, more: Record<string, string | readonly string[]>) {
  const phone = somebody()
  const theirs = scene.world.simulator.phones.create({ name: "Somebody", phone: `+${phone}` })
  expect(await sendTo(phone, name, more)).toBeNull()
  await scene.world.advance(minutes(1))
  const body = scene.world.simulator.sends.at(-1)!.body as { template: { components: unknown[] } }
  return { components: body.template.components, shown: theirs.received().at(-1)! }
}
const bring = async (
  kind: string,
  file: { bytes: Uint8Array<ArrayBuffer>; mimeType: string },
  name: string,
  desk: Desk = scene.anna,
) => {
  const query = new URLSearchParams({ kind, name, type: file.mimeType })
  const response = await desk.visitor.upload(`/templates/files?${query}`, file.bytes)
  return (await response.json()) as { file?: number; refused?: string }
}

describe("A template is sent", () => {
  test("with positional values, a heading, the end of an address, a number to call and a code to copy", async () => {
    const values = { header: "Monday", body: ["Giulia", "10:30"], button: ["giulia/42", "WINTER10"] }
    const { components, shown } = await sent("reminder", values)
    expect(components).toEqual([
      { type: "header", parameters: [{ type: "text", text: "Monday" }] },
      {
        type: "body",
        parameters: [
          { type: "text", text: "Giulia" },
          { type: "text", text: "10:30" },
        ],
      },
      { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "giulia/42" }] },
      {
        type: "button",
        sub_type: "copy_code",
        index: "2",
        parameters: [{ type: "coupon_code", coupon_code: "WINTER10" }],
      },
    ])
    expect([shown.words.heading, shown.words.text]).toEqual([
      "Visit of Monday",
      "Hello Giulia, we see you at 10:30 today.",
    ])
    expect(shown.words.links).toEqual([
      { kind: "url", title: "Details", value: "https://acme.test/visits/giulia/42" },
      { kind: "phone", title: "Call us", value: "+39065550100" },
      { kind: "copy_code", title: "Copy code", value: "WINTER10" },
    ])
    const { anna } = scene
    const id = rowsOf<{ id: number }>(scene.world.database.path, "SELECT max(id) AS id FROM conversation")[0]!.id
    const thread = await (await anna.visitor.get(`/conversations/${id}/thread`)).text()
    for (const words of ["Visit of Monday", "Details", "https://acme.test/visits/giulia/42", "Call us", "WINTER10"])
      expect(thread).toContain(words)
  })

  test("with a place", async () => {
    const place = { latitude: "45,4642", longitude: "9.19", placeName: "Acme", placeAddress: "Via Dante 1" }
    const { components, shown } = await sent("place", place)
    expect(shown.words.heading).toBe("Acme, Via Dante 1")
    const location = { latitude: "45.4642", longitude: "9.19", name: "Acme", address: "Via Dante 1" }
    expect(components).toEqual([{ type: "header", parameters: [{ type: "location", location }] }])
  })

  test.each([
    ["picture", "image", "photo", "photo.jpg", {}],
    ["clip", "video", "clip", "clip.mp4", {}],
    ["receipt", "document", "receipt", "receipt.pdf", { filename: "receipt.pdf" }],
  ] as const)("with a file on top: %s", async (name, kind, sample, called, more) => {
    const file = SAMPLES[sample]()
    const upload = await bring(kind, file, called)
    const { components, shown } = await sent(name, { file: String(upload.file) })
    expect(components).toEqual([
      { type: "header", parameters: [{ type: kind, [kind]: { id: expect.stringMatching(/^\d+$/), ...more } }] },
    ])
    expect(mediumOf("template", shown.content).kind).toBe(kind)
  })
})

describe("A template is not sent", () => {
  test.each([
    ["reminder", { header: "Monday", body: ["Giulia"], button: ["a", "B"] }, "template.value_missing"],
    ["reminder", { header: "", body: ["Giulia", "10"], button: ["a", "B"] }, "template.value_missing"],
    ["reminder", { header: "x".repeat(60), body: ["Giulia", "10"], button: ["a", "B"] }, "template.text_too_long"],
    ["reminder", { header: "Monday", body: ["Giulia\nRossi", "10"], button: ["a", "B"] }, "template.value_lines"],
    ["reminder", { header: "Monday", body: ["Giulia", "10"], button: ["a b", "B"] }, "template.value_lines"],
    [
      "reminder",
      { header: "Monday", body: ["Giulia", "10"], button: ["a", "x".repeat(21)] },
      "template.value_too_long",
    ],
    ["place", { latitude: "45", longitude: "181", placeName: "Acme" }, "template.place_missing"],
    ["place", { latitude: "45", longitude: "9", placeName: " " }, "template.place_missing"],
    ["picture", {}, "template.file_missing"],
  ])("%s with %p: %s", async (name, values, refused) => {
    const before = scene.world.simulator.sends.length
    expect(await sendTo(somebody(), name, values)).toMatchObject({ refused })
    await scene.world.advance(minutes(1))
    expect(scene.world.simulator.sends.length).toBe(before)
  })

  test("with another kind of file than its header has", async () => {
    expect(await bring("image", SAMPLES.receipt(), "receipt.pdf")).toMatchObject({ refused: "template.file_kind" })
    const { file } = await bring("document", SAMPLES.receipt(), "receipt.pdf")
    expect(await sendTo(somebody(), "picture", { file: String(file) })).toMatchObject({ refused: "template.file_kind" })
  })

  test("with a file that somebody else brought", async () => {
    const marco = await sitDown(scene.world, "marco")
    const { file } = await bring("image", SAMPLES.photo(), "photo.jpg", marco)
    expect(await sendTo(somebody(), "picture", { file: String(file) })).toMatchObject({
      refused: "not_found",
    })
  })
})

describe("A file for a header that nobody sends", () => {
  const files = () =>
    rowsOf<{ id: number }>(scene.world.database.path, "SELECT id FROM mediaFile ORDER BY id").map(({ id }) => id)
  const waiting = () => rowsOf<{ id: number }>(scene.world.database.path, "SELECT id FROM templateFile").length

  test("is gone after a day; one that was sent stays with its message", async () => {
    const before = files()
    const bytes = new Uint8Array([...SAMPLES.photo().bytes, 0])
    await bring("image", { bytes, mimeType: "image/jpeg" }, "never.jpg")
    const never = files().filter((id) => !before.includes(id))
    expect([never.length, waiting() > 0]).toEqual([1, true])
    await scene.world.advance(hours(23))
    expect(files()).toEqual(expect.arrayContaining(never))
    await scene.world.advance(hours(1))
    expect(waiting()).toBe(0)
    const kept = rowsOf<{ file: number }>(scene.world.database.path, "SELECT file FROM media WHERE file IS NOT NULL")
    expect(files()).not.toContain(never[0]!)
    expect(kept.length).toBeGreaterThan(0)
    for (const { file } of kept) expect(files()).toContain(file)
  })
})
