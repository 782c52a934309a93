import type { Screen } from "../parts/screen.ts"

/** A language as its reader calls it, with a capital: it stands alone in menus. */
export function languageName({ format }: Pick<Screen, "format">, code: string): string {
  const name = new Intl.DisplayNames([format.language], { type: "language" }).of(code) ?? code
  return `${name.charAt(0).toLocaleUpperCase(format.language)}${name.slice(1)}`
}
