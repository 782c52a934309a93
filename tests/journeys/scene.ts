/** What journeys look at: conversations and messages as rows, by the customer they belong to. */
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Phone } from "~/simulator/phone.ts"
import { rowsOf } from "../support/records.ts"
import type { World } from "../support/world.ts"

export const GIULIA = { name: "Giulia Lombardi", phone: "+39 345 555 0172" }
export const PAOLO = { name: "Paolo Verdi", phone: "+39 345 555 0173" }

export type Conversation = Readonly<{ id: Id; tenant: Id; state: string; owner: Id | null; skillset: Id | null }> &
  Readonly<{ offeredUntil: Instant | null; waitingSince: Instant | null; unreadCount: number; openedAt: Instant }> &
  Readonly<{ windowEndsAt: Instant | null; channel: Id; customer: Id }>

export type Message = Readonly<{ id: Id; conversation: Id; direction: "in" | "out"; text: string; status: string }> &
  Readonly<{ [Time in "at" | "receivedAt" | "readByAgentAt" | "queuedAt"]: Instant | null }> &
  Readonly<{ [Time in "sentAt" | "deliveredAt" | "readAt" | "failedAt"]: Instant | null }> &
  Readonly<{ failureReason: string | null; wamid: string | null; kind: string; attempt: number; author: Id | null }>

type Event = Readonly<{ kind: string; actor: Id | null; at: Instant; data: Record<string, unknown> }>

/** The conversations of a customer, oldest first; of every customer when none is named. */
export function conversations(world: World, phone?: Phone): Conversation[] {
  const whose =
    "SELECT c.* FROM conversation c JOIN customer ON customer.id = c.customer AND customer.tenant = c.tenant"
  return phone
    ? rowsOf(world.database.path, `${whose} WHERE customer.whatsappUserId = ? ORDER BY c.id`, phone.customer.userId)
    : rowsOf(world.database.path, `${whose} ORDER BY c.id`)
}

/** The customer's last conversation. */
export function conversation(world: World, phone: Phone): Conversation {
  const last = conversations(world, phone).at(-1)
  if (!last) throw new Error(`${phone.customer.name} has no conversation`)
  return last
}

/** The messages of a conversation as they are read: by time, then as they came. */
export const messages = (world: World, id: Id): Message[] =>
  rowsOf(world.database.path, "SELECT * FROM message WHERE conversation = ? ORDER BY at, id", id)

export const textsIn = (world: World, id: Id, direction: "in" | "out" = "in"): string[] =>
  messages(world, id)
    .filter((message) => message.direction === direction)
    .map(({ text }) => text)

/** What happened to a conversation, in order. */
export const timeline = (world: World, id: Id): Event[] =>
  rowsOf<{ kind: string; actor: Id | null; at: Instant; data: string }>(
    world.database.path,
    "SELECT kind, actor, at, data FROM event WHERE conversation = ? ORDER BY id",
    id,
  ).map((event) => ({ ...event, data: JSON.parse(event.data) as Record<string, unknown> }))

/** To whom a conversation was offered, in order. */
export const offeredTo = (world: World, id: Id): Id[] =>
  timeline(world, id)
    .filter(({ kind }) => kind === "conversation.offered")
    .map(({ data }) => data.agent as Id)

/** What the customer has read of us. */
export const received = (phone: Phone): (string | null)[] => phone.received().map(({ words }) => words.text)
