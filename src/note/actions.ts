/** Writing a note: whoever may see a conversation may leave one in it, whoever has it. */
import { conversationFor } from "~/conversation/queries/known.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, Refused } from "~/kernel/step.ts"
import { tidied } from "~/message/rules.ts"
import { colleaguesFor } from "./queries.ts"
import { mentionsIn, refuseNote } from "./rules.ts"
import { insertNote, noteByClientId } from "./store.ts"

/**
 * The same `clientId` again is the same note. Who is called by it hears of it; nothing else moves: no silence ends, no
 * waiting time, and nothing leaves for the customer. Refuses as `refuseNote`.
 */
export function writeNote(tx: Tx, given: { conversation: Id; text: string; clientId: string }): Id {
  const { actor } = tx
  demand(actor.kind === "user", "actor.not_a_user")
  const { conversation } = found(conversationFor(tx, actor, given.conversation))
  const known = noteByClientId(tx, conversation.id, given.clientId)
  if (known !== null) return known
  const text = tidied(given.text)
  const refusal = refuseNote(text)
  if (refusal) throw new Refused(refusal)
  const called = mentionsIn(text)
  const colleagues = called.length === 0 ? [] : colleaguesFor(tx, conversation.id)
  const mentioned = colleagues.filter(({ username }) => called.includes(username)).map(({ id }) => id)
  const id = tx.newId()
  const { clientId } = given
  insertNote(tx, { id, conversation: conversation.id, at: tx.now, author: actor.id, text, mentioned, clientId })
  tx.raise({ type: "note.written", conversation: conversation.id, note: id })
  if (mentioned.length > 0)
    tx.raise({
      type: "notice.due",
      to: { users: mentioned },
      notice: { kind: "mentioned", conversation: conversation.id, by: actor.id, words: text.slice(0, 200) },
    })
  return id
}
