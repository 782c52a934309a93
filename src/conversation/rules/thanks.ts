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

/** Whether a message says nothing but words of the list (`thanks, ok`), in any order, or is of emoji alone. A question never is. */
export function isThanks(text: string, list: string): boolean {
  if (text.trim() === "" || text.length > LONGEST_CHARACTERS || text.includes("?")) return false
  let rest = ` ${plain(text)} `
  if (rest.trim() === "") return /\p{Extended_Pictographic}/u.test(text)
  const words = list.split(",").map(plain).filter(Boolean)
  for (const word of words.sort((a, b) => b.length - a.length)) rest = rest.replaceAll(` ${word} `, " ")
  return rest.trim() === ""
}
