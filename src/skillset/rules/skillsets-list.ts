/** The list of skillsets, and one of them as its form writes it. */
import type { Id } from "~/kernel/id.ts"
import { type ListShape, oneOfWords } from "~/kernel/list.ts"
import { type Skillset, STRATEGIES } from "../rules.ts"

export const SKILLSET_LIST = {
  name: "skillsets",
  columns: {
    name: { sorts: true },
    members: { sorts: true },
    strategy: { sorts: true },
    priority: { sorts: true },
    overflow: {},
    waiting: { sorts: true },
  },
  filters: { strategy: oneOfWords(STRATEGIES) },
  sort: { by: "name", descending: false },
} as const satisfies ListShape

export type SkillsetForm = Omit<Skillset, "id"> & { members: readonly Id[] }

export const writtenSkillset = ({
  name,
  strategy,
  priority,
  overflow,
  members,
}: SkillsetForm): Record<string, string[]> => ({
  name: [name],
  strategy: [strategy],
  priority: [String(priority)],
  members: members.map(String),
  overflowTo: [overflow ? String(overflow.to) : ""],
  afterSeconds: [String(overflow?.afterSeconds ?? 120)],
})

export const newSkillset = (): SkillsetForm => ({
  name: "",
  strategy: "least_loaded",
  priority: 0,
  overflow: null,
  members: [],
})

/** Which field of the form a refusal is about, by how its key begins. */
export const SKILLSET_FIELDS: Readonly<Record<string, string>> = {
  "skillset.name_": "name",
  "skillset.overflows_": "overflowTo",
}
