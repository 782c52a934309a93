/** V2: the id of the parent is one's own, the id of the child is not. */
import { afterEach, expect, test } from "bun:test"
import { conversation, GIULIA, messages, PAOLO } from "../journeys/scene.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { dump } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
afterEach(() => world.close())

/** Anna has two conversations: what is hers under the one is not under the other. */
async function twoConversations() {
  world = await openWorld()
  const desk = await sitDown(world, "anna")
  const found: { desk: Desk; id: number; message: number; sent: number }[] = []
  for (const who of [GIULIA, PAOLO]) {
    const phone = world.simulator.phones.create(who)
    phone.say("Good morning")
    await world.settle()
    const { id } = conversation(world, phone)
    expect(await desk.open(id)).toBeNull()
    await world.settle()
    await desk.visitor.post(`/conversations/${id}/messages`, { text: "Hello", clientId: `hello-${id}` })
    await world.settle()
    const [message, sent] = messages(world, id)
    found.push({ desk, id, message: message?.id ?? 0, sent: sent?.id ?? 0 })
  }
  return found
}

/** Every route with two ids that changes something, and a form that it takes. */
const NESTED: Record<string, Record<string, string>> = {
  "/conversations/:id/messages/:message/card": { card: "0" },
  "/conversations/:id/messages/:message/discard": {},
  "/conversations/:id/messages/:message/reaction": { emoji: "👍" },
  "/conversations/:id/messages/:message/resend": {},
}
const fill = (path: string, id: number, message: number) =>
  path.replace(":id", String(id)).replace(":message", String(message))

test("a message of another conversation is not found under one's own, and nothing happens", async () => {
  const [mine, theirs] = await twoConversations()
  if (!mine || !theirs) throw new Error("two conversations")
  const nested = world.appliance.intranet.routes.filter(
    ({ method, path }) => method === "POST" && path.includes("/messages/:message/"),
  )
  expect(nested.map(({ path }) => path).sort()).toEqual(Object.keys(NESTED).sort())
  const before = dump(world.database.path).message
  for (const [path, form] of Object.entries(NESTED)) {
    const absent = await mine.desk.visitor.post(fill(path, mine.id, 4_711), form)
    const nothing = await absent.text()
    for (const foreign of [theirs.message, theirs.sent]) {
      const answer = await mine.desk.visitor.post(fill(path, mine.id, foreign), form)
      expect([path, answer.status, await answer.text()]).toEqual([path, 404, nothing])
    }
  }
  await world.settle()
  expect(dump(world.database.path).message).toEqual(before)
})

test("an id in the form is looked up like one in the path: an answer quotes nothing of another conversation", async () => {
  const [mine, theirs] = await twoConversations()
  if (!mine || !theirs) throw new Error("two conversations")
  const before = dump(world.database.path).message?.length
  const form = { text: "As you said", clientId: "quoting-1", replyTo: String(theirs.message) }
  expect((await mine.desk.visitor.post(`/conversations/${mine.id}/messages`, form)).status).toBe(404)
  await world.settle()
  expect(dump(world.database.path).message).toHaveLength(before ?? -1)
  const own = { ...form, clientId: "quoting-2", replyTo: String(mine.message) }
  expect((await mine.desk.visitor.post(`/conversations/${mine.id}/messages`, own)).status).toBeLessThan(400)
})
