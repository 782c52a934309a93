/** The rows of a file that were refused, as a list. */
import type { ListShape } from "~/kernel/list.ts"

export const PROBLEM_LIST = {
  name: "import-problems",
  columns: { row: { sorts: true }, heading: {}, given: {}, reason: {} },
  filters: {},
  sort: { by: "row", descending: false },
} as const satisfies ListShape
