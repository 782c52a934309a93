/**
 * Automatic distribution. It runs at the moment something changes, never on a tick: a conversation is queued, or an
 * agent may take one more. It decides; the offer follows through reactions.ts.
 */

import { isAvailable } from "~/agent/rules.ts"
import { findAgent } from "~/agent/store.ts"
import { openChannels } from "~/channel/queries.ts"
import { loadConversation } from "~/conversation/store.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import { repeatOfferPause } from "~/tenant/rules.ts"
import { agentsFor, candidatesFor, exclusiveFor, headsFor } from "./queries.ts"
import { choose, hasRoom, inQueueOrder } from "./rules.ts"

/** How many of each queue's head are looked at when an agent comes free: beyond those that were passed a while ago. */
const DEPTH = 8

/** A conversation waits: to whom could it go now? */
export function assignConversation(tx: Tx, id: Id): void {
  const conversation = loadConversation(tx, id)
  if (conversation?.state !== "queued" || !openChannels(tx).has(conversation.channel)) return
  if (conversation.exclusive && conversation.targetUser !== null) {
    assignToTarget(tx, id, conversation.targetUser)
    return
  }
  if (conversation.skillset === null) return
  const since = tx.now - repeatOfferPause(tenantSettings(tx))
  const choice = choose(candidatesFor(tx, id, conversation.skillset, since), conversation.skillset)
  if (choice) tx.raise({ type: "assignment.decided", conversation: id, ...choice })
}

/** An agent may take one more: which conversation goes first? Asked again until nothing fits. */
export function fillAgent(tx: Tx, user: Id): void {
  const agent = findAgent(tx, user)
  if (!agent || !isAvailable(agent)) return
  const open = openChannels(tx)
  const theirs = exclusiveFor(tx, user).find(({ channel }) => open.has(channel))
  if (theirs) {
    assignToTarget(tx, theirs.id, user)
    tx.raise({ type: "agent.available", agent: user })
    return
  }
  if (!hasRoom(agent)) return
  const since = tx.now - repeatOfferPause(tenantSettings(tx))
  for (const waiting of headsFor(tx, user, open, DEPTH).sort(inQueueOrder)) {
    const choice = choose(candidatesFor(tx, waiting.id, waiting.skillset ?? 0, since), waiting.skillset)
    if (!choice) continue
    tx.raise({ type: "assignment.decided", conversation: waiting.id, ...choice })
    tx.raise({ type: "agent.available", agent: user })
    return
  }
}

/** The number has opened, or serves other skillsets now: what waited may go out. */
export function assignChannel(tx: Tx, channel: Id): void {
  for (const agent of agentsFor(tx, channel)) tx.raise({ type: "agent.available", agent })
}

/** What waits for one user only is theirs whatever their load, as soon as they are there (decided ambiguity 10). */
function assignToTarget(tx: Tx, conversation: Id, user: Id): void {
  const agent = findAgent(tx, user)
  if (!agent || !isAvailable(agent)) return
  const { load, maximum } = agent
  const reason = { strategy: "target", candidates: 1, skillset: null, load, maximum } as const
  tx.raise({ type: "assignment.decided", conversation, agent: user, reason })
}
