/** Notes as the thread shows them, and who can be called by one. */
import { conversationById } from "~/conversation/queries/known.ts"
import { maySee } from "~/conversation/rules/policy.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { folded } from "~/message/rules/searching.ts"
import { partsOf } from "./rules.ts"

export type NoteItem = {
  type: "note"
  id: Id
  at: Instant
  authorName: string
  isMine: boolean
  text: string
  /** The text in pieces, those that called somebody told apart. */
  parts: readonly { words: string; isCalled: boolean }[]
}
export type Colleague = { id: Id; username: string; name: string }

type Range = { conversation: Id; fromAt: Instant; at: Instant; id: Id; limit: number }

const notes = (conversation: Id) =>
  query
    .selectFrom("note as n")
    .innerJoin("user as author", "author.id", "n.author")
    .select(["n.id", "n.at", "n.author", "n.text", "n.mentioned", "author.firstName", "author.lastName"])
    .where("n.conversation", "=", conversation)

const before = statement((p: Range) =>
  notes(p.conversation)
    .where("n.at", ">=", p.fromAt)
    .where("n.at", "<=", p.at)
    .where((row) => row.or([row("n.at", "<", p.at), row("n.id", "<", p.id)]))
    .orderBy("n.at", "desc")
    .orderBy("n.id", "desc")
    .limit(p.limit),
)
const from = statement((p: Omit<Range, "fromAt">) =>
  notes(p.conversation)
    .where("n.at", ">=", p.at)
    .where((row) => row.or([row("n.at", ">", p.at), row("n.id", ">=", p.id)]))
    .orderBy("n.at")
    .orderBy("n.id")
    .limit(p.limit),
)
const people = statement(() =>
  query
    .selectFrom("user")
    .select(["id", "username", "firstName", "lastName", "level", "isolated"])
    .where("enabled", "=", 1)
    .where("level", "<>", "platform_admin")
    .orderBy("firstName")
    .orderBy("lastName"),
)
const memberships = statement(() => query.selectFrom("skillsetMember").select(["skillset", "user"]))
const usernameOf = statement((p: { id: Id }) => query.selectFrom("user").select("username").where("id", "=", p.id))

/** The notes before a place in a thread, latest first. */
export const noteItems = (reader: Reader, range: Range, viewer: Id): NoteItem[] =>
  reader.all(before, range).map((row) => noteItem(reader, row, viewer))

/** Those from a place on, oldest first. */
export const noteItemsFrom = (reader: Reader, range: Omit<Range, "fromAt">, viewer: Id): NoteItem[] =>
  reader.all(from, range).map((row) => noteItem(reader, row, viewer))

type Row = { id: Id; at: Instant; author: Id; text: string; mentioned: string; firstName: string; lastName: string }

function noteItem(reader: Reader, { id, at, author, text, mentioned, firstName, lastName }: Row, viewer: Id): NoteItem {
  const called = (JSON.parse(mentioned) as Id[]).flatMap((user) => reader.one(usernameOf, { id: user }) ?? [])
  return {
    type: "note",
    id,
    at,
    text,
    isMine: author === viewer,
    authorName: `${firstName} ${lastName}`.trim(),
    parts: partsCalling(text, called),
  }
}

function partsCalling(text: string, called: readonly { username: string }[]): NoteItem["parts"] {
  const names = new Set(called.map(({ username }) => username))
  return partsOf(text).map(({ words, username }) => ({ words, isCalled: username !== null && names.has(username) }))
}

/** The notes of a stretch that say the (folded) words. */
export const notesSaying = (reader: Reader, range: Omit<Range, "limit">, words: string): { at: Instant; id: Id }[] =>
  reader
    .all(before, { ...range, limit: MOST_SEARCHED })
    .filter(({ text }) => folded(text).includes(words))
    .map(({ at, id }) => ({ at, id }))

const MOST_SEARCHED = 2_500

/** Everybody who may see the conversation, by name: nobody is called to what they may not know of. */
export function colleaguesFor(reader: Reader, conversation: Id): Colleague[] {
  const place = conversationById(reader, conversation)
  const skillsets = Map.groupBy(reader.all(memberships), ({ user }) => user)
  return reader.all(people).flatMap(({ id, username, firstName, lastName, level, isolated }) => {
    const own = (skillsets.get(id) ?? []).map(({ skillset }) => skillset)
    const actor: UserActor = { kind: "user", id, level, isolated: isolated === 1, skillsets: own }
    return maySee(actor, place) ? [{ id, username, name: `${firstName} ${lastName}`.trim() }] : []
  })
}

/** Those of them whose name or username begins a word with what was typed after `@`. */
export function colleaguesLike(reader: Reader, conversation: Id, typed: string, except: Id): Colleague[] {
  const wanted = folded(typed)
  const fits = ({ username, name }: Colleague) =>
    folded(username).startsWith(wanted) ||
    folded(name)
      .split(/\s+/)
      .some((word) => word.startsWith(wanted))
  return colleaguesFor(reader, conversation)
    .filter((one) => one.id !== except && fits(one))
    .slice(0, MOST_OFFERED)
}

const MOST_OFFERED = 8
