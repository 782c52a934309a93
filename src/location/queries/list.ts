/** The tenant's places as the admin sees them (location/rules/list.ts), and one of them. */
import { sql } from "kysely"
import type { Reader } from "~/database/handles.ts"
import { listing, plainly } from "~/database/listing.ts"
import { query } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import type { Location } from "../rules.ts"
import { loadLocation } from "../store.ts"

const column = (name: string) => sql.ref<string>(`location.${name}`)

export const locations = listing({
  rows: (plan) =>
    query
      .selectFrom("location")
      .select(["id", "name", "address", "latitude", "longitude", "version"])
      .where((row) => row.and(plan.words(column("name"), column("address")))),
  line: (row): Location => row,
  id: "location.id",
  order: { name: plainly(column("name")), address: plainly(column("address")) },
})

export const oneLocation = (reader: Reader, id: Id): Location => found(loadLocation(reader, id))
