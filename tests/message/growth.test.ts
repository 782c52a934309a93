import { Database } from "bun:sqlite"
import { afterEach, expect, spyOn, test } from "bun:test"
import { seconds } from "~/kernel/clock.ts"
import { plain } from "~/kernel/list.ts"
import { type House, openConversation, openHouse } from "./house.ts"

const prepare = spyOn(Database.prototype, "prepare")
afterEach(() => prepare.mockClear())

/** Tables that grow with every message; `ORDER BY id DESC LIMIT 1` reads one row of them from the end. */
const GROWING = /^SCAN (message|event|envelope|conversation|customer|m|c|e)\b/
const NEWEST = /order by "id" desc limit 1$/

async function answerSomebody(house: House): Promise<number> {
  await house.annaReady()
  await house.outbox.start()
  const { giulia, conversation } = await openConversation(house)
  await house.reply(conversation, "Buongiorno!")
  await house.markSeen(conversation)
  await house.pass(seconds(30))
  giulia.react(giulia.received()[0]!.id, "👍")
  await house.settle()
  house.thread(conversation)
  return conversation
}

test("receiving, answering, sending and reading cost the same however much has been said before", async () => {
  const house = await openHouse()
  await answerSomebody(house)
  const statements = [...new Set(prepare.mock.calls.map(([sql]) => sql))].filter((sql) =>
    /^(select|update|delete)/.test(sql),
  )
  const file = new Database(house.database.path)
  file.function("plain", { deterministic: true }, plain)
  const walks = statements
    .filter((sql) => !NEWEST.test(sql))
    .flatMap((sql) => {
      const plan = file.query<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${sql}`).all()
      return plan.filter(({ detail }) => GROWING.test(detail)).map(({ detail }) => `${detail}: ${sql}`)
    })
  file.close()
  await house.close()
  expect(statements.length).toBeGreaterThan(20)
  expect(walks).toEqual([])
})
