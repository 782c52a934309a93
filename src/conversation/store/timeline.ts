import type { Tx } from "~/database/handles.ts"
import { inserting } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import type { ConversationFact } from "../rules.ts"

const insertEvent = inserting("event", ["id", "conversation", "at", "kind", "actor", "data"])

/**
 * One row per fact: who, what, when, why, and whose skillset's it was then. The thread's lines, the reports and «why me»
 * read it.
 */
export function recordFacts(tx: Tx, facts: readonly ConversationFact[], skillset: Id | null): void {
  const actor = tx.actor.kind === "user" ? tx.actor.id : null
  for (const { type, conversation, ...data } of facts)
    tx.run(insertEvent, {
      id: tx.newId(),
      conversation,
      at: tx.now,
      kind: type,
      actor,
      data: JSON.stringify({ ...data, skillset }),
    })
}
