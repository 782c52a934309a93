/** The queue while time passes, and when the choices behind it change: everybody's place in it and every deadline follow. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { step } from "~/kernel/step.ts"
import { conversationPolicy } from "../queries.ts"
import { joinNext } from "../rules/assigning.ts"
import type { Conversation, ConversationFact } from "../rules.ts"
import { openInSkillset } from "../store/skillset.ts"
import { heldConversations, queuedConversations, renewDeadlines, requeue } from "../store.ts"
import { elapse, settle } from "./settling.ts"

/** A wait has lasted until the next skillset joins in. */
export function joinNextSkillset(tx: Tx, id: Id): void {
  elapse(tx, id, (conversation) => {
    const { channel, skillset } = conversation
    const steps = skillset === null ? [] : conversationPolicy(tx, channel).overflow(skillset)
    const joined = joinNext(conversation, steps, tx.now)
    if ("next" in joined && skillset !== null && steps[conversation.joined]?.why === "nobody_there")
      tellNobodyServes(tx, id, skillset)
    return joined
  })
}

/** Supervisors are told once for all that wait there. */
function tellNobodyServes(tx: Tx, conversation: Id, skillset: Id): void {
  const areTold = queuedConversations(tx).some((one) => one.skillset === skillset && one.joined > 0)
  if (areTold) return
  const notice = { kind: "nobody_serves", conversation, skillset } as const
  tx.raise({ type: "notice.due", to: { supervisors: true }, notice })
}

/** What waiting is worth, the last resort, or what is kept for whom for how long is otherwise. */
export function followQueue(tx: Tx): void {
  follow(tx, () => true)
  renew(tx, () => true)
}

/** Who joins in, or who is there at all, is otherwise. */
export const followQueueOfSkillset = (tx: Tx, skillset: Id): void => follow(tx, (one) => one.skillset === skillset)

export function followQueueOfChannel(tx: Tx, channel: Id): void {
  follow(tx, (one) => one.channel === channel)
  renew(tx, (one) => one.channel === channel)
}

function follow(tx: Tx, concerns: (conversation: Conversation) => boolean): void {
  for (const conversation of queuedConversations(tx).filter(concerns))
    requeue(tx, conversation, conversationPolicy(tx, conversation.channel))
  tx.raise({ type: "assignment.reopened" })
}

function renew(tx: Tx, concerns: (conversation: Conversation) => boolean): void {
  for (const conversation of heldConversations(tx).filter(concerns))
    renewDeadlines(tx, conversation, conversationPolicy(tx, conversation.channel))
}

/** A skillset is gone: what is open in it, in whichever state, is its heir's; what waits keeps its waiting time. */
export function inheritSkillset(tx: Tx, gone: Id, heir: Id): void {
  for (const conversation of openInSkillset(tx, gone)) {
    const next: Conversation = { ...conversation, skillset: heir, joined: 0 }
    settle(tx, conversation, step<Conversation, ConversationFact>(next))
  }
  followQueueOfSkillset(tx, heir)
}
