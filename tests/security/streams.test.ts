/** V4, V11: what ends or narrows a session reaches what is open already, within five seconds. */
import { afterEach, beforeEach, expect, test } from "bun:test"
import { userByUsername } from "~/account/queries.ts"
import { seconds } from "~/kernel/clock.ts"
import { companyDocument } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
let anna: Desk
let dora: Desk
beforeEach(async () => {
  world = await openWorld()
  anna = await sitDown(world, "anna", { listening: false })
  dora = await sitDown(world, "dora", { listening: false })
})
afterEach(() => world.close())

/** What the stream has said so far, and whether it is over. */
async function openStream(desk: Desk) {
  const { body } = await desk.visitor.events("/events")
  const heard = { text: "", isOver: false }
  const reader = body?.getReader()
  void (async () => {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
      heard.text += new TextDecoder().decode(part.value)
    heard.isOver = true
  })()
  await world.settle()
  expect(heard.text).toContain("retry:")
  return heard
}
const annas = () => userByUsername(world.database.appliance.read, "anna")?.id ?? 0
/** Dora changes what the file says of Anna. */
async function change(more: object) {
  const [acme] = companyDocument().tenants
  const users = (acme?.users ?? []).filter(({ username }) => username === "anna").map((one) => ({ ...one, ...more }))
  await world.apply({ tenants: [{ slug: "acme", users }] })
}

const ENDS: Record<string, () => Promise<unknown>> = {
  "signing out": () => anna.signOut(),
  "being disabled": () => dora.post(`/admin/users/${annas()}/enabling`),
  "a new password": () => change({ password: "another very long sentence" }),
  "the end of all sessions": async () => {
    const elsewhere = await sitDown(world, "anna", { listening: false })
    return elsewhere.post("/profile/sessions/ending")
  },
}
test.each(Object.entries(ENDS))("ends within five seconds of %s", async (_how, deed) => {
  const stream = await openStream(anna)
  await world.advance(seconds(1))
  expect(stream.isOver).toBeFalse()
  await deed()
  await world.advance(seconds(5))
  expect([stream.isOver, stream.text.endsWith("event: bye\ndata: {}\n\n")]).toEqual([true, true])
  expect((await anna.visitor.get("/conversations")).status).not.toBe(200)
})

const NARROWS: Record<string, object> = {
  "a new level": { level: "supervisor" },
  "being restricted": { isolated: true },
  "another skillset": { isolated: true, skillsets: ["Service"] },
}
test.each(Object.entries(NARROWS))("begins anew within five seconds of %s", async (_how, more) => {
  const stream = await openStream(anna)
  await change(more)
  await world.advance(seconds(5))
  expect(stream.text).toContain("event: reset")
})

test("rights that were taken away are gone with the next request of a page that is open", async () => {
  const carla = await sitDown(world, "carla", { listening: false })
  expect((await carla.visitor.get("/agents")).status).toBe(200)
  const [acme] = companyDocument().tenants
  const users = (acme?.users ?? []).filter(({ username }) => username === "carla")
  await world.apply({ tenants: [{ slug: "acme", users: users.map((one) => ({ ...one, level: "agent" })) }] })
  expect((await carla.visitor.get("/agents")).status).toBe(403)
})
