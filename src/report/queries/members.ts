/** Whose figures a report tells of, by the names that a company's file knows them by. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import type { FILTERS } from "./report.ts"

type Dimension = (typeof FILTERS)[number]

const MEMBERS = {
  skillset: statement(() => query.selectFrom("skillset").select(["id", "name as known"])),
  agent: statement(() => query.selectFrom("user").select(["id", "username as known"])),
  channel: statement(() => query.selectFrom("channel").select(["id", "phoneNumberId as known"])),
} as const

/** Skillsets by name, agents by username, numbers by their id at WhatsApp. */
export const membersKnown = (reader: Reader, dimension: Dimension): Map<string, Id> =>
  new Map(reader.all(MEMBERS[dimension]).map(({ id, known }) => [known, id]))
