/** Acme after a conversation that is closed, with everything that may hang on one; Paolo beside Giulia. */
import { days, minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Phone } from "~/simulator/phone.ts"
import { companyWithDetails } from "../customer/scene.ts"
import { conversation, GIULIA, PAOLO } from "../journeys/scene.ts"
import { sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

export const WORDS = {
  said: "ihr kanarienvogel singt",
  answered: "antwort an den kanarienvogel",
  noted: "notiz zum kanarienvogel",
  name: "Giulia Lombardi",
  field: "kanarien@giulia.test",
  file: "kanarien-vertrag.pdf",
}

export const count = (world: World, table: string, where = ""): number =>
  rowsOf<{ count: number }>(world.database.path, `SELECT count(*) AS count FROM ${table} ${where}`)[0]?.count ?? 0

/** Everything that is under way comes to its end. */
export async function swept(world: World): Promise<void> {
  for (let round = 0; round < 400; round++) {
    await world.advance(seconds(2))
    const running =
      count(world, "erasure", "WHERE endedAt IS NULL") + count(world, "retentionRun", "WHERE endedAt IS NULL")
    if (running + count(world, "fileRemoval") === 0) return
  }
  throw new Error("what was to be removed is not")
}

export async function openScene({ retention = {} }: { retention?: object } = {}) {
  const document = companyWithDetails()
  const [acme, globex] = document.tenants
  const world = await openWorld({ document: { tenants: [{ ...acme, retention }, globex] } })
  const giulia = world.simulator.phones.create(GIULIA)
  const paolo = world.simulator.phones.create(PAOLO)
  const anna = await sitDown(world, "anna")
  const dora = await sitDown(world, "dora", { listening: false })

  /** Writes, is answered, sends a file; a note, a tag and a copy by mail; closed. */
  async function talk(phone: Phone, file: Uint8Array<ArrayBuffer>): Promise<{ id: Id; customer: Id }> {
    const anna = await sitDown(world, "anna")
    phone.say(WORDS.said)
    await world.settle()
    const { id, customer } = conversation(world, phone)
    await anna.open(id)
    await anna.reply(id, WORDS.answered)
    phone.send({ kind: "document", file: { bytes: file, mimeType: "application/pdf", filename: WORDS.file } })
    await world.settle()
    await anna.post(`/conversations/${id}/notes`, { text: WORDS.noted, clientId: `note-${id}` })
    const tag = rowsOf<{ id: number }>(world.database.path, "SELECT id FROM tag WHERE name = 'VIP'")[0]?.id
    await anna.post(`/conversations/${id}/tags`, { on: "conversation", tag: String(tag) })
    await anna.post(`/conversations/${id}/mail`, { to: "office@acme.test", words: "", withFiles: "on", step: "send" })
    await world.settle()
    expectNothing(await anna.close(id))
    await world.settle()
    return { id, customer }
  }
  const later = (span = days(1)) => world.advance(span + minutes(1))
  return { world, giulia, paolo, anna, dora, talk, later }
}
export type Scene = Awaited<ReturnType<typeof openScene>>

function expectNothing(refusal: unknown): void {
  if (refusal !== null) throw new Error(`refused: ${JSON.stringify(refusal)}`)
}

/** A small file of its own. */
export const pdf = (seed: number, length = 3_000): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, (_, index) => (index < 5 ? "%PDF-".charCodeAt(index) : 1 + ((index * 7 + seed) % 250)))
