/**
 * Automatic distribution. It runs at the moment something changes, never on a tick: a conversation is queued, or an
 * agent may take one more. It decides; the offer follows through reactions.ts.
 */

import { isAvailable } from "~/agent/rules.ts"
import { findAgent } from "~/agent/store.ts"
import { openChannels } from "~/channel/queries.ts"
import type { Queued } from "~/conversation/rules.ts"
import { loadConversation } from "~/conversation/store.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import { repeatOfferPause } from "~/tenant/rules.ts"
import { overflowOf } from "./queries/overflow.ts"
import { returnsTo } from "./queries/routing.ts"
import { exclusiveFor, fieldsFor, headsFor, headsOfAll, waitingForOne } from "./queries.ts"
import { choose, hasRoom, inQueueOrder } from "./rules.ts"

/** A conversation waits: to whom could it go now? */
export function assignConversation(tx: Tx, id: Id): void {
  const conversation = loadConversation(tx, id)
  if (conversation?.state !== "queued" || !openChannels(tx).has(conversation.channel)) return
  if (conversation.exclusive && conversation.targetUser !== null) assignToTarget(tx, id, conversation.targetUser)
  else assignByStrategy(tx, conversation)
}

/** An agent may take one more: which conversation goes first? Asked again until nothing fits. */
export function fillAgent(tx: Tx, user: Id): void {
  const agent = findAgent(tx, user)
  if (!agent || !isAvailable(agent)) return
  const open = openChannels(tx)
  const theirs = exclusiveFor(tx, user).find(({ channel }) => open.has(channel))
  if (theirs) assignToTarget(tx, theirs.id, user)
  const [first] = theirs || !hasRoom(agent) ? [] : headsFor(tx, user, open).sort(inQueueOrder)
  const waiting = first ? loadConversation(tx, first.id) : null
  const isDecided = waiting?.state === "queued" && assignByStrategy(tx, waiting)
  if (theirs || isDecided) tx.raise({ type: "agent.available", agent: user })
}

/** Many may be given what waits: it goes by the one order of all queues, asked again until nothing fits. */
export function fillEverybody(tx: Tx): void {
  const open = openChannels(tx)
  for (const { id, channel, target } of waitingForOne(tx)) if (open.has(channel)) assignToTarget(tx, id, target)
  for (const { id } of headsOfAll(tx, open).sort(inQueueOrder)) {
    const waiting = loadConversation(tx, id)
    if (waiting?.state !== "queued" || !assignByStrategy(tx, waiting)) continue
    tx.raise({ type: "assignment.reopened" })
    return
  }
}

/** Answers whether somebody gets it. */
function assignByStrategy(tx: Tx, conversation: Queued): boolean {
  const { id, channel, skillset, joined } = conversation
  if (skillset === null) return false
  const others = joined === 0 ? [] : overflowOf(tx, channel, skillset).slice(0, joined)
  const since = tx.now - repeatOfferPause(tenantSettings(tx))
  const fields = fieldsFor(tx, id, [skillset, ...others.map((step) => step.skillset)], since)
  const choice = choose(fields, returnsTo(tx, conversation))
  if (choice) tx.raise({ type: "assignment.decided", conversation: id, ...choice })
  return choice !== null
}

/** What waits for one user only is theirs whatever their load, as soon as they are there (decided ambiguity 10). */
function assignToTarget(tx: Tx, conversation: Id, user: Id): void {
  const agent = findAgent(tx, user)
  if (!agent || !isAvailable(agent)) return
  const { load, maximum } = agent
  const reason = { strategy: "target", candidates: 1, skillset: null, overflowFrom: null, load, maximum } as const
  tx.raise({ type: "assignment.decided", conversation, agent: user, reason })
}
