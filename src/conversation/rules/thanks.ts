/** A short word of thanks after the end of a conversation: worth keeping, not worth an agent. */

const LONGEST_CHARACTERS = 60

/** Nobody minds case, accents and punctuation; hearts and thumbs are thanks. */
const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, " ")
    .replace(/\s+/g, " ")
    .trim()

const isMadeOf = (said: string, words: readonly string[]): boolean =>
  said === "" || words.some((word) => `${said} `.startsWith(`${word} `) && isMadeOf(said.slice(word.length + 1), words))

/** Whether a message says nothing but words of the list (`thanks, ok`), in any order, or is of emoji alone. A question never is. */
export function isThanks(text: string, list: string): boolean {
  if (text.trim() === "" || text.length > LONGEST_CHARACTERS || text.includes("?")) return false
  const said = plain(text)
  if (said === "") return /\p{Extended_Pictographic}/u.test(text)
  const words = list.split(",").map(plain).filter(Boolean)
  return isMadeOf(
    said,
    words.sort((a, b) => b.length - a.length),
  )
}
