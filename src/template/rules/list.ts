/** The list of templates: its columns and filters. */
import { type ListShape, oneOfWords } from "~/kernel/list.ts"
import { CATEGORIES } from "../rules.ts"

/** The standings that people look for; Meta has a few more, which nobody filters by. */
export const FILTERED_STATUSES = [
  "APPROVED",
  "PENDING",
  "REJECTED",
  "PAUSED",
  "DISABLED",
  "SUBMITTING",
  "NOT_TAKEN",
  "MISSING",
] as const

const language = (text: string): string | null => (/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/.test(text) ? text : null)

export const TEMPLATE_LIST = {
  name: "templates",
  columns: {
    name: { sorts: true },
    language: { sorts: true },
    category: { sorts: true },
    status: { sorts: true },
    quality: { sorts: true },
    agents: { sorts: true },
    text: { isExtra: true },
    reason: { isExtra: true },
    account: { sorts: true, isExtra: true },
    changedAt: { sorts: true, isExtra: true },
  },
  filters: {
    status: oneOfWords(FILTERED_STATUSES),
    category: oneOfWords(CATEGORIES),
    language,
    agents: oneOfWords(["open", "closed"]),
  },
  sort: { by: "name", descending: false },
} as const satisfies ListShape
