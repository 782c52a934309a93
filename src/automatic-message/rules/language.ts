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
 * company's own; else the first. `country` as ISO 3166 (`BR`); null: the number says nothing.
 */
export function languageFor(written: readonly string[], country: string | null, companys: string): string | null {
  const wishes = country === null ? [companys] : [`und-${country}`, companys]
  for (const wish of wishes.map(likely)) {
    const fitting = written.filter((one) => likely(one).language === wish.language)
    const [best = null] = [...fitting.filter((one) => likely(one).region === wish.region), ...fitting]
    if (best !== null) return best
  }
  return written[0] ?? null
}

/** With what the tag leaves unsaid filled in: `und-BR` → `pt-Latn-BR` (Unicode's likely subtags). */
const likely = (tag: string) => new Intl.Locale(tag).maximize()
