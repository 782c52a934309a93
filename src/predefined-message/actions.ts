/** What happens to predefined messages: they are made, changed, taken out of use. */
import { type Changes, changesBetween } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { PredefinedMessage } from "./rules.ts"
import { insertPredefinedMessage, predefinedMessageByName, updatePredefinedMessage } from "./store.ts"

/** Makes or changes the one of that category, title and language; answers what came of it. */
export function setPredefinedMessage(
  tx: Tx,
  given: Omit<PredefinedMessage, "id">,
): "created" | "changed" | "left alone" {
  const known = predefinedMessageByName(tx, given)
  if (known === null) {
    const id = tx.newId()
    insertPredefinedMessage(tx, { ...given, id })
    note(tx, "predefined_message.created", { ...given, id }, changesBetween({}, contentOf({ ...given, id })))
    return "created"
  }
  const next: PredefinedMessage = { ...known, ...given }
  const isSame = JSON.stringify(contentOf(next)) === JSON.stringify(contentOf(known))
  if (!isSame) {
    updatePredefinedMessage(tx, next)
    note(tx, "predefined_message.changed", known, changesBetween(contentOf(known), contentOf(next)))
  }
  return isSame ? "left alone" : "changed"
}

function note(
  tx: Tx,
  act: "predefined_message.created" | "predefined_message.changed",
  { id, category, title }: PredefinedMessage,
  changes: Changes,
): void {
  const subject = { kind: "predefined_message", id, name: `${category}: ${title}` } as const
  tx.raise({ type: "audit.due", act, subject, changes })
}

const contentOf = ({ text, choices, enabled }: PredefinedMessage) => ({ text, choices, enabled })
