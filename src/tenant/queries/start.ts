/** What a tenant still needs before its first conversation. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"

export type StartStep = { name: "skillsets" | "users" | "members" | "channels" | "second_admin"; isDone: boolean }

const skillsets = statement(() => query.selectFrom("skillset").select("id").where("deletedAt", "is", null))
const members = statement(() => query.selectFrom("skillsetMember").select("skillset").distinct())
const people = statement(() =>
  query.selectFrom("user").select("level").where("enabled", "=", 1).where("deletedAt", "is", null),
)
const channels = statement(() => query.selectFrom("channel").select("id").where("enabled", "=", 1).limit(1))

export function startSteps(reader: Reader): StartStep[] {
  const groups = reader.all(skillsets)
  const served = new Set(reader.all(members).map(({ skillset }) => skillset))
  const levels = reader.all(people).map(({ level }) => level)
  return [
    { name: "skillsets", isDone: groups.length > 0 },
    { name: "users", isDone: levels.includes("agent") },
    { name: "members", isDone: groups.length > 0 && groups.every(({ id }) => served.has(id)) },
    { name: "channels", isDone: reader.one(channels) !== null },
    { name: "second_admin", isDone: levels.filter((level) => level === "tenant_admin").length > 1 },
  ]
}
