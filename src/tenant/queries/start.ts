/** What a tenant still needs before its first conversation, and what makes it better. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"

export type StartStep = {
  name: "skillsets" | "users" | "members" | "channels" | "first" | "texts" | "reasons" | "second_admin"
  isDone: boolean
  /** Whether nobody is answered before it is done; the others are advice. */
  isNeeded: boolean
}

const skillsets = statement(() => query.selectFrom("skillset").select("id").where("deletedAt", "is", null))
const members = statement(() => query.selectFrom("skillsetMember").select("skillset").distinct())
const people = statement(() =>
  query.selectFrom("user").select("level").where("enabled", "=", 1).where("deletedAt", "is", null),
)
const channels = statement(() => query.selectFrom("channel").select("id").where("enabled", "=", 1).limit(1))
const conversations = statement(() => query.selectFrom("conversation").select("id").limit(1))
const texts = statement(() => query.selectFrom("automaticMessage").select("channel").where("isOn", "=", 1).limit(1))
const trees = statement(() => query.selectFrom("profilingTree").select("id").limit(1))

export function startSteps(reader: Reader): StartStep[] {
  const groups = reader.all(skillsets)
  const served = new Set(reader.all(members).map(({ skillset }) => skillset))
  const levels = reader.all(people).map(({ level }) => level)
  const needed = (name: StartStep["name"], isDone: boolean) => ({ name, isDone, isNeeded: true })
  const advised = (name: StartStep["name"], isDone: boolean) => ({ name, isDone, isNeeded: false })
  return [
    needed("skillsets", groups.length > 0),
    needed("users", levels.includes("agent")),
    needed("members", groups.length > 0 && groups.every(({ id }) => served.has(id))),
    needed("channels", reader.one(channels) !== null),
    needed("first", reader.one(conversations) !== null),
    advised("texts", reader.one(texts) !== null),
    advised("reasons", reader.one(trees) !== null),
    advised("second_admin", levels.filter((level) => level === "tenant_admin").length > 1),
  ]
}

/** How much is still to do before somebody can be answered. */
export const stepsLeft = (reader: Reader): number =>
  startSteps(reader).filter(({ isDone, isNeeded }) => isNeeded && !isDone).length
