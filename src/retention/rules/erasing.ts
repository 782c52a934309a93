/** Whether a customer may be erased, and whether whoever asks means it. */
import { plain } from "~/kernel/list.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"

export type Standing = {
  /** Conversations that are not closed. */
  open: number
  isHeld: boolean
}

/** Refuses `erasure.open {count}` and `erasure.held`; null when nothing stands in the way. */
export function refuseErasure({ open, isHeld }: Standing): Refusal | null {
  if (isHeld) return refuse("erasure.held")
  return open > 0 ? refuse("erasure.open", { count: open }) : null
}

/** What was typed is the name that is shown, accents and case aside, or the number's digits. */
export function confirms(typed: string, title: string, phone: string | null): boolean {
  const words = (text: string) => plain(text).replace(/\s+/g, " ").trim()
  if (words(typed) !== "" && words(typed) === words(title)) return true
  const digits = (text: string) => text.replace(/\D/g, "").replace(/^00/, "")
  return phone !== null && /^[\d\s+().\-/]+$/.test(typed) && digits(typed) !== "" && digits(typed) === digits(phone)
}

/** As the wire writes them: a JSON text of its own. */
export const asWritten = (names: readonly string[]): string[] => names.map((name) => JSON.stringify(name))
