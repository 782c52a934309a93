/**
 * Every word a person reads. English is the measure: another language must have the same phrases with the same blanks,
 * and a view that leaves a blank empty does not compile.
 */
import type { Refusal } from "~/kernel/step.ts"
import { en } from "./en.ts"
import { it } from "./it.ts"

/** Forms of a phrase that counts; which one is said follows the blank `by` (`count` unless told). */
export type Plural<Text extends string = string> = { one: Text; many?: Text; other: Text; by?: string }

export type Key = keyof typeof en
type Words<K extends Key> = (typeof en)[K] extends infer W ? (W extends { other: infer Other } ? Other : W) : never
type BlankIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | BlankIn<Rest> : never
export type Blanks<K extends Key> = Record<BlankIn<Words<K>>, string | number>
type Given<K extends Key> = [BlankIn<Words<K>>] extends [never] ? [] : [Blanks<K>]

/** Phrases without blanks: what tables of phrases may hold. */
export type PlainKey = { [K in Key]: [BlankIn<Words<K>>] extends [never] ? K : never }[Key]

export type Catalogue = { readonly [K in Key]: (typeof en)[K] extends string ? string : Plural }
export type Translate = <K extends Key>(key: K, ...blanks: Given<K>) => string
/** The same for keys that are only known when it runs: refusals, titles that routes name. */
export type Phrase = (key: string, blanks?: Readonly<Record<string, string | number>>) => string

export const catalogues = { en, it } as const satisfies Record<string, Catalogue>
export type Language = keyof typeof catalogues
export const LANGUAGES: readonly Language[] = ["en", "it"]

export const isLanguage = (text: string): text is Language => Object.hasOwn(catalogues, text)

/** Words in `language`; English when it is none of ours. */
export function translator(language: string): Translate {
  const say = phrases(language)
  return (key, ...[blanks]) => say(key, blanks)
}

/** What was refused, and what to do, in the reader's words. */
export const refusalLine = (t: Translate, { refused, detail }: Refusal): string =>
  (t as Phrase)(`refused.${refused}`, detail)

const made = new Map<Language, Phrase>()

/**
 * A key that no catalogue knows is said as it is: better than nothing for whoever reports it. The same function for the
 * same language: making Intl formats is dear.
 */
export function phrases(language: string): Phrase {
  const known: Language = isLanguage(language) ? language : "en"
  const phrase = made.get(known) ?? phrasesOf(known)
  made.set(known, phrase)
  return phrase
}

function phrasesOf(known: Language): Phrase {
  const catalogue: Readonly<Record<string, string | Plural>> = catalogues[known]
  const rules = new Intl.PluralRules(known)
  const numbers = new Intl.NumberFormat(known)
  return (key, blanks = {}) => {
    const entry = Object.hasOwn(catalogue, key) ? catalogue[key] : undefined
    if (entry === undefined) return key
    const words = typeof entry === "string" ? entry : form(entry, rules.select(Number(blanks[entry.by ?? "count"])))
    return words.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = blanks[name] ?? ""
      return typeof value === "number" ? numbers.format(value) : value
    })
  }
}

const form = (plural: Plural, category: Intl.LDMLPluralRule): string =>
  (category === "one" || category === "many" ? plural[category] : undefined) ?? plural.other
