/** Made-up talk: some thirty thousand words, as common and as rare as those of a language, the same in every run. */

const SYLLABLES = ["ba", "co", "di", "fe", "gu", "la", "me", "ni", "po", "ra", "se", "ti", "vo", "zu", "ca", "lo"]
const WORDS = 30_000
const SHORTEST = 4
const LONGEST = 22

/** The word of a rank: 1 is in about every third message, the last ones in one of some twenty thousand. */
export function wordOf(rank: number): string {
  let word = ""
  for (let rest = rank + SYLLABLES.length; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    word += SYLLABLES[rest % SYLLABLES.length]
  return word
}

/** Says one message after the other. */
export function talker(): () => string {
  let state = 12_345
  const chance = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const word = () => wordOf(Math.floor(WORDS ** chance()))
  return () => Array.from({ length: SHORTEST + Math.floor(chance() * (LONGEST - SHORTEST)) }, word).join(" ")
}
