import type { Tx } from "~/database/handles.ts"
import type { EchoItem, MessageItem, StatusItem } from "~/whatsapp/payload.ts"
import { takeEarly } from "../store/early.ts"
import { alreadyKnown, messageByWamid } from "../store.ts"
import { recordAmendment } from "./amending.ts"
import { noteStatus } from "./delivery.ts"

type Early = StatusItem | Omit<MessageItem, "raw"> | Omit<EchoItem, "raw">

/** The message is known now: what came before it applies. */
export function applyEarly(tx: Tx, wamid: string): void {
  const rows = takeEarly(tx, wamid)
  const message = rows.length > 0 ? messageByWamid(tx, wamid) : null
  if (!message) return
  for (const { item } of rows) {
    const early = JSON.parse(item) as Early
    if (early.kind === "status") noteStatus(tx, message.channel, early)
    else if (!alreadyKnown(tx, early.wamid)) recordAmendment(tx, message.channel, { ...early, raw: {} })
  }
}
