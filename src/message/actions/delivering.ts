/** How our messages fare: what the outbox did, and what Meta tells of them later. */
import type { Tx } from "~/database/handles.ts"
import type { MessageRow } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { StatusItem } from "~/whatsapp/payload.ts"
import { climb, type Failure } from "../rules/delivery.ts"
import { loadMessage } from "../store.ts"
import { noteStatus, saveChange, withWamid } from "./delivery.ts"
import { applyEarly } from "./early.ts"

/** Meta's status of one of our messages, in whatever order they come. */
export function applyStatus(tx: Tx, channel: Id, item: StatusItem): void {
  if (noteStatus(tx, channel, item)) applyEarly(tx, item.wamid)
}

/** How a claimed send ended. `again`: nothing was sent and it goes back to the queue until `at`. */
export type Settlement =
  | { result: "accepted"; wamid: string }
  | { result: "again"; at: Instant | null }
  | { result: "failed"; failure: Failure }
  | { result: "uncertain" }

/** Writes down how attempt `attempt` ended; a status that was faster has the last word. */
export function settle(tx: Tx, sent: { message: Id; attempt: number }, settlement: Settlement): void {
  const message = loadMessage(tx, sent.message)
  if (!message) return
  saveChange(tx, message, settled(tx, message, sent.attempt, settlement))
  if (settlement.result === "accepted") applyEarly(tx, settlement.wamid)
}

function settled(tx: Tx, message: MessageRow, attempt: number, settlement: Settlement): MessageRow {
  const inFlight = message.status === "sending" && message.attempt === attempt
  switch (settlement.result) {
    case "accepted": {
      const named = attempt === message.attempt ? withWamid(tx, message, settlement.wamid) : message
      return { ...named, ...climb(named, { status: "sent", at: tx.now, attempt }) }
    }
    case "failed": {
      const news = { status: "failed", at: tx.now, attempt, failure: settlement.failure } as const
      return inFlight ? { ...message, ...climb(message, news) } : message
    }
    case "again":
      return inFlight ? { ...message, status: "queued", nextAttemptAt: settlement.at } : message
    case "uncertain":
      return inFlight ? { ...message, status: "uncertain" } : message
  }
}
