/** What happens when a conversation goes from one to another, and to those who wait for somebody only. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import type { NoticeKind } from "~/notice/rules.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import { skillsetTargets, userTargets } from "../queries/targets.ts"
import { standingTransfer } from "../queries/transfers.ts"
import { conversationPolicy, ownerStanding } from "../queries.ts"
import * as transferring from "../rules/transferring.ts"
import type { Conversation, TransferMode } from "../rules.ts"
import { reservedFor } from "../store.ts"
import { byOf, elapse, settle, userActing, visible } from "./settling.ts"

export type TransferAsked = { mode: TransferMode; note: string | null } & (
  | { to: "user"; user: Id }
  | { to: "skillset"; skillset: Id }
)

/** Whoever the sender may not reach is not found. The sender loses it at once. */
export function transfer(tx: Tx, id: Id, asked: TransferAsked): void {
  const me = userActing(tx)
  const conversation = visible(tx, id)
  const { offerTimeout } = conversationPolicy(tx, conversation.channel)
  if (asked.to === "user") {
    found(userTargets(tx, me, conversation.skillset).find((target) => target.id === asked.user))
    const to = { ...asked, until: tx.now + offerTimeout }
    settle(tx, conversation, transferring.transfer(conversation, byOf(me), to, tx.now))
  } else {
    found(skillsetTargets(tx, me).find((target) => target.id === asked.skillset))
    settle(tx, conversation, transferring.transfer(conversation, byOf(me), asked, tx.now))
  }
}

/** Refuses `transfer.may_not_decline` unless the tenant lets agents give back what is offered to them. */
export function decline(tx: Tx, id: Id, reason: string | null): void {
  const me = userActing(tx)
  const conversation = visible(tx, id)
  demand(tenantSettings(tx).mayDecline, "transfer.may_not_decline")
  const agent = standingTransfer(tx, id)?.sender ?? null
  const isThere = agent !== null && agent !== me.id && ownerStanding(tx, agent)?.present === true
  const until = tx.now + conversationPolicy(tx, conversation.channel).offerTimeout
  const sender = isThere ? { agent, until } : null
  settle(tx, conversation, transferring.decline(conversation, me.id, { reason, sender }, tx.now))
  tx.raise({
    type: "notice.due",
    to: { users: [agent] },
    notice: {
      kind: reason ? "offer_declined_because" : "offer_declined",
      conversation: id,
      by: me.id,
      words: reason ?? "",
    },
  })
}

/** Whoever sent it, the one it waits for, or a supervisor ends the wait for somebody only. */
export function release(tx: Tx, id: Id): void {
  const conversation = visible(tx, id)
  const sender = standingTransfer(tx, id)?.sender ?? null
  settle(tx, conversation, transferring.release(conversation, byOf(userActing(tx)), sender, tx.now))
}

/** The customer's window is over: it is anybody's, and its sender and the supervisors hear of it. */
export function endExclusive(tx: Tx, id: Id): void {
  const before = elapse(tx, id, (conversation) => transferring.endExclusive(conversation, "exclusive_ended", tx.now))
  if (before) tellEnded(tx, before, "exclusive_ended")
}

/** Somebody is disabled, or serves a skillset no longer: what waits for them in it is its other agents'. */
export function loseTarget(tx: Tx, user: Id, skillset: Id | null = null): void {
  for (const conversation of reservedFor(tx, user)) {
    if (skillset !== null && conversation.skillset !== skillset) continue
    const before = elapse(tx, conversation.id, (one) => transferring.loseTarget(one, user, tx.now))
    if (before) tellEnded(tx, before, "target_lost")
  }
}

function tellEnded(tx: Tx, before: Conversation, kind: NoticeKind & ("exclusive_ended" | "target_lost")): void {
  const { id: conversation, skillset } = before
  const target = before.state === "queued" || before.state === "offered" ? before.targetUser : null
  tx.raise({
    type: "notice.due",
    to: { users: [standingTransfer(tx, conversation)?.sender ?? null], supervisors: true },
    notice: {
      kind: target === null ? "exclusive_skillset_ended" : kind,
      conversation,
      ...(target === null ? {} : { user: target }),
      ...(skillset === null ? {} : { skillset }),
    },
  })
}
