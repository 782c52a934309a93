/** How mails and the servers that take them are kept. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { MailRow, MailServerRow } from "~/database/tables.ts"
import { days, type Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Mail, type MailAttachment, uselessFrom } from "./rules.ts"

const BODY = ["kind", "recipient", "language", "subject", "text", "html", "secret", "conversation", "author"] as const
const STATE = ["state", "nextAttemptAt", "tries", "reason", "answer", "sentAt", "text", "html", "secret"] as const
type MailChange = Pick<MailRow, "id" | (typeof STATE)[number]>

const add = inserting("mail", [...BODY, "id", "state", "queuedAt", "uselessAt", "nextAttemptAt"])
const attach = inserting("mailAttachment", ["mail", "position", "file", "name", "mimeType"])
const byId = statement((p: { id: Id }) => query.selectFrom("mail").selectAll().where("id", "=", p.id))
const inFlight = statement(() => query.selectFrom("mail").selectAll().where("state", "=", "sending"))
const change = statement((p: MailChange) => query.updateTable("mail").set(slotRow(STATE)).where("id", "=", p.id))
const attachmentsOf = statement((p: { mail: Id }) =>
  query
    .selectFrom("mailAttachment")
    .select(["file", "name", "mimeType"])
    .where("mail", "=", p.mail)
    .orderBy("position"),
)
const old = statement((p: { before: Instant }) =>
  query
    .selectFrom("mail")
    .select("id")
    .where("queuedAt", "<", p.before)
    .where("state", "not in", ["queued", "sending"])
    .limit(20),
)
const detach = statement((p: { mail: Id }) => query.deleteFrom("mailAttachment").where("mail", "=", p.mail))
const remove = statement((p: { id: Id }) => query.deleteFrom("mail").where("id", "=", p.id))

/** For so long people can look up what became of a mail. */
const KEPT_DAYS = 90

/** Puts a mail into the queue; those that nobody asks about any more are forgotten. */
export function insertMail(tx: Tx, mail: Mail): Id {
  for (const { id } of tx.all(old, { before: tx.now - days(KEPT_DAYS) })) {
    tx.run(detach, { mail: id })
    tx.run(remove, { id })
  }
  const id = tx.newId()
  const { kind, to: recipient, language, subject, text, html, secret = null, attachments = [], about } = mail
  const row = { id, kind, recipient, language, subject, text, html, secret, ...whose(about) }
  const { now } = tx
  tx.run(add, { ...row, state: "queued", queuedAt: now, uselessAt: uselessFrom(mail, now), nextAttemptAt: now })
  for (const [position, one] of attachments.entries()) tx.run(attach, { ...one, mail: id, position })
  return id
}

const whose = (about: Mail["about"]) => ({ conversation: about?.conversation ?? null, author: about?.author ?? null })

export const loadMail = (reader: Reader, id: Id): MailRow | null => reader.one(byId, { id })
export const mailsInFlight = (reader: Reader): MailRow[] => reader.all(inFlight)
export const attachmentsOfMail = (reader: Reader, mail: Id): MailAttachment[] => reader.all(attachmentsOf, { mail })

/** How a mail stands now. What is sent keeps nothing of its body; a secret outlives nothing but the queue. */
export function saveMail(tx: Tx, mail: MailRow): void {
  const isOver = mail.state !== "queued" && mail.state !== "sending"
  const body = mail.state === "sent" ? { text: "", html: "" } : {}
  tx.run(change, { ...mail, ...body, secret: isOver ? null : mail.secret })
}

const hurry = statement((p: { now: Instant }) =>
  query.updateTable("mail").set({ nextAttemptAt: p.now }).where("state", "=", "queued"),
)
/** What waits is tried at once. */
export const hurryMails = (tx: Tx): void => void tx.run(hurry, { now: tx.now })

const SERVER = ["host", "port", "security", "username", "password", "sender"] as const
const addServer = inserting("mailServer", SERVER)
const changeServer = statement((_: MailServerRow) => query.updateTable("mailServer").set(slotRow(SERVER)))
const removeServer = statement(() => query.deleteFrom("mailServer"))
const ownServer = statement(() => query.selectFrom("mailServer").select(SERVER))

export const loadServer = (reader: Reader): MailServerRow | null => reader.one(ownServer)

export function saveServer(tx: Tx, server: MailServerRow | null): void {
  if (server === null) tx.run(removeServer)
  else if (tx.run(changeServer, server) === 0) tx.run(addServer, server)
}
