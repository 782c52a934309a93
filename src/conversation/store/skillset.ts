import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import type { Conversation } from "../rules.ts"
import { loadConversation } from "../store.ts"

const open = statement((p: { skillset: Id }) =>
  query
    .selectFrom("conversation")
    .select("id")
    .where("state", "<>", "closed")
    .where("skillset", "=", p.skillset)
    .orderBy("id"),
)

/** Whatever is open in a skillset, in whichever state. */
export const openInSkillset = (reader: Reader, skillset: Id): Conversation[] =>
  reader.all(open, { skillset }).flatMap(({ id }) => loadConversation(reader, id) ?? [])
