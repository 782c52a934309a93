/** What is decided about speech: by the admin for the tenant, by agents for themselves. */
import { changesBetween } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { Reseal, Secrets } from "~/database/secrets.ts"
import type { Id } from "~/kernel/id.ts"
import { accepted, demand, found, Refused, step } from "~/kernel/step.ts"
import { readContent } from "~/message/rules/content.ts"
import { loadMessage } from "~/message/store.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { engineTrouble, mayTranscribe, placeOfKey, type SpeechEngine, type Transcription } from "./rules.ts"
import { loadEngine, noticeConfirmed, saveEngine, saveLanguage, saveNotice } from "./store.ts"

/** `key` undefined: as it was; null: none. Answers whether anything is different now. */
export function setSpeechEngine(
  tx: Tx,
  secrets: Secrets,
  { key: given, ...engine }: Omit<SpeechEngine, "key"> & { key?: string | null },
): boolean {
  const trouble = engineTrouble(engine)
  if (trouble) throw new Refused(trouble)
  const place = placeOfKey(tx.tenant)
  const { key: sealed, ...kept } = loadEngine(tx)
  const known = sealed && secrets.open(sealed, place)
  const key = given === undefined ? known : given
  const changes = changesBetween({ ...kept, key: known }, { ...engine, key }, ["key"])
  if (Object.keys(changes).length === 0) return false
  saveEngine(tx, { ...engine, key: key === null ? null : secrets.seal(key, place) })
  const subject = { kind: "tenant", id: tx.tenant, name: tenantProfile(tx).name } as const
  tx.raise({ type: "audit.due", act: "tenant.speech_changed", subject, changes })
  return true
}

/** The same secret under another key. */
export function resealSpeech(tx: Tx, reseal: Reseal): void {
  const kept = loadEngine(tx)
  if (kept.key) saveEngine(tx, { ...kept, key: reseal(kept.key, placeOfKey(tx.tenant)) })
}

/** The agent's language for a customer, from now on. */
export function chooseLanguage(tx: Tx, customer: Id, language: string): void {
  demand(tx.actor.kind === "user", "actor.not_a_user")
  saveLanguage(tx, { user: tx.actor.id, customer, language })
}

/** The agent knows that the browser's vendor hears what they dictate. */
export function confirmNotice(tx: Tx): void {
  demand(tx.actor.kind === "user", "actor.not_a_user")
  if (!noticeConfirmed(tx, tx.actor.id)) saveNotice(tx, tx.actor.id)
}

/** From now on nobody else asks for the same. Refuses as `mayTranscribe`. */
export function beginTranscription(tx: Tx, message: Id): void {
  demand(tx.actor.kind === "user", "actor.not_a_user")
  const { content, kind } = found(loadMessage(tx, message))
  found(kind === "voice" ? true : null)
  const refusal = mayTranscribe(readContent(content).transcription, tx.now)
  accepted(refusal ?? step(null))
  const transcription: Transcription = { state: "working", at: tx.now, by: tx.actor.id }
  tx.raise({ type: "speech.transcribed", message, transcription, text: null })
}

/** What the server heard, or why it could not. */
export function endTranscription(tx: Tx, message: Id, by: Id, heard: { text: string } | { reason: string }): void {
  const base = { at: tx.now, by }
  if ("text" in heard) {
    const transcription: Transcription = { state: "done", ...base }
    tx.raise({ type: "speech.transcribed", message, transcription, text: heard.text })
  } else {
    const transcription: Transcription = { state: "failed", ...base, reason: heard.reason }
    tx.raise({ type: "speech.transcribed", message, transcription, text: null })
  }
}
