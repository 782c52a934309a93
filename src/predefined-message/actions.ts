/** What happens to predefined messages: they are made, changed, taken out of use. */
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
    insertPredefinedMessage(tx, { ...given, id: tx.newId() })
    return "created"
  }
  const next: PredefinedMessage = { ...known, ...given }
  const isSame = JSON.stringify(contentOf(next)) === JSON.stringify(contentOf(known))
  if (!isSame) updatePredefinedMessage(tx, next)
  return isSame ? "left alone" : "changed"
}

const contentOf = ({ text, choices, enabled }: PredefinedMessage) => ({ text, choices, enabled })
