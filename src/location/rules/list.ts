/** The list of the tenant's places. */
import type { ListShape } from "~/kernel/list.ts"

export const LOCATION_LIST = {
  name: "locations",
  columns: { name: { sorts: true }, address: { sorts: true }, coordinates: {} },
  filters: {},
  sort: { by: "name", descending: false },
} as const satisfies ListShape
