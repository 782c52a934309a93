/** What goes next: old enough, closed, and under no hold; and whatever has begun to go already. */
import { type ExpressionBuilder, sql } from "kysely"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { ConversationRow, PresenceChangeRow, Tables } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import { firstIdAt, type Id } from "~/kernel/id.ts"

/** Whether a hold keeps the conversation `c`; one that was set on somebody before they were joined with its customer does. */
export const isKeptByHold = (row: ExpressionBuilder<Tables & { c: ConversationRow }, "c">) =>
  row.or([
    row.exists(row.selectFrom("hold as h").select("h.id").whereRef("h.conversation", "=", "c.id")),
    row.exists(row.selectFrom("hold as h").select("h.id").whereRef("h.customer", "=", "c.customer")),
    row.exists(
      row
        .selectFrom("hold as h")
        .innerJoin("customerJoin as j", "j.joined", "h.customer")
        .select("h.id")
        .where("j.endedAt", "is", null)
        .whereRef("j.kept", "=", "c.customer"),
    ),
  ])

const going = statement(() =>
  query
    .selectFrom("conversationRemoval as r")
    .innerJoin("conversation as c", "c.id", "r.conversation")
    .innerJoin("customer", "customer.id", "c.customer")
    .select("c.id")
    .where("customer.erasingSince", "is", null),
)
const old = statement((p: { before: Instant; limit: number }) =>
  query
    .selectFrom("conversation as c")
    .innerJoin("customer", "customer.id", "c.customer")
    .select("c.id")
    .where("c.state", "=", "closed")
    .where("c.closedAt", "<", p.before)
    .where("customer.erasingSince", "is", null)
    .where((row) => row.not(isKeptByHold(row as never)))
    .orderBy("c.closedAt")
    .limit(p.limit),
)
const ofCustomer = statement((p: { customer: Id; limit: number }) =>
  query.selectFrom("conversation").select("id").where("customer", "=", p.customer).orderBy("id").limit(p.limit),
)
const media = statement((p: { after: Id; before: Id; limit: number }) =>
  query
    .selectFrom("media")
    .innerJoin("message", "message.id", "media.message")
    .innerJoin("conversation as c", "c.id", "message.conversation")
    .select(["media.message", (row) => isKeptByHold(row as never).as("isKept"), "c.state"])
    .where("media.file", "is not", null)
    .where("media.message", ">", p.after)
    .where("media.message", "<", p.before)
    .orderBy("media.message")
    .limit(p.limit),
)
const notices = statement((p: { before: Id; limit: number }) =>
  query.selectFrom("notice").select("id").where("id", "<", p.before).limit(p.limit),
)
const mails = statement((p: { before: Id; limit: number }) =>
  query
    .selectFrom("mail")
    .select("id")
    .where("id", "<", p.before)
    .where("state", "not in", ["queued", "sending"])
    .limit(p.limit),
)
const early = statement((p: { before: Instant; limit: number }) =>
  query.selectFrom("earlyStatus").select("wamid").where("at", "<", p.before).limit(p.limit),
)
/** The last change of a connection says since when it is lost. */
export const isPast = (row: ExpressionBuilder<Tables & { c: PresenceChangeRow }, "c">) =>
  row.or([
    row("c.part", "<>", "link"),
    row.exists(
      row
        .selectFrom("presenceChange as later")
        .select("later.id")
        .whereRef("later.user", "=", "c.user")
        .where("later.part", "=", "link")
        .whereRef("later.id", ">", "c.id"),
    ),
  ])
const agent = statement((p: { after: Id; before: Instant }) =>
  query
    .selectFrom("agent as a")
    .select("a.user")
    .where("a.user", ">", p.after)
    .where((row) =>
      row.exists(
        row
          .selectFrom("presenceChange as c")
          .select("c.id")
          .whereRef("c.user", "=", "a.user")
          .where("c.at", "<", p.before)
          .where((inner) => isPast(inner as never)),
      ),
    )
    .orderBy("a.user")
    .limit(1),
)
const changes = statement((p: { user: Id; before: Instant; limit: number }) =>
  query
    .selectFrom("presenceChange as c")
    .select("c.at")
    .where("c.user", "=", p.user)
    .where("c.at", "<", p.before)
    .where((row) => isPast(row as never))
    .orderBy("c.at")
    .orderBy("c.id")
    .limit(p.limit),
)

/** What has begun to go comes first. */
export function dueConversations(reader: Reader, before: Instant | null, limit: number): Id[] {
  const begun = reader.all(going).map(({ id }) => id)
  if (begun.length > 0 || before === null) return begun
  return reader.all(old, { before, limit }).map(({ id }) => id)
}

export const conversationsOfCustomer = (reader: Reader, customer: Id, limit: number): Id[] =>
  reader.all(ofCustomer, { customer, limit }).map(({ id }) => id)

/** Messages with a file, after one of them; `goes`: its conversation is closed and under no hold. */
export const dueMedia = (reader: Reader, after: Id, before: Instant, limit: number): { message: Id; goes: boolean }[] =>
  reader
    .all(media, { after, before: firstIdAt(before), limit })
    .map(({ message, isKept, state }) => ({ message, goes: !isKept && state === "closed" }))

/** How many of each kind go in one step. */
export function dueLogs(reader: Reader, before: Instant, limit: number): number {
  const first = firstIdAt(before)
  const kinds = [reader.all(notices, { before: first, limit }), reader.all(mails, { before: first, limit })]
  return kinds.flat().length + reader.all(early, { before, limit }).length
}

/** The next agent with changes from before, and until when they go in one step. */
export function duePresence(reader: Reader, after: Id, before: Instant, limit: number) {
  const user = reader.one(agent, { after, before })?.user
  if (user === undefined) return null
  const found = reader.all(changes, { user, before, limit: limit + 1 })
  const next = found[limit]
  return { user, before: next?.at ?? before, count: Math.min(found.length, limit), isLast: next === undefined }
}

const files = statement(() =>
  query
    .selectFrom("fileRemoval as going")
    .innerJoin("mediaFile as f", "f.id", "going.file")
    .select(["f.id as file", "f.size"])
    .select((row) =>
      row
        .selectFrom("mediaChunk as piece")
        .select(sql<number>`coalesce(max(piece.position), -1) + 1`.as("pieces"))
        .whereRef("piece.file", "=", "f.id")
        .as("pieces"),
    )
    .limit(1),
)

/** A file whose bytes are going, with how many pieces are left of it. */
export function dueFile(reader: Reader): { file: Id; size: number; pieces: number } | null {
  const row = reader.one(files)
  return row && { ...row, pieces: row.pieces ?? 0 }
}
