/** Words as people look for them: accents and case make no difference. The page folds the same way (scripts/words.js). */

/** Without case and accents; letter by letter of the same length as `text`. */
export const folded = (text: string): string => [...text].map(foldedLetter).join("")

function foldedLetter(letter: string): string {
  const plain = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
  return plain.length === letter.length ? plain : letter
}
