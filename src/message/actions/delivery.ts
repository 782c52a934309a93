import type { Tx } from "~/database/handles.ts"
import type { MessageRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import { failureOf } from "~/whatsapp/errors.ts"
import type { StatusItem } from "~/whatsapp/payload.ts"
import { climb, type DeliveryNews } from "../rules/delivery.ts"
import { parseCallbackData } from "../rules.ts"
import { keepEarly } from "../store/early.ts"
import { loadMessage, messageByWamid, saveDelivery } from "../store.ts"
import { ringThread } from "./ring.ts"

/**
 * A status of one of our messages: found by wamid, or by our own reference while the reply to our call is still to
 * come. One that fits no message waits for it. Answers whether a message has its wamid from it.
 */
export function noteStatus(tx: Tx, channel: Id, item: StatusItem): boolean {
  const reference = parseCallbackData(item.callbackData)
  const message = messageByWamid(tx, item.wamid) ?? (reference && loadMessage(tx, reference.message))
  if (!message || message.channel !== channel || message.direction !== "out") {
    const { wamid, status, at } = item
    if (!message) keepEarly(tx, { wamid, status, at, item: JSON.stringify(item) })
    return false
  }
  const attempt = reference?.message === message.id ? reference.attempt : message.attempt
  const named = attempt === message.attempt ? withWamid(tx, message, item.wamid) : message
  saveChange(tx, message, { ...named, ...climb(named, newsOf(item, attempt)) })
  return named.wamid !== message.wamid
}

/** The message under Meta's id, unless that is another one's already. */
export function withWamid(tx: Tx, message: MessageRow, wamid: string): MessageRow {
  if (message.wamid === wamid) return message
  const holder = messageByWamid(tx, wamid)
  return holder && holder.id !== message.id ? message : { ...message, wamid }
}

/** Saves and tells, when anything is different. */
export function saveChange(tx: Tx, before: MessageRow, next: MessageRow): void {
  if (same(before, next)) return
  const waits = next.status === "queued" || next.status === "sending"
  saveDelivery(tx, waits ? next : { ...next, nextAttemptAt: null, bootId: null })
  const { conversation, id: message } = next
  if (before.status !== next.status) tx.raise({ type: "message.status_changed", conversation, message })
  ringThread(tx, conversation)
}

const same = (a: MessageRow, b: MessageRow): boolean =>
  (Object.keys(a) as (keyof MessageRow)[]).every((column) => a[column] === b[column])

function newsOf(item: StatusItem, attempt: number): DeliveryNews {
  const { at, status } = item
  if (status !== "failed") return { at, attempt, status }
  const [error] = item.errors
  if (!error) return { at, attempt, status, failure: { code: null, reason: "unknown", details: null } }
  const { code, details, reason, title } = failureOf(error)
  return { at, attempt, status, failure: { code, reason, details: details ?? (title || null) } }
}
