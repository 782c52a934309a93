/** What the page of mail shows: the tenant's own server, never its password, and the latest mails, never their text. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"

const own = statement(() => query.selectFrom("mailServer").select(["host", "port", "security", "username", "sender"]))
export const ownMailServer = (reader: Reader) => reader.one(own)

const LATEST = 30
const latest = statement(() =>
  query
    .selectFrom("mail")
    .select(["id", "kind", "recipient", "state", "reason", "answer", "queuedAt", "sentAt", "nextAttemptAt"])
    .orderBy("id", "desc")
    .limit(LATEST),
)
export const latestMails = (reader: Reader) => reader.all(latest)
export type MailLine = ReturnType<typeof latestMails>[number]
