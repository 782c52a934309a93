/** What the tests of transfers share: an office at work, somebody who has a conversation, and what became of it. */
import { userByUsername } from "~/account/queries.ts"
import { seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { conversation, conversations, timeline } from "../journeys/scene.ts"
import { type Desk, type Refusal, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import type { World } from "../support/world.ts"

export const idOf = (world: World, username: string): Id =>
  userByUsername(world.database.appliance.read, username)?.id ?? 0
export const skillsetOf = (world: World, name: string, slug = "acme"): Id =>
  rowsOf<{ id: Id }>(
    world.database.path,
    "SELECT s.id FROM skillset s JOIN tenant t ON t.id = s.tenant WHERE s.name = ? AND t.slug = ?",
    name,
    slug,
  )[0]?.id ?? 0

let customers = 0
/** Somebody writes for the first time; answers the phone and the conversation. */
export async function somebodyWrites(world: World) {
  customers += 1
  const phone = world.simulator.phones.create({
    name: `Customer ${customers}`,
    phone: `+39 345 ${5_560_000 + customers}`,
  })
  phone.say("Buongiorno")
  await world.settle()
  return { phone, id: conversation(world, phone).id }
}

/** They sit down one second after the other, so that who is idle for longest is known. */
export async function working(world: World, ...names: string[]): Promise<Desk[]> {
  const desks: Desk[] = []
  for (const name of names) {
    desks.push(await sitDown(world, name))
    await world.advance(seconds(1))
  }
  return desks
}

/** Their browsers are shut: hours pass faster without anybody to be kept connected. */
export async function goHome(world: World, ...desks: Desk[]): Promise<void> {
  for (const desk of desks) await desk.leave()
  await world.settle()
}

type Sending = { mode?: "immediate" | "exclusive"; note?: string }
export const toUser = async (from: Desk, id: Id, user: Id, { mode = "immediate", note = "" }: Sending = {}) =>
  from.post(`/conversations/${id}/transfer`, { to: "user", user: String(user), mode, note })
export const toSkillset = async (from: Desk, id: Id, skillset: Id, { mode = "immediate", note = "" }: Sending = {}) =>
  from.post(`/conversations/${id}/transfer`, { to: "skillset", skillset: String(skillset), mode, note })
export const release = (by: Desk, id: Id): Promise<Refusal> => by.post(`/conversations/${id}/releasing`)
export const decline = (by: Desk, id: Id, reason = ""): Promise<Refusal> =>
  by.post(`/conversations/${id}/declining`, { reason })

export const stateOf = (world: World, id: Id) => {
  const found = conversations(world).find((one) => one.id === id)
  return found && { state: found.state, owner: found.owner }
}
export const whyQueued = (world: World, id: Id): unknown[] =>
  timeline(world, id)
    .filter(({ kind }) => kind === "conversation.queued")
    .map(({ data }) => data.why)

/** The page behind an address, as text. */
export const pageOf = async ({ visitor }: Desk, path: string): Promise<string> => (await visitor.get(path)).text()
export const noticesOf = (desk: Desk): Promise<string> => pageOf(desk, "/notices")
