import type { Tx } from "~/database/handles.ts"
import type { SpeechFact } from "~/speech/rules.ts"
import { readContent, written } from "../rules/content.ts"
import { loadMessage, saveWords } from "../store.ts"
import { ringThread } from "./ring.ts"

/** What a voice note says is its text from now on: shown under it, found by who looks for words. */
export function keepTranscription(tx: Tx, { message, transcription, text }: SpeechFact): void {
  const found = loadMessage(tx, message)
  if (!found) return
  const content = readContent(found.content)
  // What was removed meanwhile stays removed.
  if (content.removed) return
  saveWords(tx, { id: message, text: text ?? found.text, content: written({ ...content, transcription }) })
  ringThread(tx, found.conversation)
}
