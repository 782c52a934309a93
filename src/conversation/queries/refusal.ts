import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import { timeOfDay } from "~/hours/rules/zone.ts"
import type { Id } from "~/kernel/id.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import type { Result } from "../rules/common.ts"

const userName = statement((p: { id: Id }) =>
  query.selectFrom("user").select(["firstName", "lastName"]).where("id", "=", p.id),
)

const skillsetName = statement((p: { id: Id }) => query.selectFrom("skillset").select("name").where("id", "=", p.id))

/** How a user is called; empty for nobody, which is the appliance. */
export function nameOf(reader: Reader, id: Id): string {
  const user = reader.one(userName, { id })
  return user ? `${user.firstName} ${user.lastName}`.trim() : ""
}

/** Empty for none. */
export const skillsetNameOf = (reader: Reader, id: Id | null): string =>
  id === null ? "" : (reader.one(skillsetName, { id })?.name ?? "")

/** The step, or its refusal in names. */
export const withNames = (reader: Reader, result: Result): Result =>
  "refused" in result ? named(reader, result) : result

/**
 * A refusal says who and when: rules know ids and moments, people read names and the tenant's clock. What the appliance
 * closed by itself has a sentence of its own: `conversation.closed_automatically`.
 */
export function named(reader: Reader, { refused, detail = {} }: Refusal): Refusal {
  const { owner, by, at, ...rest } = detail
  const names: Record<string, string | number> = { ...rest }
  if (typeof owner === "number") names.owner = nameOf(reader, owner)
  if (typeof by === "number") names.by = nameOf(reader, by)
  if (typeof at === "number") names.time = timeOfDay(tenantProfile(reader).timezone, at)
  if (refused === "conversation.closed_already" && by === 0) return refuse("conversation.closed_automatically", names)
  return Object.keys(names).length === 0 ? refuse(refused) : refuse(refused, names)
}
