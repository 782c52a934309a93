/** Looking for words in a conversation. */
import { afterEach, describe, expect, test } from "bun:test"
import { SYSTEM } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { folded } from "~/message/rules/searching.ts"
import { insertReceived } from "~/message/store.ts"
import { conversation, messages } from "../journeys/scene.ts"
import { sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
afterEach(() => world.close())

type Hits = { hits: string[]; next: string | null }

async function open(...said: string[]) {
  world = await openWorld()
  const anna = await sitDown(world, "anna")
  const giulia = world.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  for (const text of said) {
    giulia.say(text)
    await world.settle()
  }
  const place = conversation(world, giulia)
  const ask = async (words: string, before = "") => {
    const query = new URLSearchParams({ words, before })
    return (await (await anna.visitor.get(`/conversations/${place.id}/hits?${query}`)).json()) as Hits
  }
  const texts = ({ hits }: Hits) =>
    hits.map((hit) => messages(world, place.id).find(({ id }) => String(id) === hit.split("-")[1])?.text)
  return { anna, place, ask, texts }
}

/** Many messages of a long time ago, the oldest first. */
const fill = (tenant: Id, { id, channel }: { id: Id; channel: Id }, texts: readonly string[]) =>
  world.database.tenant(tenant).act(SYSTEM, (tx) => {
    for (const [index, text] of texts.entries())
      insertReceived(tx, {
        id: tx.newId(),
        conversation: id,
        channel,
        direction: "in",
        kind: "text",
        at: 1_000 + index,
        text,
        content: null,
        status: "received",
        wamid: `old-${index}`,
        replyToWamid: null,
        receivedAt: 1_000 + index,
        sentAt: null,
      })
  })

describe("Words in a conversation", () => {
  test("are found whatever their case and accents, the latest first", async () => {
    const { ask, texts } = await open("Perché no?", "PERCHE sì", "Niente", "forse perché")
    expect(texts(await ask("perche"))).toEqual(["forse perché", "PERCHE sì", "Perché no?"])
    expect(texts(await ask("Sì"))).toEqual(["PERCHE sì"])
    expect(texts(await ask("no? x"))).toEqual([])
  })

  test("that are none find nothing", async () => {
    const { ask } = await open("Buongiorno")
    expect(await ask("  ")).toEqual({ hits: [], next: null })
  })

  test("are looked for stretch by stretch in a long one, each once, down to the first message", async () => {
    const { anna, place, ask } = await open("Latest needle")
    const texts = Array.from({ length: 5_000 }, (_, index) =>
      index % 1_000 === 0 ? `Needle ${index}` : `Hay ${index}`,
    )
    await fill(anna.tenant, place, texts)
    const all: string[] = []
    let answer = await ask("needle")
    let requests = 1
    all.push(...answer.hits)
    for (; answer.next !== null; requests++) {
      answer = await ask("needle", answer.next)
      all.push(...answer.hits)
    }
    expect([all.length, new Set(all).size]).toEqual([6, 6])
    expect(requests).toBe(3)
  })

  test("that lie far up come with what stands around them, and the way further up stays", async () => {
    const { anna, place, ask } = await open("Now")
    await fill(
      anna.tenant,
      place,
      Array.from({ length: 200 }, (_, index) => (index === 20 ? "Needle" : `Hay ${index}`)),
    )
    const { hits } = await ask("needle")
    const at = async (query: string) => (await anna.visitor.get(`/conversations/${place.id}/thread${query}`)).text()
    const page = await (await anna.visitor.get(`/conversations/${place.id}`)).text()
    const before = /thread\?before=([\d-]+)/.exec(page)?.[1] ?? ""
    const around = await at(`?at=${hits[0]}&before=${before}`)
    expect(around).toContain("Needle")
    expect(around).not.toContain("Hay 199<")
    expect(around).toMatch(/older-link|Hay 0</)
  })

  test("keep their places when they are folded, so that marks fit", () => {
    for (const text of ["Perché İstanbul ß", "👩‍🔧 ÀÉÎ", "e\u0301"]) expect(folded(text)).toHaveLength(text.length)
  })
})
