import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import { timeOfDay } from "~/hours/rules/zone.ts"
import type { Id } from "~/kernel/id.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import type { Result } from "../rules/common.ts"

const userName = statement((p: { id: Id }) =>
  query.selectFrom("user").select(["firstName", "lastName"]).where("id", "=", p.id),
)

/** How a user is called; empty for nobody, which is the appliance. */
export function nameOf(reader: Reader, id: Id): string {
  const user = reader.one(userName, { id })
  return user ? `${user.firstName} ${user.lastName}`.trim() : ""
}

/** A refusal says who and when: rules know ids and moments, people read names and the tenant's clock. */
export function withNames(reader: Reader, result: Result): Result {
  if (!("refused" in result) || !result.detail) return result
  const { owner, by, at, ...rest } = result.detail
  const detail: Record<string, string | number> = { ...rest }
  if (typeof owner === "number") detail.owner = nameOf(reader, owner)
  if (typeof by === "number") detail.by = nameOf(reader, by)
  if (typeof at === "number") detail.time = timeOfDay(tenantProfile(reader).timezone, at)
  return { refused: result.refused, detail }
}
