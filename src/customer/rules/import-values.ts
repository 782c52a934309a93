/** What cells say in words, as it is kept: languages, yes and no, what a spreadsheet makes of the tenant's own fields. */
import type { CustomerProperty } from "~/customer-property/rules.ts"
import { plain } from "~/kernel/list.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import { isMailAddress } from "~/mail/rules.ts"
import type { ConsentChoice } from "./consent.ts"

/** Languages that customers may be addressed in, as ISO 639 names them. */
export const CUSTOMER_LANGUAGES = [
  ..."ar bg bn bs ca cs da de el en es et fa fi fr he hi hr hu hy id it ja ka ko lt lv mk mt nl no pa pl".split(" "),
  ..."pt ro ru sk sl sq sr sv ta th tl tr uk ur vi zh".split(" "),
] as const

const NAMES = ["en", "it"].map((reader) => new Intl.DisplayNames(reader, { type: "language" }))
const LANGUAGE_OF = new Map(
  CUSTOMER_LANGUAGES.flatMap((code) =>
    [code, ...NAMES.map((names) => names.of(code) ?? code)].map((name) => [plain(name), code] as const),
  ),
)

/** `it`, `it-IT`, `Italian`, `italiano`. */
export function readLanguage(typed: string): { value: string } | Refusal {
  const wanted = plain(typed.trim())
  if (wanted === "") return { value: "" }
  const value = LANGUAGE_OF.get(wanted) ?? LANGUAGE_OF.get(/^([a-z]{2})[-_][a-z]{2,4}$/.exec(wanted)?.[1] ?? "")
  return value === undefined ? refuse("customer.not_a_language") : { value }
}

/** Kept in small letters: nobody's address differs from another's by them. */
export function readEmail(typed: string): { value: string } | Refusal {
  const value = typed.normalize("NFC").trim().toLowerCase()
  return value === "" || isMailAddress(value) ? { value } : refuse("customer.not_an_email")
}

const YES = new Set(["yes", "y", "true", "1", "x", "si", "s", "vero", "opt in", "in", "ok"])
const NO = new Set(["no", "n", "false", "0", "falso", "opt out", "out"])

/** Null: neither. */
export function yesOrNo(typed: string): boolean | null {
  const word = plain(typed.trim()).replace(/[-_]/g, " ")
  return YES.has(word) ? true : NO.has(word) ? false : null
}

/** Empty says nothing. */
export function readConsent(typed: string): { value: ConsentChoice | null } | Refusal {
  if (typed === "") return { value: null }
  const said = yesOrNo(typed)
  return said === null ? refuse("import.not_yes_or_no") : { value: said ? "in" : "out" }
}

/** What a spreadsheet writes for a value of the kind, as a form would send it. */
export function typedFor({ kind }: Pick<CustomerProperty, "kind">, text: string): string {
  if (kind === "yes_no") {
    const said = yesOrNo(text)
    return said === null ? text : said ? "yes" : "no"
  }
  if (kind !== "date") return text
  const written = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text)
  if (!written) return text.replace(/ \d{2}:\d{2}(:\d{2})?$/, "")
  const [day = "", month = "", year = ""] = written.slice(1)
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
}

/** Names of tags in one cell. */
export const tagsIn = (text: string): string[] =>
  text
    .split(/[,;|\n]/)
    .map((name) => name.normalize("NFC").replace(/\s+/g, " ").trim())
    .filter((name) => name !== "")
