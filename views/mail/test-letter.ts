/** A mail that says nothing but that mail works. */
import { translator } from "../locales/index.ts"
import { type WrittenLetter, written } from "./letter.tsx"

export function testLetter(url: URL, language: string, name: string): WrittenLetter {
  const t = translator(language)
  return written(t, language, url.host, { subject: t("letter.test_subject"), name, paragraphs: [t("letter.test")] })
}
