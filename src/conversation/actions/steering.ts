/** What supervisors do with a conversation of anybody: assign it, take it over, return it to the queue, close it. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import type { GivenProfiling } from "~/profiling/rules.ts"
import { close } from "../actions.ts"
import { assignees, userTargets } from "../queries/targets.ts"
import { takeOver } from "../rules/assigning.ts"
import { handOver } from "../rules/keeping.ts"
import * as leaving from "../rules/leaving.ts"
import { supervises } from "../rules/policy.ts"
import { type Conversation, ownerOf } from "../rules.ts"
import { settle, userActing, visible } from "./settling.ts"
import { transfer } from "./transferring.ts"

/** `seenUnread`: how many unread messages the person closing has been shown; `given`: the reason they say for it. */
export type Steering =
  | { deed: "assign"; user: Id }
  | { deed: "take_over" }
  | { deed: "return" }
  | { deed: "close"; seenUnread: number; given: GivenProfiling }

/** Refuses as the deed itself does: one conversation, one decision. */
export function steer(tx: Tx, id: Id, steering: Steering): void {
  const me = userActing(tx)
  demand(supervises(me), "access.denied")
  const conversation = visible(tx, id)
  const subject = { kind: "conversation", id, name: String(id) } as const
  const changes = steering.deed === "assign" ? { agent: { before: ownerOf(conversation), after: steering.user } } : {}
  tx.raise({ type: "audit.due", act: ACTS[steering.deed], subject, changes })
  switch (steering.deed) {
    case "assign":
      assign(tx, conversation, steering.user)
      break
    case "take_over":
      settle(tx, conversation, takeOver(conversation, me.id, tx.now))
      break
    case "return":
      settle(tx, conversation, leaving.returnToQueue(conversation, "returned", tx.now))
      break
    case "close":
      close(tx, id, steering.seenUnread, steering.given)
      break
  }
}

const ACTS = {
  assign: "conversation.assigned",
  take_over: "conversation.taken_over",
  return: "conversation.returned",
  close: "conversation.closed",
} as const

/**
 * Offered to the agent; what waits for the customer goes on doing so, and comes back to them. Refuses
 * `steering.out_of_reach` where the agent is restricted to other skillsets.
 */
function assign(tx: Tx, conversation: Conversation, user: Id): void {
  const { id, skillset } = conversation
  const me = userActing(tx)
  const agent = found(assignees(tx, me).find((target) => target.id === user))
  const isInReach = userTargets(tx, me, skillset).some((target) => target.id === user)
  demand(isInReach, "steering.out_of_reach", { user: agent.name })
  if (conversation.state !== "parked") {
    transfer(tx, id, { to: "user", user, mode: "immediate", note: null })
    return
  }
  settle(tx, conversation, handOver(conversation, user, tx.now))
  const notice = { kind: "handed_over", conversation: id, by: me.id } as const
  tx.raise({ type: "notice.due", to: { users: [user] }, notice })
}
