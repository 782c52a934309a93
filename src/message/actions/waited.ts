/** What waited while the company was disabled, when its turn has come at last. */
import { channelSettings } from "~/channel/queries.ts"
import type { Tx } from "~/database/handles.ts"
import type { MessageRow } from "~/database/tables.ts"
import { enabledAgainAt } from "~/tenant/queries.ts"
import { readContent } from "../rules/content.ts"
import { waitedTooLong } from "../rules/waiting.ts"
import { saveChange } from "./delivery.ts"

/**
 * Whether it stays here: what the appliance wanted to say speaks of a moment that is over and is given up; what a person
 * wrote waits for a person, who sends it or not.
 */
export function staysHere(tx: Tx, message: MessageRow, windowEndsAt: number | null): boolean {
  const enabledAt = enabledAgainAt(tx)
  const wasAskedAnew = (readContent(message.content).attempts ?? []).length > 0
  if (wasAskedAnew || enabledAt === null || message.queuedAt === null || message.queuedAt >= enabledAt) return false
  const { silentWhenLateMinutes } = channelSettings(tx, message.channel)
  const waited = { queuedAt: message.queuedAt, isAutomatic: message.author === null, windowEndsAt }
  const outcome = waitedTooLong(waited, silentWhenLateMinutes, enabledAt)
  if (outcome === null) return false
  saveChange(tx, message, { ...message, status: outcome, failureReason: outcome === "held" ? "tenant_disabled" : null })
  if (outcome === "discarded")
    tx.raise({ type: "message.withheld", conversation: message.conversation, why: "tenant_disabled" })
  return true
}
