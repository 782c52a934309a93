/** The list of service numbers, and what their forms write. */
import { anyId, type ListShape, oneOfWords } from "~/kernel/list.ts"
import type { Channel } from "../rules.ts"
import { CHANNEL_SETTINGS, type ChannelSettings } from "./settings.ts"

export const CHANNEL_LIST = {
  name: "channels",
  columns: {
    name: { sorts: true },
    number: { sorts: true },
    standing: {},
    hours: {},
    skillsets: {},
    heard: {},
    wabaId: { sorts: true, isExtra: true },
    phoneNumberId: { sorts: true, isExtra: true },
    createdAt: { sorts: true, isExtra: true },
  },
  filters: { standing: oneOfWords(["on", "off", "held"]), skillset: anyId },
  sort: { by: "name", descending: false },
} as const satisfies ListShape

/** Where a refusal belongs, by the beginning of its key. */
export const CHANNEL_FIELDS = {
  "channel.name_taken": "name",
  "channel.number_taken": "phoneNumberId",
  "channel.needs_skillset": "skillsets",
} as const

export const writtenConnection = ({ name, displayPhoneNumber, wabaId }: Channel): Record<string, string[]> => ({
  name: [name],
  displayPhoneNumber: [displayPhoneNumber],
  wabaId: [wabaId],
})

export const writtenSkillsets = ({ skillsets }: Channel): Record<string, string[]> => ({
  // One after the other: their order is what matters.
  skillsets: [skillsets.join(" ")],
})

export const writtenBehaviour = ({ settings }: Channel): Record<string, string[]> =>
  Object.fromEntries(
    (Object.keys(CHANNEL_SETTINGS.choices) as (keyof ChannelSettings)[]).map((name) => {
      const value = settings[name]
      return [name, typeof value === "boolean" ? (value ? ["on"] : []) : [String(value)]]
    }),
  )
