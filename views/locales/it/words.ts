import type { words as english } from "../en/words.ts"
import type { Plural } from "../index.ts"

type Words = { readonly [Key in keyof typeof english]: (typeof english)[Key] extends string ? string : Plural }

/** What was found by words. */
export const words: Words = {
  "words.note": "Nota",
  "words.cut":
    "Molti messaggi contengono queste parole: sono stati esaminati solo i più recenti. Per vederne altri, aggiungi una parola o scegli un periodo.",
  "words.behind": "L’indicizzazione è ancora in corso: ciò che è stato detto dal {date} in poi non si trova ancora.",
  "words.palette": "Cerca «{words}» nei messaggi",
}
