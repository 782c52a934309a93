/** The emoji of one language for the picker: group after group `[emoji, name, other words, skin tones]`. */
import { readFileSync } from "node:fs"
import { join } from "node:path"

type Emoji = {
  emoji: string
  label: string
  tags?: string[]
  group?: number
  order?: number
  version: number
  skins?: { emoji: string; tone: number | number[] }[]
}

export const EMOJI_LANGUAGES = ["en", "it"] as const
/** What phones of the last years can draw. */
const NEWEST = 15
/** Skin tones and hair by themselves. */
const COMPONENTS = 2

export function emojiOf(packages: string, language: (typeof EMOJI_LANGUAGES)[number]): string {
  const all = JSON.parse(readFileSync(join(packages, `emojibase-data/${language}/data.json`), "utf8")) as Emoji[]
  const groups: unknown[][] = []
  for (const { emoji, label, tags = [], group, version, skins } of all.sort(inOrder)) {
    if (group === undefined || group === COMPONENTS || version > NEWEST) continue
    const tones = (skins ?? []).filter(({ tone }) => !Array.isArray(tone)).map((skin) => skin.emoji)
    const words = tags.filter((tag) => !label.includes(tag)).join(" ")
    groups[group] ??= []
    groups[group].push(tones.length > 0 ? [emoji, label, words, tones] : [emoji, label, words])
  }
  return JSON.stringify(groups.filter(Boolean))
}

const inOrder = (a: Emoji, b: Emoji) => (a.order ?? 0) - (b.order ?? 0)
