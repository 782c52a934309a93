/** The list of predefined messages. */
import { type ListShape, oneOfWords } from "~/kernel/list.ts"

/** A category is whatever the tenant calls one. */
const anyWords = (text: string): string | null => (text === "" || text.length > 60 ? null : text)

export const PREDEFINED_MESSAGE_LIST = {
  name: "predefined-messages",
  columns: {
    title: { sorts: true },
    category: { sorts: true },
    language: { sorts: true },
    replies: {},
    text: {},
    enabled: { isExtra: true },
  },
  filters: {
    category: anyWords,
    replies: oneOfWords(["none", "buttons", "list"]),
    standing: oneOfWords(["enabled", "disabled"]),
  },
  sort: { by: "category", descending: false },
} as const satisfies ListShape
