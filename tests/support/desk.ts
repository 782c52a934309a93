/** Somebody at work: a signed-in browser with its live stream, doing what its page would do. */
import { signOut } from "~/account/actions.ts"
import { actorOf, sessionByToken, userByUsername } from "~/account/queries.ts"
import { addSession } from "~/account/store.ts"
import { close, openOffered, take } from "~/conversation/actions.ts"
import type { Tx } from "~/database/handles.ts"
import { SYSTEM, type UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { NotFound, Refused } from "~/kernel/step.ts"
import { digestOf } from "~/kernel/token.ts"
import { Visitor } from "./visitor.ts"
import type { World } from "./world.ts"

/** What came of an attempt: null, or the key of the refusal with what it says (names, times). */
export type Refusal = { refused: string; detail?: Record<string, string | number> } | null

export type Desk = Awaited<ReturnType<typeof sitDown>>

/** Signs somebody of the cast in and opens the live stream; a new agent is Ready. */
export async function sitDown(world: World, username: string, { listening = true } = {}) {
  const who = userByUsername(world.database.appliance.read, username)
  if (!who) throw new Error(`nobody is called ${username}`)
  const { id, tenant } = who
  const token = `${username}-${world.chance.below(2 ** 31)}`
  const csrfToken = `csrf-${token}`
  await world.database
    .tenant(tenant)
    .act(SYSTEM, (tx) => addSession(tx, { tokenHash: digestOf(token), user: id, csrfToken }))
  const visitor = Visitor.seated(world.answer, token, csrfToken)

  const actor = (): UserActor => {
    const session = sessionByToken(world.database.appliance.read, token)
    if (!session) throw new Error(`${username} is not signed in`)
    return actorOf(session.me)
  }
  /** Does it as the signed-in user; the refusal, or null when it was done. */
  async function attempt(script: (tx: Tx) => void): Promise<Refusal> {
    try {
      await world.database.tenant(tenant).act(actor(), script)
      return null
    } catch (error) {
      if (error instanceof Refused) return error.refusal
      if (error instanceof NotFound) return { refused: "not_found" }
      throw error
    }
  }
  const post = async (path: string, fields?: Record<string, string>): Promise<Refusal> => {
    const response = await visitor.post(path, fields)
    return response.status < 400 ? null : ((await response.json()) as { refused: string })
  }

  const desk = {
    ...{ id, tenant, username, visitor, attempt, post, actor },
    /** Topics the page has heard, oldest first. */
    heard: visitor.heard,
    status: (status: "ready" | "back_office" | "break") => post("/presence", { status }),
    open: (conversation: Id) => attempt((tx) => openOffered(tx, conversation)),
    take: (conversation: Id) => attempt((tx) => take(tx, conversation)),
    close: (conversation: Id, seenUnread = 1_000) => attempt((tx) => close(tx, conversation, seenUnread)),
    reply: (conversation: Id, text: string, clientId = `${username}-${world.chance.below(2 ** 31)}`) =>
      post(`/conversations/${conversation}/messages`, { text, clientId }),
    read: (conversation: Id) => post(`/conversations/${conversation}/read`),
    signOut: () => attempt((tx) => signOut(tx, id, digestOf(token))),
    /** The browser loses its connection, or is shut. */
    leave: () => visitor.leave(),
    async comeBack() {
      await visitor.listen()
      await world.settle()
    },
  }
  if (listening) await visitor.listen()
  await world.settle()
  return desk
}
