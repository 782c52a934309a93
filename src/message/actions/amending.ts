import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import type { Letter } from "../rules/content.ts"
import { keepEarly } from "../store/early.ts"
import { messageByWamid } from "../store.ts"
import { insertLetter } from "./insert.ts"
import { ringThread } from "./ring.ts"

/**
 * A reaction, edit or removal goes where its message is; it neither opens nor moves a conversation. One that comes
 * before its message waits for it.
 */
export function recordAmendment(tx: Tx, channel: Id, letter: Letter & { targetWamid: string }): void {
  const target = messageByWamid(tx, letter.targetWamid)
  if (!target) keepEarly(tx, letter.targetWamid, `amended:${letter.wamid}`, letter.sentAt, { letter })
  else if (target.channel === channel) {
    insertLetter(tx, { conversation: target.conversation, channel }, letter, tx.now)
    ringThread(tx, target.conversation)
  }
}
