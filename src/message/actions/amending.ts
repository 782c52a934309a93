import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { amended } from "../rules/amending.ts"
import { type Letter, readContent, written } from "../rules/content.ts"
import { keepEarly } from "../store/early.ts"
import { messageByWamid, saveWords } from "../store.ts"
import { insertLetter } from "./insert.ts"
import { ringThread } from "./ring.ts"

/**
 * A reaction, edit or removal changes the message it speaks of, and is kept as it came; it neither opens nor moves a
 * conversation. One that comes before its message waits for it.
 */
export function recordAmendment(tx: Tx, channel: Id, letter: Letter & { targetWamid: string }): void {
  const target = messageByWamid(tx, letter.targetWamid)
  if (!target) keepEarly(tx, letter.targetWamid, `amended:${letter.wamid}`, letter.sentAt, { letter })
  else if (target.channel === channel) {
    insertLetter(tx, { conversation: target.conversation, channel }, letter, tx.now)
    const { id, direction, text } = target
    const next = amended({ id, direction, text, content: readContent(target.content) }, letter)
    saveWords(tx, { id, text: next.text, content: written(next.content) })
    ringThread(tx, target.conversation)
  }
}
