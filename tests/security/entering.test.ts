/** V10: what is no token opens nothing, and a request for another host is none of ours. */
import { afterEach, beforeEach, expect, test } from "bun:test"
import { minutes } from "~/kernel/clock.ts"
import { Newcomer } from "../support/newcomer.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

test("a request for another host is turned away before anything is looked up", async () => {
  const stranger = new Newcomer(world.answer, { host: "evil.test" })
  expect((await stranger.open("/password/forgotten")).status).toBe(421)
})

const TOKENS = {
  empty: "",
  "a blank": "%20",
  "a list": "[]",
  "the way up": "..",
  "a zero": "%00",
  long: "a".repeat(5_000),
}
test.each([...Object.entries(TOKENS), ["null", "null"], ["undefined", "undefined"]])(
  "a token that is %s opens nothing",
  async (_what, token) => {
    const stranger = new Newcomer(world.answer)
    const shown = await stranger.open(`/password/reset/${token}`)
    expect(shown.text).not.toContain('name="repeated"')
    const own = "another very long sentence"
    const sent = await stranger.send(`/password/reset/${token}`, { password: own, repeated: own })
    expect(sent.status).toBeGreaterThanOrEqual(400)
    await world.advance(minutes(1))
    expect((await new Newcomer(world.answer).signIn("anna", own)).path).toBe("/login")
  },
)
