/** What is read beside the thread that serves people: everybody gets their own answer, whatever becomes of the others. */
import { afterAll, beforeAll, expect, test } from "bun:test"
import { sql } from "kysely"
import { Abandoned, type ReadingRoom } from "~/database/reading-room.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import { openPair, type Pair } from "./support.ts"

let pair: Pair
let room: ReadingRoom

beforeAll(async () => {
  pair = await openPair()
  room = pair.database.readingRoom
})
afterAll(() => pair.database.close())

const echo = applianceStatement((p: { words: string }) =>
  applianceQuery.selectNoFrom(sql<string>`${p.words}`.as("words")),
)
const broken = applianceStatement((p: { words: string }) =>
  applianceQuery.selectNoFrom(sql<string>`json_extract(${p.words}, '$')`.as("words")),
)
const ask = (words: string, signal?: AbortSignal) =>
  room.allOfAppliance(echo, { words }, signal).then(([row]) => row?.words)

test("many questions at once are each answered with their own rows", async () => {
  const words = Array.from({ length: 20 }, (_, index) => `question ${index}`)
  expect(await Promise.all(words.map((one) => ask(one)))).toEqual(words)
})

test("a question that cannot be answered harms none of those around it", async () => {
  const wrong = room.allOfAppliance(broken, { words: "{" })
  const before = ask("before")
  const after = ask("after")
  await expect(wrong).rejects.toThrow("JSON")
  expect([await before, await after]).toEqual(["before", "after"])
})

test("whoever has gone gets no answer, and nobody waits for theirs", async () => {
  const gone = new AbortController()
  const questions = [ask("one"), ask("two"), ask("three", gone.signal), ask("four")]
  gone.abort()
  const answers = await Promise.allSettled(questions)
  expect(answers.map((one) => (one.status === "fulfilled" ? one.value : one.reason.constructor))).toEqual([
    "one",
    "two",
    Abandoned,
    "four",
  ])
})

test("who waits when it closes is told", async () => {
  const waiting = ["one", "two", "three"].map((words) => ask(words))
  const told = Promise.allSettled(waiting)
  await room.close()
  expect((await told).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"])
  await expect(ask("later")).rejects.toBeInstanceOf(Abandoned)
})
