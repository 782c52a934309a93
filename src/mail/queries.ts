/** What is asked about mail: who takes a tenant's – its own server, else the appliance's, else that of the environment – and what goes with one. */
import { APPLIANCE_SLUG } from "~/account/rules.ts"
import type { ApplianceReader, Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import { applianceQuery, applianceStatement, query, statement } from "~/database/statement.ts"
import type { MailRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import { piecesOf } from "~/media/queries.ts"
import { type Letter, type MailServer, type MailState, type MailTrouble, passwordPlace } from "./rules.ts"

const servers = applianceStatement((p: { tenant: Id; slug: string }) =>
  applianceQuery
    .selectFrom("mailServer")
    .innerJoin("tenant", "tenant.id", "mailServer.tenant")
    .selectAll("mailServer")
    .select("tenant.slug")
    .where((row) => row.or([row("mailServer.tenant", "=", p.tenant), row("tenant.slug", "=", p.slug)])),
)

/** Null: nobody has set one, and mail waits. */
export function mailServerFor(
  read: ApplianceReader,
  secrets: Secrets,
  tenant: Id,
  standard: MailServer | null,
): MailServer | null {
  const rows = read.all(servers, { tenant, slug: APPLIANCE_SLUG })
  const row = rows.find((one) => one.tenant === tenant) ?? rows[0]
  if (!row) return standard
  const { host, port, security, username, sender } = row
  const password = row.password && secrets.open(row.password, passwordPlace(row.tenant))
  return { host, port, security, username, password, sender, isForeign: row.slug !== APPLIANCE_SLUG }
}

export type MailAbout = Pick<MailRow, "id" | "recipient" | "queuedAt"> & {
  state: MailState
  reason: MailTrouble | null
}

const about = statement((p: { conversation: Id }) =>
  query
    .selectFrom("mail")
    .select(["id", "recipient", "queuedAt", "state", "reason"])
    .where("conversation", "=", p.conversation)
    .where("conversation", "is not", null)
    .orderBy("id", "desc")
    .limit(10),
)

/** The mails that were made of a conversation, the latest first, and how they stand. */
export const mailsAbout = (reader: Reader, conversation: Id): MailAbout[] =>
  reader.all(about, { conversation }).map((row) => ({
    ...row,
    state: row.state as MailState,
    reason: row.reason as MailTrouble | null,
  }))

const attached = statement((p: { mail: Id }) =>
  query
    .selectFrom("mailAttachment as a")
    .innerJoin("mediaFile", "mediaFile.id", "a.file")
    .select(["a.name", "a.mimeType", "a.file", "mediaFile.size"])
    .where("a.mail", "=", p.mail)
    .orderBy("a.position"),
)

/** The files of a mail, whole: mail servers take no more than fits into memory. */
export const attachmentsOf = (reader: Reader, mail: Id): Letter["attachments"] =>
  reader.all(attached, { mail }).map(({ name, mimeType, file, size }) => ({
    name,
    mimeType,
    bytes: Buffer.concat([...piecesOf(reader, file, 0, size)]),
  }))
