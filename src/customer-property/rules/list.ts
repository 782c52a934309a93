/** The list of customer properties. */
import { type ListShape, oneOfWords } from "~/kernel/list.ts"
import { PROPERTY_KINDS } from "../rules.ts"

export const PROPERTY_LIST = {
  name: "customer-properties",
  columns: {
    name: { sorts: true },
    position: { sorts: true },
    kind: { sorts: true },
    choices: {},
    channels: {},
    values: { sorts: true },
  },
  filters: { kind: oneOfWords(PROPERTY_KINDS), standing: oneOfWords(["enabled", "disabled"]) },
  sort: { by: "position", descending: false },
} as const satisfies ListShape
