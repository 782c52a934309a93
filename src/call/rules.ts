/**
 * Video calls (S32): one agent and one customer, who comes by a link. The link lives for a while; whoever has been in the
 * call may come back; nothing of it is recorded.
 */
import { type Conversation, ownerOf } from "~/conversation/rules.ts"
import type { UserActor } from "~/facts.ts"
import { type Instant, type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Refusal, refuse, type Step, step } from "~/kernel/step.ts"
import type { GivenValues } from "~/template/rules/filling.ts"

export type Call = {
  id: Id
  conversation: Id
  startedBy: Id
  startedAt: Instant
  /** Until when the link lets the customer in; while the customer is in the call it does not matter. */
  linkUntil: Instant
  /** `left`: the customer was in it, and may come back until the link ends. */
  state: "waiting" | "joined" | "left" | "ended"
  /** When the customer came for the first time. */
  joinedAt: Instant | null
  /** Since when the agent's window has not been heard of; null: it is there. */
  agentGoneAt: Instant | null
  endedAt: Instant | null
  ended: CallEnd | null
}

/** `missed`: the customer never came. */
export type CallEnd = "by_agent" | "missed" | "customer_gone" | "agent_gone" | "conversation_closed"

/** What the thread says of a call; `seconds` is how long customer and agent had it open. */
export type CallEvent = { what: "started" | "joined" | "left" | "ended" | "missed"; seconds: number | null }

export type CallFact =
  | ({ type: "call.happened"; conversation: Id; call: Id } & CallEvent)
  /** The customer is to be sent the link: `text` has it; the same `clientId` again is the same message. */
  | { type: "call.invited"; conversation: Id; text: string; clientId: string }
  /** The same by a template: the 24 hours are over. */
  | { type: "call.invited_by_template"; conversation: Id; template: Id; values: GivenValues; clientId: string }

/** How long a link waits for the customer. */
export const LINK_LIVES: Milliseconds = minutes(15)
/** How long a customer who left may come back. */
export const REJOIN: Milliseconds = minutes(5)
/** How long an agent's window may be away: a reload, a network that changes. */
export const AGENT_GRACE: Milliseconds = minutes(1)

export type CallDeadline = { kind: "call_link_ends" | "call_agent_gone"; at: Instant }

export function callDeadlines({ state, linkUntil, agentGoneAt }: Call): CallDeadline[] {
  if (state === "ended") return []
  return [
    ...(state === "joined" ? [] : [{ kind: "call_link_ends" as const, at: linkUntil }]),
    ...(agentGoneAt === null ? [] : [{ kind: "call_agent_gone" as const, at: agentGoneAt + AGENT_GRACE }]),
  ]
}

/**
 * Why `actor` may not call: `call.not_yours`, or `call.running {with}` while somebody else has a call with the customer.
 * What stands against the message with the link is refused where messages are.
 */
export function mayStart(conversation: Conversation, actor: UserActor, running: Call | null): Refusal | null {
  if (conversation.state !== "active" || ownerOf(conversation) !== actor.id) return refuse("call.not_yours")
  return running && running.startedBy !== actor.id ? refuse("call.running", { with: running.startedBy }) : null
}

export function started(given: Pick<Call, "id" | "conversation" | "startedBy">, now: Instant): Result {
  const { id, conversation, startedBy } = given
  const next: Call = {
    id,
    conversation,
    startedBy,
    startedAt: now,
    linkUntil: now + LINK_LIVES,
    state: "waiting",
    joinedAt: null,
    agentGoneAt: null,
    endedAt: null,
    ended: null,
  }
  return step(next, happened(next, "started", null))
}

type Result = { next: Call; facts: CallFact[] }

/** Another link in place of the one before, which is over with it. */
export const linkedAnew = (call: Call, now: Instant): Call => ({ ...call, linkUntil: now + LINK_LIVES })

/** The customer comes in. Refuses `call.over` and `call.link_ended`. */
export function joined(call: Call, now: Instant): Step<Call, CallFact> {
  if (call.state === "ended") return refuse("call.over")
  if (call.state === "joined") return step(call)
  if (now >= call.linkUntil) return refuse("call.link_ended")
  const next: Call = { ...call, state: "joined", joinedAt: call.joinedAt ?? now }
  return step(next, happened(next, "joined", null))
}

/** The customer closed the page or hung up; the link lives on for a while. */
export function left(call: Call, now: Instant): Result {
  if (call.state !== "joined") return step(call)
  const next: Call = { ...call, state: "left", linkUntil: now + REJOIN }
  return step(next, happened(next, "left", secondsOf(next, now)))
}

export const agentThere = (call: Call): Call =>
  call.state === "ended" || call.agentGoneAt === null ? call : { ...call, agentGoneAt: null }

export const agentGone = (call: Call, now: Instant): Call =>
  call.state === "ended" || call.agentGoneAt !== null ? call : { ...call, agentGoneAt: now }

export function ended(call: Call, how: CallEnd, now: Instant): Result {
  if (call.state === "ended") return step(call)
  const wasMissed = call.joinedAt === null
  const next: Call = { ...call, state: "ended", endedAt: now, ended: wasMissed ? "missed" : how, agentGoneAt: null }
  return step(next, happened(next, wasMissed ? "missed" : "ended", secondsOf(next, now)))
}

/** A deadline has come; what no longer means anything changes nothing. */
export function elapsed(call: Call, kind: CallDeadline["kind"], now: Instant): Result {
  const isDue = callDeadlines(call).some((deadline) => deadline.kind === kind && deadline.at <= now)
  if (!isDue) return step(call)
  return ended(call, kind === "call_agent_gone" ? "agent_gone" : "customer_gone", now)
}

const secondsOf = ({ joinedAt }: Call, now: Instant): number | null =>
  joinedAt === null ? null : Math.round((now - joinedAt) / seconds(1))

const happened = ({ id, conversation }: Call, what: CallEvent["what"], length: number | null): CallFact => ({
  type: "call.happened",
  conversation,
  call: id,
  what,
  seconds: length,
})
