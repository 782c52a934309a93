/** One short step of a removal: so many rows, so many pieces of a file, and what that comes to. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { isMailInFlight } from "~/mail/store/forgetting.ts"
import { someMessagesOf } from "~/message/store/forgetting.ts"
import { dueFile } from "../queries/due.ts"
import { AT_ONCE } from "../rules.ts"
import { beginRemoval, endRemoval, isGoing } from "../store/removals.ts"

/** What has gone in a step. */
export type Gone = { conversations: number; messages: number; files: number; bytes: number }
export const nothingGone: Gone = { conversations: 0, messages: 0, files: 0, bytes: 0 }

/**
 * Takes conversations away, one after the other, until as many messages as one step may take are named. Each was counted
 * before its first message goes. One whose copy is being handed to a mail server stays until that is over.
 */
export function removeConversations(tx: Tx, conversations: readonly Id[]): Gone {
  let gone = nothingGone
  for (const conversation of conversations) {
    const room = AT_ONCE.messages - gone.messages
    if (room <= 0) break
    const found = someMessagesOf(tx, conversation, room + 1)
    const messages = found.slice(0, room)
    if (!isGoing(tx, conversation)) {
      beginRemoval(tx, conversation)
      tx.raise({ type: "removal.begun", conversation })
    }
    if (messages.length > 0) tx.raise({ type: "removal.messages_due", messages })
    const isLast = found.length <= room && !isMailInFlight(tx, conversation)
    if (isLast) {
      endRemoval(tx, conversation)
      tx.raise({ type: "removal.conversation_due", conversation })
    }
    gone = { ...gone, messages: gone.messages + messages.length, conversations: gone.conversations + (isLast ? 1 : 0) }
  }
  return gone
}

/** The next pieces of a file that nothing shows any more; null: there is none. */
export function removeFilePieces(tx: Tx): Gone | null {
  const due = dueFile(tx)
  if (!due) return null
  const { file, size, pieces } = due
  tx.raise({ type: "removal.pieces_due", file, most: AT_ONCE.pieces })
  return pieces > AT_ONCE.pieces ? nothingGone : { ...nothingGone, files: 1, bytes: size }
}
