/**
 * The passwords that everybody tries first: some eighteen thousand of eight characters and more out of what has leaked
 * (from zxcvbn-ts, MIT). Inside the binary, for nothing is ever asked of the internet about a password.
 */
import list from "./common-passwords/list.txt" with { type: "text" }

let known: ReadonlySet<string> | null = null

/** `text` in lower case. */
export function isCommonPassword(text: string): boolean {
  known ??= new Set(list.split("\n"))
  return known.has(text)
}
