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

/** By what somebody is known: to the wire, and in what people write. */
export type KnownBy = { numbers: readonly string[]; words: readonly string[] }
/** `wire`: as WhatsApp writes them, a JSON text each. `files`: what to look for in files of customers. */
export type ErasureNames = { wire: readonly string[]; files: KnownBy }

/** What is left to look for once files of customers have been seen to. */
export const ofTheWire = ({ wire }: ErasureNames): ErasureNames => ({ wire, files: { numbers: [], words: [] } })

/** As they are kept with the erasure; one that was begun before there were files has the wire's alone. */
export function namesIn(kept: string): ErasureNames {
  const names = JSON.parse(kept) as ErasureNames | string[]
  return Array.isArray(names) ? ofTheWire({ wire: names, files: { numbers: [], words: [] } }) : names
}

/** As the wire writes them: a JSON text of its own. */
export const asWritten = (names: readonly string[]): string[] => names.map((name) => JSON.stringify(name))

/** The same line is written with and without its country; fewer digits at the end are other people's, too. */
const DIGITS_THAT_TELL = 7
/** Shorter words stand in other words: they are the whole cell or not meant. */
const LETTERS_THAT_TELL = 6

/** Whether a cell of a file speaks of somebody. Rather once too often: what is taken away is a convenience. */
export function namesThem({ numbers, words }: KnownBy): (cell: string) => boolean {
  const digits = (text: string) => text.replace(/\D/g, "")
  const ends = numbers.map((number) => digits(number).slice(-DIGITS_THAT_TELL)).filter((one) => one.length > 0)
  const plainly = words.map((word) => plain(word).trim()).filter((word) => word !== "")
  return (cell) => {
    const number = digits(cell)
    const text = plain(cell).trim()
    return (
      ends.some((end) => number.includes(end)) ||
      plainly.some((word) => (word.length < LETTERS_THAT_TELL ? text === word : text.includes(word)))
    )
  }
}
