/**
 * The life of one conversation, as values: its states, who may see it, whose slot it holds, which deadlines it has.
 * The verbs that move it stand beside this file in rules/; the picture is 3-conversation.md.
 */
import type { Instant, Milliseconds } from "~/kernel/clock.ts"
import { hours } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type KeepingPolicy, keepingDeadlines } from "./rules/keeping-deadlines.ts"

type Common = {
  id: Id
  customer: Id
  channel: Id
  /** Whose agents it is for; null only while the menu has not chosen. */
  skillset: Id | null
  priority: number
  openedAt: Instant
  /** When the present state began. */
  stateSince: Instant
  /** When the present or last wait for an agent began; kept when an offer expires or a transfer falls through. */
  waitingSince: Instant | null
  /** How many further skillsets have joined in this wait. */
  joined: number
  /** End of the 24-hour window, by Meta's clock; null before the customer ever wrote. */
  windowEndsAt: Instant | null
  lastInboundAt: Instant | null
  lastOutboundAt: Instant | null
  unreadCount: number
  /** Time of the oldest customer message nobody has read. */
  unreadSince: Instant | null
  /** Since when its own agent is away: they left it open, or the customer came back for them. */
  awaySince: Instant | null
  /** When people were told that it is kept for its agent for too long. */
  alertedAt: Instant | null
  /** Since when it has been in the wait queue of its present agent; null: since its state began. */
  keptSince: Instant | null
  /** The end of the 24 hours whose reminder has come. */
  remindedFor: Instant | null
  version: number
}

/** The menu asks, or nobody does: a stranger's on a number for known customers is kept back for a supervisor. */
export type Menu = Common & { state: "menu" }
export type Queued = Common & { state: "queued"; targetUser: Id | null; exclusive: boolean }
/** `exclusive` and `targetUser`: whom it waits for again, if it is not opened. */
export type Offered = Common & { state: "offered"; owner: Id; offeredUntil: Instant } & Pick<
    Queued,
    "targetUser" | "exclusive"
  >
export type Active = Common & { state: "active"; owner: Id }
export type ParkedPublic = Common & { state: "parked"; parkedAs: "public" }
export type ParkedPersonal = Common & { state: "parked"; parkedAs: "personal"; owner: Id }
export type AwaitingReply = Common & { state: "awaiting_reply"; owner: Id }
/** `owner` is whoever had it last, for their history. */
export type Closed = Common & { state: "closed"; owner: Id | null; closedBy: Id | null; closedAt: Instant }
export type Conversation = Menu | Queued | Offered | Active | ParkedPublic | ParkedPersonal | AwaitingReply | Closed
export type ConversationState = Conversation["state"]

export type QueuedWhy =
  | "new"
  | "menu"
  | "customer_wrote"
  | "offer_expired"
  | "agent_gone"
  | "transfer"
  | "exclusive_ended"
  | "target_lost"
  | "owner_absent"
  | "owner_disabled"
  | "kept_too_long"
  | "returned"
  | "released"
  | "declined"
  | "let_in"
export type ClosedHow = "by_hand" | "automatic" | "blocked"
export type ActivatedHow = "opened" | "taken" | "customer_wrote" | "unparked" | "started" | "reopened"
export type TransferMode = "immediate" | "exclusive"

export type { ConversationFact } from "./rules/facts.ts"

export type ParkedWhy = "by_hand" | "customer_silent" | "kept_too_long"

export type WithheldWhy = "window_closed" | "channel_disabled" | "tenant_disabled"

/** Why this agent: «longest idle of 3 in Service, 2 of 5 open». */
export type AssignmentReason = {
  strategy: "least_loaded" | "longest_idle" | "round_robin" | "last_agent" | "target"
  candidates: number
  /** The skillset the agent serves it for. */
  skillset: Id | null
  /** Its own skillset, when another one had joined in. */
  overflowFrom: Id | null
  load: number
  maximum: number
}

/** A skillset that joins in a wait after so much of it: the overflow of its own, the number's next, the last resort. */
export type OverflowStep = { skillset: Id; after: Milliseconds; why: "skillset" | "channel" | "nobody_there" }

export type ConversationDeadline = {
  kind:
    | ("overflow_due" | "offer_expires" | "exclusive_ends" | "customer_silent" | "parked_closes")
    | ("keeping_alert" | "keeping_ends" | "owner_absent" | "window_reminder" | "unanswered_closes")
  at: Instant
}

/** The tenant's and the channel's choices that decide when time acts; null switches one off. */
export type ConversationPolicy = {
  offerTimeout: Milliseconds
  customerSilence: { after: Milliseconds; parkAs: "public" | "personal" } | null
  closeParkedAfter: Milliseconds | null
  /** A template without an answer is over after so long. */
  closeUnansweredAfter: Milliseconds | null
  keeping: KeepingPolicy
  /** The customer is reminded so long before the end of the 24 hours. */
  remindBeforeWindowEnds: Milliseconds | null
  /** How much waiting one level of priority is worth. */
  priorityStep: Milliseconds
  /** Who joins in the waits of a skillset on this channel, the soonest first. */
  overflow: (skillset: Id) => readonly OverflowStep[]
}

/** Timers are read off the state. Nothing sets one, so nothing can forget to end one. */
export function deadlines(conversation: Conversation, policy: ConversationPolicy): ConversationDeadline[] {
  switch (conversation.state) {
    case "offered":
      return [{ kind: "offer_expires", at: conversation.offeredUntil }]
    case "queued":
      return queuedDeadlines(conversation, policy)
    case "active":
      return [
        ...silenceDeadlines(conversation, policy),
        ...reminderDeadlines(conversation, policy),
        ...keepingDeadlines(conversation, policy),
      ]
    case "parked":
      return [...reminderDeadlines(conversation, policy), ...keepingDeadlines(conversation, policy)]
    case "awaiting_reply":
      return keepingDeadlines(conversation, policy)
    case "menu":
    case "closed":
      return []
  }
}

function silenceDeadlines(active: Active, policy: ConversationPolicy): ConversationDeadline[] {
  const silence = owedByCustomer(active) ? policy.customerSilence : null
  return silence ? [{ kind: "customer_silent", at: silentSince(active) + silence.after }] : []
}

/** Whoever takes it up again has as much time for it as after a word of ours. */
export const silentSince = ({ lastOutboundAt, stateSince }: Active): Instant =>
  Math.max(lastOutboundAt ?? 0, stateSince)

function queuedDeadlines(queued: Queued, policy: ConversationPolicy): ConversationDeadline[] {
  const { exclusive, windowEndsAt, skillset, joined } = queued
  if (exclusive)
    return [
      ...(windowEndsAt === null ? [] : [{ kind: "exclusive_ends" as const, at: windowEndsAt }]),
      ...keepingDeadlines(queued, policy),
    ]
  const next = skillset === null ? undefined : policy.overflow(skillset)[joined]
  return next ? [{ kind: "overflow_due", at: joinsAt(queued, next) }] : []
}

/** For customers who owe us an answer: while we owe one, the end of the window is our own doing. */
function reminderDeadlines(conversation: Conversation, policy: ConversationPolicy): ConversationDeadline[] {
  const { windowEndsAt, remindedFor } = conversation
  if (windowEndsAt === null || remindedFor === windowEndsAt || !owedByCustomer(conversation)) return []
  const before = policy.remindBeforeWindowEnds
  return before === null ? [] : [{ kind: "window_reminder", at: windowEndsAt - before }]
}

/** When a skillset joins in; a wait that goes on after an offer has all that was due meanwhile at once. */
export const joinsAt = (conversation: Conversation, { after }: OverflowStep): Instant =>
  Math.max(waitingFrom(conversation) + after, conversation.stateSince)

export const waitingFrom = ({ waitingSince, stateSince }: Conversation): Instant => waitingSince ?? stateSince

/**
 * Its place in the queue, the smallest first: since when it waits, with a head start for its priority. It does not
 * change while time goes by, and nobody is overtaken for ever.
 */
export const rankOf = (conversation: Conversation, priorityStep: Milliseconds): number =>
  waitingFrom(conversation) - conversation.priority * priorityStep

/** The customer has our last word and has not answered; while we owe an answer, silence is ours. */
export const owedByCustomer = ({
  lastInboundAt,
  lastOutboundAt,
}: Pick<Conversation, "lastInboundAt" | "lastOutboundAt">): boolean =>
  lastOutboundAt !== null && (lastInboundAt === null || lastOutboundAt >= lastInboundAt)

/** No menu asks: it is known whose it would be, and it is given to nobody until its customer is saved or a person steps in. */
export const isKeptBack = ({ state, skillset }: Pick<Conversation, "state" | "skillset">): boolean =>
  state === "menu" && skillset !== null

/** The one user who has it, if anybody. */
export function ownerOf(conversation: Conversation): Id | null {
  return "owner" in conversation ? conversation.owner : null
}

/** Whose slot it holds: load = offered + active. */
export function slotHolderOf(conversation: Conversation): Id | null {
  return conversation.state === "offered" || conversation.state === "active" ? conversation.owner : null
}

/** The customer service window: 24 hours after the customer's last message, by Meta's clock (wire reference §8.1). */
export const WINDOW: Milliseconds = hours(24)

export const windowOpen = ({ windowEndsAt }: Pick<Conversation, "windowEndsAt">, now: Instant): boolean =>
  windowEndsAt !== null && now < windowEndsAt

export const extended = (windowEndsAt: Instant | null, sentAt: Instant): Instant =>
  Math.max(windowEndsAt ?? 0, sentAt + WINDOW)
