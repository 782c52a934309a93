/** Which messages carry a file, and whose conversations they are in. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

/** The same file may have been sent a thousand times; so many are told of. */
const MOST = 200

const carriers = statement((p: { file: Id }) =>
  query
    .selectFrom("media")
    .innerJoin("message", "message.id", "media.message")
    .innerJoin("conversation", "conversation.id", "message.conversation")
    .select(["media.message", "media.name", "message.conversation", "conversation.owner"])
    .where("media.file", "=", p.file)
    .where("media.file", "is not", null)
    .orderBy("media.message", "desc")
    .limit(MOST),
)

/** The latest first. */
export const carriersOf = (reader: Reader, file: Id) => reader.all(carriers, { file })
