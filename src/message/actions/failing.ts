/** An answer that did not reach its customer: whoever wrote it is told, wherever they are by now. */

import { ownerOf } from "~/conversation/rules.ts"
import { loadConversation } from "~/conversation/store.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { loadMessage } from "../store.ts"

/** Its author, and whoever has the conversation now; also when it is closed. */
export function tellFailure(tx: Tx, id: Id): void {
  const message = loadMessage(tx, id)
  if (message?.status !== "failed" || message.author === null) return
  const conversation = loadConversation(tx, message.conversation)
  const owner = conversation && ownerOf(conversation)
  const notice = { kind: "message_failed", conversation: message.conversation } as const
  tx.raise({ type: "notice.due", to: { users: [message.author, owner] }, notice })
}
