import { brandOf, logoAddress } from "~/brand/queries.ts"
import type { Reader } from "~/database/handles.ts"

/** As `apply` reads it; what nobody chose is said to be so. */
export function brandEntry(reader: Reader) {
  const { name, accent } = brandOf(reader)
  return { name, accent, logo: logoAddress(reader) }
}
