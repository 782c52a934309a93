/** The languages of templates, and in which of them a customer is probably written to best. */

/** Every language that Meta takes templates in, as it writes them. */
export const LANGUAGES = [
  "af",
  "sq",
  "ar",
  "az",
  "bn",
  "bg",
  "ca",
  "zh_CN",
  "zh_HK",
  "zh_TW",
  "hr",
  "cs",
  "da",
  "nl",
  "en",
  "en_GB",
  "en_US",
  "et",
  "fil",
  "fi",
  "fr",
  "ka",
  "de",
  "el",
  "gu",
  "ha",
  "he",
  "hi",
  "hu",
  "id",
  "ga",
  "it",
  "ja",
  "kn",
  "kk",
  "rw_RW",
  "ko",
  "ky_KG",
  "lo",
  "lv",
  "lt",
  "mk",
  "ms",
  "ml",
  "mr",
  "nb",
  "fa",
  "pl",
  "pt_BR",
  "pt_PT",
  "pa",
  "ro",
  "ru",
  "sr",
  "sk",
  "sl",
  "es",
  "es_AR",
  "es_ES",
  "es_MX",
  "sw",
  "sv",
  "ta",
  "te",
  "th",
  "tr",
  "uk",
  "ur",
  "uz",
  "vi",
  "zu",
] as const

const BY_COUNTRY: Readonly<Record<string, string>> = {
  IT: "it",
  SM: "it",
  VA: "it",
  DE: "de",
  AT: "de",
  CH: "de",
  LI: "de",
  FR: "fr",
  BE: "fr",
  LU: "fr",
  MC: "fr",
  ES: "es",
  MX: "es",
  AR: "es",
  CO: "es",
  CL: "es",
  PE: "es",
  PT: "pt",
  BR: "pt",
  AO: "pt",
  GB: "en",
  US: "en",
  IE: "en",
  CA: "en",
  AU: "en",
  NZ: "en",
  NL: "nl",
  PL: "pl",
  RO: "ro",
}

/** The language most spoken where a number is from; null where that says little. */
export const languageOfCountry = (country: string | null): string | null =>
  country === null ? null : (BY_COUNTRY[country] ?? null)

/** `en_US` is English. */
export const baseLanguage = (language: string): string => language.split("_")[0]!.toLowerCase()

type Named = { name: string; language: string }

/**
 * Those in the customer's language first, then in the tenant's, then the rest; within each by name. `isForeign`: the
 * template is not to be had in the customer's language at all.
 */
export function byLanguage<Item extends Named>(
  items: readonly Item[],
  wanted: string | null,
  standard: string,
): (Item & { isForeign: boolean })[] {
  const rank = ({ language }: Named): number => {
    const base = baseLanguage(language)
    return base === wanted ? 0 : base === standard ? 1 : 2
  }
  const has = (name: string) => items.some((other) => other.name === name && baseLanguage(other.language) === wanted)
  return items
    .map((item) => ({ ...item, isForeign: wanted !== null && !has(item.name) }))
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name) || a.language.localeCompare(b.language))
}
