/** Where a search of words stops: at the latest conversations, or at the latest hits, and it says so. */
import { Database } from "bun:sqlite"
import { afterAll, beforeAll, expect, test } from "bun:test"
import type { ReadingRoom } from "~/database/reading-room.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { findSaid } from "~/message/queries/said.ts"
import { readSearch } from "~/message/rules/words.ts"
import { openPair, type Pair } from "../database/support.ts"

let pair: Pair
let room: ReadingRoom
let raw: Database
let next = 1_000

beforeAll(async () => {
  pair = await openPair()
  room = pair.database.readingRoom
  // Only what a search reads is there: nothing that would have led to it.
  raw = new Database(pair.database.path)
})
afterAll(async () => {
  raw.close()
  await pair.database.close()
})

const anna: UserActor = { kind: "user", id: 1, level: "agent", isolated: false } as UserActor

/** Says `word` so many times in each of so many new conversations, one after the other in turn; the ids as they came. */
function say(word: string, conversations: number, timesEach = 1): { conversation: Id; message: Id }[] {
  const places = Array.from({ length: conversations }, () => next++)
  const tenant = pair.acme.read.tenant
  const place = raw.query(
    `INSERT INTO conversation (id, tenant, customer, channel, state, stateSince, openedAt, closedAt, version)
     VALUES (?1, ?2, ?1, 1, 'closed', 0, 0, 0, 1)`,
  )
  const index = raw.query(
    `INSERT INTO wordIndex (rowid, conversation, words) VALUES (?1 * 1125899906842624 - ?2, ?3, ?4)`,
  )
  const origin = raw.query(`INSERT INTO wordOrigin (id, tenant, conversation, at) VALUES (?2, ?1, ?3, 1)`)
  return raw.transaction(() => {
    for (const one of places) place.run(one, tenant)
    return Array.from({ length: timesEach }).flatMap(() =>
      places.map((conversation) => {
        const message = next++
        index.run(tenant, message, `\uF8FF${conversation}`, word)
        origin.run(tenant, message, conversation)
        return { conversation, message }
      }),
    )
  })()
}

async function found(word: string) {
  const search = readSearch(`${word} `)
  if (!search) throw new Error("a word is looked for")
  const { hits, isCut } = await findSaid(room, anna, pair.acme.read.tenant, { search })
  return { hits: hits.map(({ conversation, message }) => ({ conversation, message })), isCut }
}

test("in the latest five hundred conversations, the latest first", async () => {
  const said = say("everywhere", 501)
  expect(await found("everywhere")).toEqual({ hits: said.toReversed().slice(0, 500), isCut: true })
})

test("in all of five hundred", async () => {
  const said = say("often", 500)
  expect(await found("often")).toEqual({ hits: said.toReversed(), isCut: false })
})

test("once in each conversation, by the latest that says it, wherever a portion of the hits ends", async () => {
  const said = say("again", 300, 4)
  expect(await found("again")).toEqual({ hits: said.toReversed().slice(0, 300), isCut: false })
})

test.each([
  [650, false],
  [651, false],
  [3_000, false],
  [3_001, true],
])("of one conversation that says it %i times", async (times, isCut) => {
  const word = `chatter${times}x`
  const said = say(word, 1, times)
  expect(await found(word)).toEqual({ hits: said.slice(-1), isCut })
})

test("no hit twice where two conversations say it in turn", async () => {
  const said = say("inturn", 2, 1_500)
  expect(await found("inturn")).toEqual({ hits: said.slice(-2).toReversed(), isCut: false })
})

test("what was said once long before what fills the first portion", async () => {
  const [old] = say("rarely", 1)
  const many = say("rarely", 1, 700)
  expect(await found("rarely")).toEqual({ hits: [many.at(-1)!, old!], isCut: false })
})
