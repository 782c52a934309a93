/** What in a conversation should make whoever sends it elsewhere think twice: numbers that open accounts. */

export type Sensitive = "card" | "account" | "code"

/** Thirteen to nineteen digits, in groups or not. */
const CARD = /(?<![\d+])\d(?:[ -]?\d){12,18}(?!\d)/g
/** A country, two digits, then what banks of that country use. */
const ACCOUNT = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b/g
/** A word for a secret, and digits or the like beside it. */
const CODE = /\b(?:password|passwort|pin|otp|codice|code|cvv|cvc)\b\W{0,3}(?:\p{L}{1,6}\W{1,3})?\S*\d\S*/iu

/** The kinds that occur in any of the texts. */
export function sensitiveIn(texts: readonly string[]): Sensitive[] {
  const found = new Set<Sensitive>()
  for (const text of texts) {
    if ((text.match(CARD) ?? []).some((number) => isCard(number.replace(/\D/g, "")))) found.add("card")
    if ((text.match(ACCOUNT) ?? []).some((number) => isAccount(number.replaceAll(" ", "")))) found.add("account")
    if (CODE.test(text)) found.add("code")
  }
  return (["card", "account", "code"] as const).filter((kind) => found.has(kind))
}

/** Luhn's sum, which every payment card keeps and a phone number or an order seldom does. */
function isCard(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0 && !/^(\d)\1*$/.test(digits)
}

/** The check digits of an IBAN: what comes of it, divided by 97, leaves one. */
function isAccount(iban: string): boolean {
  if (iban.length < 15 || iban.length > 34) return false
  const digits = [...iban.slice(4), ...iban.slice(0, 4)].map((sign) => parseInt(sign, 36).toString()).join("")
  let rest = 0
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97
  return rest === 1
}
