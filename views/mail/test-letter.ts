/** A mail that says nothing but that mail works. */
import type { Look } from "~/brand/rules.ts"
import { translator } from "../locales/index.ts"
import { type WrittenLetter, written } from "./letter.tsx"

export function testLetter(url: URL, to: { language: string; name: string; look: Look | null }): WrittenLetter {
  const { language, name, look } = to
  const t = translator(language)
  const subject = t("letter.test_subject")
  return written(t, language, url.host, { subject, name, look, paragraphs: [t("letter.test")] })
}
