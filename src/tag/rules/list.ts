/** The list of tags. */
import { type ListShape, oneOfWords } from "~/kernel/list.ts"
import { TAG_TONES } from "../rules.ts"

export const TAG_LIST = {
  name: "tags",
  columns: {
    name: { sorts: true },
    tone: {},
    conversations: { sorts: true },
    customers: { sorts: true },
    standing: {},
  },
  filters: { tone: oneOfWords(TAG_TONES), standing: oneOfWords(["in_use", "retired"]) },
  sort: { by: "name", descending: false },
} as const satisfies ListShape
