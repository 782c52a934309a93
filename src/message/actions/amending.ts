import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import type { EchoItem, MessageItem } from "~/whatsapp/payload.ts"
import { targetOf } from "../rules/content.ts"
import { keepEarly } from "../store/early.ts"
import { messageByWamid } from "../store.ts"
import { insertEcho, insertInbound } from "./insert.ts"
import { ringThread } from "./ring.ts"

/**
 * A reaction, edit or removal goes where its message is; it neither opens nor moves a conversation. One that comes
 * before its message waits for it.
 */
export function recordAmendment(tx: Tx, channel: Id, item: MessageItem | EchoItem): void {
  const wamid = targetOf(item.content) ?? ""
  const target = messageByWamid(tx, wamid)
  if (!target) {
    const { raw: _, ...kept } = item
    keepEarly(tx, { wamid, status: `amended:${item.wamid}`, at: item.sentAt, item: JSON.stringify(kept) })
  } else if (target.channel === channel) {
    const place = { conversation: target.conversation, channel }
    if (item.kind === "echo") insertEcho(tx, place, item)
    else insertInbound(tx, place, item, tx.now)
    ringThread(tx, target.conversation)
  }
}
