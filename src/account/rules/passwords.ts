/** Which passwords are good enough: long ones, not those that everybody tries. No rules of composition, no changing on a day. */
import { isCommonPassword } from "~/kernel/common-passwords.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"

export const MOST_PASSWORD_CHARACTERS = 256
/** Where no tenant says otherwise: NIST SP 800-63B-4 for a password that stands alone. */
export const LEAST_PASSWORD_CHARACTERS = 15

export type PasswordRule = {
  least: number
  /** What is no secret about somebody: their names, the company's. What is left of the password without them counts. */
  known: readonly string[]
}

/** Below this nothing is left to guess once what is known is taken out. */
const LEAST_UNKNOWN = 6
/** `abcabcabcabcabc` is three characters. */
const LEAST_UNREPEATED = 5

/** Why a password is not good enough; null when it is. */
export function refusePassword(password: string, { least, known }: PasswordRule): Refusal | null {
  const text = password.normalize("NFC")
  const characters = [...text].length
  if (characters < least) return refuse("password.too_short", { characters: least })
  if (characters > MOST_PASSWORD_CHARACTERS)
    return refuse("password.too_long", { characters: MOST_PASSWORD_CHARACTERS })
  const plain = text.toLowerCase()
  const unit = unrepeated(plain)
  if (isCommonPassword(plain) || isCommonPassword(unit) || unit.length < LEAST_UNREPEATED || isStaircase(plain))
    return refuse("password.too_common")
  const rest = without(plain, known)
  const isGuessed = rest !== plain && rest.replaceAll(FILLING, "").length < LEAST_UNKNOWN
  return isGuessed ? refuse("password.is_known") : null
}

/** The shortest part that the text is a repetition of: itself, as a rule. */
function unrepeated(text: string): string {
  const again = `${text}${text}`.indexOf(text, 1)
  return text.slice(0, again)
}

/** `123456789012345` and `abcdefghijklmno`, either way. */
function isStaircase(text: string): boolean {
  const codes = [...text].map((character) => character.charCodeAt(0))
  const steps = codes.slice(1).map((code, index) => code - codes[index]!)
  const even = (step: number) => step === 1 || step === -1 || step === -9 || step === 9
  return steps.every(even)
}

const without = (text: string, known: readonly string[]): string =>
  known
    .map((word) => word.normalize("NFC").toLowerCase().trim())
    .filter((word) => word.length >= 4)
    .sort((one, other) => other.length - one.length)
    .reduce((rest, word) => rest.replaceAll(word, ""), text)

/** What people put around a word that they are told is not enough. */
const FILLING = /[\s\d._!-]+/g
