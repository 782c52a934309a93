/** The list of profiling trees. */
import { type ListShape, oneOfWords } from "~/kernel/list.ts"

export const PROFILING_LIST = {
  name: "profiling",
  columns: { name: { sorts: true }, reasons: { sorts: true }, channels: {}, closings: { sorts: true } },
  filters: { use: oneOfWords(["used", "unused", "empty"]) },
  sort: { by: "name", descending: false },
} as const satisfies ListShape
