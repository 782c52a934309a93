/** What new conversations and supervisors need to know of menus. */
import { channelSettings, openChannels } from "~/channel/queries.ts"
import { titleOf } from "~/conversation/queries/console.ts"
import type { Reader } from "~/database/handles.ts"
import { query, remembered, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Menu, skillsetsIn } from "./rules.ts"
import { loadMenu } from "./store.ts"

const menuOf = remembered(
  statement((p: { channel: Id }) =>
    query
      .selectFrom("menu")
      .innerJoin("channel", "channel.id", "menu.channel")
      .select("channel.enabled")
      .where("menu.channel", "=", p.channel),
  ),
)

/** Whether the number's menu asks before anybody is given a new conversation; one that is switched off says nothing. */
export const menuAnswers = (reader: Reader, channel: Id): boolean =>
  reader.one(menuOf, { channel })?.enabled === 1 &&
  (channelSettings(reader, channel).menuWhenClosed || openChannels(reader).has(channel))

/** The menu of a number; null: it has none. */
export const menuOfChannel = (reader: Reader, channel: Id): Menu | null => loadMenu(reader, channel)?.menu ?? null

const skillsets = statement(() =>
  query.selectFrom("skillset").select(["id", "name"]).where("deletedAt", "is", null).orderBy("name"),
)

/** Whom a conversation may be assigned to. */
export const everySkillset = (reader: Reader) => reader.all(skillsets)

/** A conversation that nobody has: its customer is in the menu, or is kept back because nobody knows them (A9). */
export type UnmanagedConversation = {
  id: Id
  title: string
  channelName: string
  isKeptBack: boolean
  since: Instant
  /** The choices made so far, the first one first. */
  path: readonly string[]
  lastAnswer: { kind: string; text: string } | null
}

/** More than a page of people can look at. */
const MOST = 200

const inMenu = statement((p: { limit: number }) =>
  query
    .selectFrom("conversation as c")
    .innerJoin("customer", "customer.id", "c.customer")
    .innerJoin("channel", "channel.id", "c.channel")
    .leftJoin("menuVisit as visit", "visit.conversation", "c.id")
    .select(["c.id", "c.openedAt", "c.skillset", "channel.name as channelName", "visit.titles"])
    .select(["customer.name", "customer.profileName", "customer.phone", "customer.username"])
    .where("c.state", "<>", "closed")
    .where("c.state", "=", "menu")
    .orderBy("c.openedAt")
    .orderBy("c.id")
    .limit(p.limit),
)
const lastInbound = statement((p: { conversation: Id }) =>
  query
    .selectFrom("message")
    .select(["kind", "text"])
    .where("conversation", "=", p.conversation)
    .where("direction", "=", "in")
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(1),
)

/** Everybody whom nobody has been given, who came first on top. */
export const unmanagedConversations = (reader: Reader): UnmanagedConversation[] =>
  reader.all(inMenu, { limit: MOST }).map((row) => {
    const { id, channelName, openedAt, titles } = row
    return {
      id,
      title: titleOf(row),
      channelName,
      since: openedAt,
      isKeptBack: row.skillset !== null,
      path: titles === null ? [] : (JSON.parse(titles) as string[]),
      lastAnswer: reader.one(lastInbound, { conversation: id }),
    }
  })

/** Every skillset that a number's menu leads to. */
export function menuSkillsets(reader: Reader, channel: Id): Id[] {
  const kept = loadMenu(reader, channel)
  return kept ? skillsetsIn(kept.menu) : []
}
