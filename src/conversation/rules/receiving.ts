/** What the customer's and our own messages do to a conversation. */
import { type Instant, type Milliseconds, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { refuse, type Step, step } from "~/kernel/step.ts"
import {
  type AwaitingReply,
  type Closed,
  type Conversation,
  type ConversationFact,
  extended,
  isKeptBack,
  type Menu,
  type Queued,
  windowOpen,
} from "../rules.ts"
import { activated } from "./assigning.ts"
import { enqueued, type Result, refuseState } from "./common.ts"

export type Opening = {
  id: Id
  customer: Id
  channel: Id
  /** The channel's menu answers first, or the conversation goes straight to this skillset's queue, or would and may not. */
  route: { to: "menu" } | { to: "queue" | "nobody"; skillset: Id; priority: number }
  windowEndsAt: Instant | null
}

/** The first message of a contact episode. */
export function openByCustomer(opening: Opening, now: Instant): { next: Menu | Queued; facts: ConversationFact[] } {
  const blank = blankConversation(opening, now)
  const opened: ConversationFact = { type: "conversation.opened", conversation: opening.id, how: "inbound" }
  if (opening.route.to === "menu") return { next: { ...blank, state: "menu" }, facts: [opened] }
  const { skillset, priority } = opening.route
  if (opening.route.to === "nobody") {
    const keptBack: ConversationFact = { type: "conversation.kept_back", conversation: opening.id }
    return { next: { ...blank, state: "menu", skillset, priority }, facts: [opened, keptBack] }
  }
  const queued: Queued = {
    ...blank,
    state: "queued",
    skillset,
    priority,
    waitingSince: now,
    targetUser: null,
    exclusive: false,
  }
  const fact: ConversationFact = {
    type: "conversation.queued",
    conversation: opening.id,
    skillset,
    targetUser: null,
    exclusive: false,
    why: "new",
  }
  return { next: queued, facts: [opened, fact] }
}

/** An agent writes first: free text inside an open window, else a template that waits for its answer. */
export function openByAgent(
  opening: Omit<Opening, "route"> & { skillset: Id | null; agent: Id; with: "text" | "template" },
  now: Instant,
): Step<Conversation, ConversationFact> {
  const blank = { ...blankConversation(opening, now), skillset: opening.skillset }
  const { id: conversation, agent } = opening
  if (opening.with === "template") {
    const next: AwaitingReply = { ...blank, state: "awaiting_reply", owner: agent }
    const opened = { type: "conversation.opened", conversation, how: "template" } as const
    return step<Conversation, ConversationFact>(next, opened, {
      type: "conversation.awaiting_reply",
      conversation,
      agent,
    })
  }
  if (!windowOpen(opening, now)) return refuse("window.closed")
  const active = { ...blank, state: "active", owner: agent } as const
  const opened = { type: "conversation.opened", conversation, how: "outbound" } as const
  return step<Conversation, ConversationFact>(active, opened, {
    type: "conversation.activated",
    conversation,
    agent,
    how: "started",
    previousOwner: null,
  })
}

/** One that nobody ever had: a blocked customer wrote to a number that did not know them. */
export const blankClosed = (opening: Omit<Opening, "route">, now: Instant): Closed => ({
  ...blankConversation(opening, now),
  state: "closed",
  owner: null,
  closedBy: null,
  closedAt: now,
})

/** How things stand with the agent a parked or awaiting conversation belongs to; null: they are no agent any more. */
export type OwnerStanding = { present: boolean; ready: boolean }

/** Where it goes when the customer writes depends on how its owner stands. */
export const asksForOwner = (conversation: Conversation): boolean =>
  conversation.state === "parked" || conversation.state === "awaiting_reply"

/**
 * The customer writes. `sentAt` is Meta's time; `owner` is asked only where the state says it matters. `otherwise`:
 * the skillset whose it is where the sender of a template is nobody to answer it any more.
 * A closed conversation refuses: a new one is opened (decided ambiguity 12).
 */
export function receive(
  conversation: Conversation,
  sentAt: Instant,
  owner: OwnerStanding | null,
  now: Instant,
  otherwise: Id | null = null,
): Result {
  const heard = withInbound(conversation, sentAt)
  switch (heard.state) {
    case "menu":
    case "queued":
    case "offered":
    case "active":
      return step(heard)
    case "parked":
      if (heard.parkedAs === "public") return enqueued(heard, now, { why: "customer_wrote" })
      if (owner === null) return enqueued(heard, now, { why: "target_lost" })
      return owner.present
        ? activated(heard, heard.owner, "customer_wrote", now)
        : enqueued(heard, now, { why: "customer_wrote", targetUser: heard.owner, exclusive: true, awaySince: now })
    case "awaiting_reply":
      return owner?.present && (owner.ready || isOnScreen(heard, now))
        ? activated(heard, heard.owner, "customer_wrote", now)
        : enqueued(heard, now, {
            why: "customer_wrote",
            waitingSince: now,
            ...(owner === null && otherwise !== null ? { skillset: otherwise } : {}),
          })
    case "closed":
      return refuseState(heard)
  }
}

/** Pages that somebody uses say it again within the time, and say when they leave. */
const STAYS_ON_SCREEN: Milliseconds = seconds(90)

const isOnScreen = ({ onScreenUntil }: Pick<AwaitingReply, "onScreenUntil">, now: Instant): boolean =>
  onScreenUntil !== null && now < onScreenUntil

/**
 * Whoever sent the template looks at it, or has turned away: the answer is theirs while they do (decided ambiguity 11).
 * Nothing is noted of anybody else, nor again before half of the time is over.
 */
export function noteOnScreen(conversation: Conversation, user: Id, looks: boolean, now: Instant): Conversation {
  if (conversation.state !== "awaiting_reply" || conversation.owner !== user) return conversation
  const { onScreenUntil } = conversation
  if (looks) {
    const isKnown = onScreenUntil !== null && onScreenUntil - now > STAYS_ON_SCREEN / 2
    return isKnown ? conversation : { ...conversation, onScreenUntil: now + STAYS_ON_SCREEN }
  }
  return onScreenUntil === null ? conversation : { ...conversation, onScreenUntil: null }
}

/** The menu's choice, or its end without one. */
export function leaveMenu(conversation: Conversation, skillset: Id, priority: number, now: Instant): Result {
  if (conversation.state !== "menu" || isKeptBack(conversation)) return refuse("timer.stale")
  return enqueued({ ...conversation, priority }, now, { why: "menu", skillset, waitingSince: now })
}

/** Its customer is known now, or a supervisor has seen who it is: it waits for an agent as any other, from now on. */
export function letIn(conversation: Conversation, { skillset, priority }: Place, now: Instant): Result {
  if (!isKeptBack(conversation)) return refuse("timer.stale")
  return enqueued({ ...conversation, priority }, now, { why: "let_in", skillset, waitingSince: now })
}

type Place = { skillset: Id; priority: number }

/** One that left the menu without a choice has a queue to come back to, whoever has it now. */
export const withSkillset = (conversation: Conversation, skillset: Id, priority: number): Conversation =>
  conversation.skillset === null && conversation.state !== "closed"
    ? { ...conversation, skillset, priority }
    : conversation

/** We wrote: silence is the customer's from now on. Who may write is message/rules.ts `mayReply`. */
export function recordReply<State extends Conversation>(conversation: State, now: Instant): State {
  return { ...conversation, lastOutboundAt: Math.max(conversation.lastOutboundAt ?? 0, now) }
}

/** The owner has seen everything that came until now. */
export function markRead<State extends Conversation>(conversation: State): State {
  return { ...conversation, unreadCount: 0, unreadSince: null }
}

function withInbound<State extends Conversation>(conversation: State, sentAt: Instant): State {
  return {
    ...conversation,
    windowEndsAt: extended(conversation.windowEndsAt, sentAt),
    lastInboundAt: Math.max(conversation.lastInboundAt ?? 0, sentAt),
    unreadCount: conversation.unreadCount + 1,
    unreadSince: Math.min(conversation.unreadSince ?? sentAt, sentAt),
  }
}

const blankConversation = (opening: Omit<Opening, "route">, now: Instant) => ({
  id: opening.id,
  customer: opening.customer,
  channel: opening.channel,
  skillset: null,
  priority: 0,
  openedAt: now,
  stateSince: now,
  waitingSince: null,
  joined: 0,
  windowEndsAt: opening.windowEndsAt,
  lastInboundAt: null,
  lastOutboundAt: null,
  unreadCount: 0,
  unreadSince: null,
  version: 0,
  awaySince: null,
  alertedAt: null,
  keptSince: null,
  remindedFor: null,
  warnedFor: null,
  onScreenUntil: null,
})
