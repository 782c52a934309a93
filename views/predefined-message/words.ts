import { languageName } from "../layout/user-menu.tsx"
import type { Screen } from "../parts/screen.ts"

export const STYLES = ["none", "buttons", "list"] as const
export const LANGUAGES = ["en", "it", "es", "fr", "de", "pt"]

export const nameOfLanguage = ({ t }: Screen, language: string): string => {
  if (language === "") return t("predefined_admin.any_language")
  return LANGUAGES.includes(language) ? languageName(language) : language
}
