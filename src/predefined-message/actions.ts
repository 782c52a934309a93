/** What happens to predefined messages: they are made, changed, taken out of use, taken away. */
import { type Changes, changesBetween } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { isNameTaken } from "~/kernel/names.ts"
import { demand, found, Refused } from "~/kernel/step.ts"
import { type PredefinedMessage, refusePredefinedMessage } from "./rules.ts"
import {
  deletePredefinedMessage,
  insertPredefinedMessage,
  loadPredefinedMessage,
  predefinedMessageByName,
  titlesIn,
  updatePredefinedMessage,
} from "./store.ts"

type Content = Omit<PredefinedMessage, "id">

/** Makes or changes the one of that category, title and language; answers what came of it. */
export function setPredefinedMessage(tx: Tx, given: Content): "created" | "changed" | "left alone" {
  const known = predefinedMessageByName(tx, given)
  if (known) return changePredefinedMessage(tx, known.id, given) ? "changed" : "left alone"
  addPredefinedMessage(tx, given)
  return "created"
}

/** Refuses as `refusePredefinedMessage`, and `predefined_message.title_taken`. */
export function addPredefinedMessage(tx: Tx, given: Content): Id {
  check(tx, given, null)
  const message = { ...given, id: tx.newId() }
  insertPredefinedMessage(tx, message)
  note(tx, "predefined_message.created", message, changesBetween({}, contentOf(message)))
  return message.id
}

/** Answers whether anything is different now. What was sent keeps its own copy. */
export function changePredefinedMessage(tx: Tx, id: Id, given: Content): boolean {
  const known = found(loadPredefinedMessage(tx, id))
  check(tx, given, id)
  const next: PredefinedMessage = { ...known, ...given }
  const changes = changesBetween(contentOf(known), contentOf(next))
  if (Object.keys(changes).length === 0) return false
  updatePredefinedMessage(tx, next)
  note(tx, "predefined_message.changed", known, changes)
  return true
}

export function removePredefinedMessage(tx: Tx, id: Id): void {
  const known = found(loadPredefinedMessage(tx, id))
  deletePredefinedMessage(tx, id)
  note(tx, "predefined_message.removed", known, {})
}

function check(tx: Tx, given: Content, self: Id | null): void {
  const refusal = refusePredefinedMessage(given)
  if (refusal) throw new Refused(refusal)
  const { category, title } = given
  const isKept = predefinedMessageByName(tx, given)?.id === self
  const isFree = isKept || !isNameTaken(titlesIn(tx, given), title, self)
  demand(isFree, "predefined_message.title_taken", { title, category })
}

function note(
  tx: Tx,
  act: "predefined_message.created" | "predefined_message.changed" | "predefined_message.removed",
  { id, category, title }: PredefinedMessage,
  changes: Changes,
): void {
  const subject = { kind: "predefined_message", id, name: `${category}: ${title}` } as const
  tx.raise({ type: "audit.due", act, subject, changes })
}

const contentOf = ({ category, title, language, text, choices, enabled }: Content) => ({
  category,
  title,
  language,
  text,
  choices,
  enabled,
})
