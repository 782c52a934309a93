/** Which language a customer is spoken to in. */

/** The tag as it is kept (`pt-BR`); null when it is none. */
export function languageTag(written: string): string | null {
  try {
    return Intl.getCanonicalLocales(written)[0] ?? null
  } catch {
    return null
  }
}

/**
 * Of the languages that there is a text in, the one most people write where the customer's number is from; else the
 * company's own; else the first. `country` as ISO 3166 (`BR`: Unicode's likely subtags make `pt-Latn-BR` of it); null: the number says
 * nothing.
 */
export function languageFor(written: readonly string[], country: string | null, companys: string): string | null {
  const wishes = country === null ? [companys] : [`und-${country}`, companys]
  for (const wish of wishes.map((tag) => new Intl.Locale(tag).maximize())) {
    const fitting = written.map((tag) => new Intl.Locale(tag)).filter((one) => one.language === wish.language)
    const best = fitting.find(({ region }) => region === wish.region) ?? fitting.find(({ region }) => !region)
    const chosen = best ?? fitting[0]
    if (chosen) return chosen.toString()
  }
  return written[0] ?? null
}
