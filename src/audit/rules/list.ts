/** The list of what is on record: its columns and filters. */
import { anyId, type ListShape, oneOfWords } from "~/kernel/list.ts"
import { ACTS, SUBJECT_KINDS } from "../rules.ts"

export const ACTOR_KINDS = ["user", "operator", "system", "stranger"] as const

/** A moment, as milliseconds since 1970. */
const moment = (text: string): number | null => (/^\d{10,15}$/.test(text) ? Number(text) : null)

export const AUDIT_LIST = {
  name: "audit",
  columns: { at: { sorts: true }, who: {}, act: {}, subject: {}, changes: {}, address: {} },
  filters: {
    since: moment,
    who: anyId,
    by: oneOfWords(ACTOR_KINDS),
    act: oneOfWords(ACTS),
    kind: oneOfWords(SUBJECT_KINDS),
  },
  sort: { by: "at", descending: true },
} as const satisfies ListShape
