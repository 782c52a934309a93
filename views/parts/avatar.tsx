export type AvatarProps = { name: string; size?: "small" | "normal" | "large" }

/** Initials in one of six hues: decoration, drawn by the style. The name stands beside it, or names the button it is in. */
export const Avatar = ({ name, size = "normal" }: AvatarProps) => (
  <span
    class={`avatar is-hue-${hueOf(name)}${size === "normal" ? "" : ` is-${size}`}`}
    data-initials={initialsOf(name)}
    aria-hidden="true"
  />
)

/** First letters of the first and the last word; of a number its first two signs. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  if (/^[+\d]/.test(name)) return name.replace(/\s/g, "").slice(0, 2)
  const [first = "", last = ""] = [words[0], words.length > 1 ? words.at(-1) : ""]
  return `${firstLetter(first)}${firstLetter(last)}` || "?"
}

const firstLetter = (word: string): string => {
  const letter = word.match(/\p{L}/u)?.[0] ?? [...word][0] ?? ""
  return letter.toLocaleUpperCase()
}

/** The same person, the same colour. */
const hueOf = (name: string): number =>
  ([...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 9973, 7) % 6) + 1
