import type { Tx } from "~/database/handles.ts"
import { alreadyKnown } from "../queries.ts"
import { takeEarly } from "../store/early.ts"
import { messageByWamid } from "../store.ts"
import { recordAmendment } from "./amending.ts"
import { noteStatus } from "./delivery.ts"

/** The message is known now: what came before it applies. */
export function applyEarly(tx: Tx, wamid: string): void {
  const early = takeEarly(tx, wamid)
  const message = early.length > 0 ? messageByWamid(tx, wamid) : null
  if (!message) return
  for (const one of early) {
    if ("report" in one) noteStatus(tx, message.channel, one.report)
    else if (!alreadyKnown(tx, one.letter.wamid)) recordAmendment(tx, message.channel, one.letter)
  }
}
