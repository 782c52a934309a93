import type { Tx } from "~/database/handles.ts"
import type { MessageRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import { readContent, withArrival, written } from "../rules/content.ts"
import { climb, type StatusReport } from "../rules/delivery.ts"
import { mayReach, parseCallbackData } from "../rules.ts"
import { keepEarly } from "../store/early.ts"
import { loadMessage, messageByWamid, saveDelivery } from "../store.ts"
import { followReaction } from "./reacting.ts"
import { ringThread } from "./ring.ts"

/**
 * A status of one of our messages: found by wamid, or by our own reference while the reply to our call is still to
 * come. One that fits no message waits for it. Answers whether a message has its wamid from it.
 */
export function noteStatus(tx: Tx, channel: Id, report: StatusReport): boolean {
  const { wamid, callbackData, ...outcome } = report
  const reference = parseCallbackData(callbackData)
  const message = messageByWamid(tx, wamid) ?? (reference && loadMessage(tx, reference.message))
  if (!message) keepEarly(tx, wamid, report.status, report.at, { report })
  if (message?.channel !== channel || message.direction !== "out") return false
  const attempt = reference?.message === message.id ? reference.attempt : message.attempt
  const named = attempt === message.attempt ? withWamid(tx, message, wamid) : message
  const content = arrivals.has(outcome.status) ? arrived(message.content, attempt) : message.content
  saveChange(tx, message, { ...named, ...climb(named, { ...outcome, attempt }), content })
  return named.wamid !== message.wamid
}

const arrivals: ReadonlySet<StatusReport["status"]> = new Set(["delivered", "read", "played"])

const arrived = (content: string | null, attempt: number): string | null =>
  content === null ? null : written(withArrival(readContent(content), attempt))

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
  if (next.kind === "reaction" && mayReach(before.status) !== mayReach(next.status)) followReaction(tx, next)
  const { conversation, id: message } = next
  if (before.status !== next.status) tx.raise({ type: "message.status_changed", conversation, message })
  if (next.author !== null && mayReach(before.status) !== mayReach(next.status))
    tx.raise({ type: "message.reach_changed", conversation })
  ringThread(tx, conversation)
}

const same = (a: MessageRow, b: MessageRow): boolean =>
  (Object.keys(a) as (keyof MessageRow)[]).every((column) => a[column] === b[column])
