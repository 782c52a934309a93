/** Mails that go before their time; one that is being handed over is left until it is known what became of it. */
import type { Reader, Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import { firstIdAt, type Id } from "~/kernel/id.ts"

const about = statement((p: { conversation: Id }) =>
  query
    .selectFrom("mail")
    .select(["id", "state"])
    .where("conversation", "=", p.conversation)
    .where("conversation", "is not", null),
)
const older = statement((p: { before: Id; limit: number }) =>
  query
    .selectFrom("mail")
    .select("id")
    .where("id", "<", p.before)
    .where("state", "not in", ["queued", "sending"])
    .orderBy("id")
    .limit(p.limit),
)
const files = statement((p: { mail: Id }) =>
  query.selectFrom("mailAttachment").select("file").where("mail", "=", p.mail),
)
const detach = statement((p: { mail: Id }) => query.deleteFrom("mailAttachment").where("mail", "=", p.mail))
const remove = statement((p: { id: Id }) => query.deleteFrom("mail").where("id", "=", p.id))

const copies = statement((p: { file: Id }) =>
  query
    .selectFrom("mailAttachment as a")
    .innerJoin("mail", "mail.id", "a.mail")
    .select("a.mail")
    .where("a.file", "=", p.file)
    .where("mail.state", "=", "sent"),
)
const dropCopy = statement((p: { mail: Id; file: Id }) =>
  query.deleteFrom("mailAttachment").where("mail", "=", p.mail).where("file", "=", p.file),
)

/** What has been sent needs the file no longer. */
export function detachSent(tx: Tx, file: Id): void {
  for (const { mail } of tx.all(copies, { file })) tx.run(dropCopy, { mail, file })
}

/** Whether one about the conversation is being handed over now. */
export const isMailInFlight = (reader: Reader, conversation: Id): boolean =>
  reader.all(about, { conversation }).some(({ state }) => state === "sending")

/** Answers the files that were attached. */
export const deleteMailsAbout = (tx: Tx, conversation: Id): Id[] =>
  tx.all(about, { conversation }).flatMap(({ id, state }) => (state === "sending" ? [] : deleteMail(tx, id)))

export const deleteMailsBefore = (tx: Tx, before: Instant, limit: number): Id[] =>
  tx.all(older, { before: firstIdAt(before), limit }).flatMap(({ id }) => deleteMail(tx, id))

function deleteMail(tx: Tx, id: Id): Id[] {
  const attached = tx.all(files, { mail: id }).map(({ file }) => file)
  tx.run(detach, { mail: id })
  tx.run(remove, { id })
  return attached
}
