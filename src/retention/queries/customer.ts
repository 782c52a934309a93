/** What there is of one customer: what erasing them will take away, and by which numbers the wire has known them. */
import { sql } from "kysely"
import { rowsOfPerson } from "~/customer/queries.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import type { KnownBy } from "../rules/erasing.ts"
import { importsNaming } from "./imports.ts"

const messages = statement((p: { customer: Id }) =>
  query
    .selectFrom("conversation as c")
    .innerJoin("message", "message.conversation", "c.id")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("c.customer", "=", p.customer),
)
const changed = statement((p: { customer: Id }) =>
  query
    .selectFrom("conversation as c")
    .innerJoin("event", "event.conversation", "c.id")
    .select("event.data")
    .where("c.customer", "=", p.customer)
    .where("event.kind", "=", "conversation.identity_changed"),
)

export const messagesInAll = (reader: Reader, customer: Id): number => reader.one(messages, { customer })?.count ?? 0

const askers = statement((p: { id: Id }) =>
  query
    .selectFrom("user")
    .select("id")
    .where((row) => row.or([row("id", "=", p.id), row("level", "=", "tenant_admin")]))
    .orderBy((row) => row("id", "=", p.id), "desc")
    .orderBy("id")
    .limit(1),
)
/** Who asked for an erasure, or an administrator in their place; null where there is none. */
export const whoAsks = (reader: Reader, id: Id): Id | null => reader.one(askers, { id })?.id ?? null

/** Numbers they had before, as their conversations tell. */
export const formerNumbers = (reader: Reader, customer: Id): string[] =>
  reader.all(changed, { customer }).flatMap(({ data }) => {
    const { previousPhone, phone } = JSON.parse(data) as { previousPhone?: string | null; phone?: string | null }
    return [previousPhone, phone].filter((one) => typeof one === "string")
  })

const bywords = statement((p: { id: Id }) =>
  query
    .selectFrom("customer")
    .select(["phone", "otherPhone", "whatsappUserId", "username", "name", "profileName", "email"])
    .where("id", "=", p.id),
)

/** By what they are known, under every number that is theirs; `ids`: what WhatsApp calls them by. */
export function knownBy(reader: Reader, customer: Id): KnownBy & { ids: string[] } {
  const rows = rowsOfPerson(reader, customer).flatMap((id) => reader.one(bywords, { id }) ?? [])
  const some = (all: readonly (string | null)[]) =>
    [...new Set(all.filter((one) => one !== null && one !== ""))] as string[]
  const phones = [...rows.map(({ phone }) => phone), ...formerNumbers(reader, customer)]
  return {
    ids: some([...phones, ...rows.map(({ whatsappUserId }) => whatsappUserId)]),
    numbers: some([...phones, ...rows.map(({ otherPhone }) => otherPhone)]),
    words: some(rows.flatMap((row) => [row.whatsappUserId, row.username, row.name, row.profileName, row.email])),
  }
}

export type Footprint = {
  conversations: number
  messages: number
  notes: number
  mails: number
  calls: number
  /** Files nobody else shows, and how large they are together. */
  files: number
  bytes: number
  /** Files of customers of which the kept details name them. */
  imports: number
}

const theirs = (customer: Id) => query.selectFrom("conversation as c").where("c.customer", "=", customer)
const notes = statement((p: { customer: Id }) =>
  theirs(p.customer)
    .innerJoin("note", "note.conversation", "c.id")
    .select(({ fn }) => fn.countAll<number>().as("count")),
)
const mails = statement((p: { customer: Id }) =>
  theirs(p.customer)
    .innerJoin("mail", "mail.conversation", "c.id")
    .select(({ fn }) => fn.countAll<number>().as("count")),
)
const calls = statement((p: { customer: Id }) =>
  theirs(p.customer)
    .innerJoin("call", "call.conversation", "c.id")
    .select(({ fn }) => fn.countAll<number>().as("count")),
)
const conversations = statement((p: { customer: Id }) =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("customer", "=", p.customer),
)
const files = statement((p: { customer: Id }) =>
  query
    .selectFrom((from) =>
      from
        .selectFrom("conversation as c")
        .innerJoin("message", "message.conversation", "c.id")
        .innerJoin("media", "media.message", "message.id")
        .innerJoin("mediaFile as f", "f.id", "media.file")
        .select(["f.id", "f.size"])
        .distinct()
        .where("c.customer", "=", p.customer)
        .where((row) =>
          row.not(
            row.exists(
              row
                .selectFrom("media as other")
                .innerJoin("message as m", "m.id", "other.message")
                .innerJoin("conversation as o", "o.id", "m.conversation")
                .select("other.message")
                .whereRef("other.file", "=", "f.id")
                .where("other.file", "is not", null)
                .where("o.customer", "<>", p.customer),
            ),
          ),
        )
        .as("own"),
    )
    .select(({ fn }) => [fn.countAll<number>().as("files"), sql<number>`coalesce(sum(own.size), 0)`.as("bytes")]),
)

/** Grows with how much they wrote: asked beside the thread that serves people. */
export function footprintOf(reader: Reader, customer: Id): Footprint {
  const count = (rows: { count: number } | null) => rows?.count ?? 0
  return {
    conversations: count(reader.one(conversations, { customer })),
    messages: messagesInAll(reader, customer),
    notes: count(reader.one(notes, { customer })),
    mails: count(reader.one(mails, { customer })),
    calls: count(reader.one(calls, { customer })),
    ...(reader.one(files, { customer }) ?? { files: 0, bytes: 0 }),
    imports: importsNaming(reader, { customer, files: knownBy(reader, customer) }).imports.length,
  }
}
