/** Somebody at work: a signed-in browser with its live stream, doing what its page would do. */
import { sessionByToken, userByUsername } from "~/account/queries.ts"
import { addSession } from "~/account/store.ts"
import { SYSTEM } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { digestOf } from "~/kernel/token.ts"
import { Visitor } from "./visitor.ts"
import type { World } from "./world.ts"

/** What came of an attempt: null when it was done, or the key of the refusal and what it says. */
export type Refusal = { refused: string; message: string } | null

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

  const post = async (path: string, fields?: Record<string, string>): Promise<Refusal> => {
    const response = await visitor.post(path, fields)
    if (response.status === 401) return { refused: "signed_out", message: "" }
    return response.status < 400 ? null : ((await response.json()) as Refusal)
  }

  const desk = {
    id,
    tenant,
    username,
    visitor,
    post,
    /** Topics the page has heard, oldest first. */
    heard: visitor.heard,
    status: (status: "ready" | "back_office" | "break") => post("/presence", { status }),
    open: (conversation: Id) => post(`/conversations/${conversation}/opening`),
    park: (conversation: Id, as: "public" | "personal", reason = "") =>
      post(`/conversations/${conversation}/park`, { as, reason }),
    unpark: (conversation: Id) => post(`/conversations/${conversation}/unpark`),
    take: (conversation: Id) => post(`/conversations/${conversation}/taking`),
    close: (conversation: Id, seenUnread = 1_000) =>
      post(`/conversations/${conversation}/closing`, { seenUnread: String(seenUnread) }),
    reply: (conversation: Id, text: string, clientId = `${username}-${world.chance.below(2 ** 31)}`) =>
      post(`/conversations/${conversation}/messages`, { text, clientId }),
    read: (conversation: Id) => post(`/conversations/${conversation}/read`),
    isSignedIn: () => sessionByToken(world.database.appliance.read, token) !== null,
    signOut: () => post("/logout"),
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
