/** Conversations as lists: an agent's own that are over, and all of the tenant for whoever supervises it. */
import { type ExpressionBuilder, sql } from "kysely"
import type { Reader } from "~/database/handles.ts"
import { idsFilter, type ListPlan, listing } from "~/database/listing.ts"
import { query } from "~/database/statement.ts"
import type { Tables } from "~/database/tables.ts"
import { days, type Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { FilterValue, ListAsk, ListPage } from "~/kernel/list.ts"
import { readablePhone } from "~/kernel/phone.ts"
import { type Said, type SaidLine, saidLines } from "~/message/queries/said.ts"
import { LATEST_DAYS } from "../rules/list.ts"
import type { ConversationState } from "../rules.ts"
import { titleOf } from "./console.ts"
import { ownHistoryFrom, period, type Whose } from "./period.ts"

export type ConversationLine = {
  id: Id
  customer: Id
  title: string
  phone: string | null
  channelName: string
  skillsetName: string | null
  agentName: string | null
  state: ConversationState
  openedAt: Instant
  closedAt: Instant | null
  reason: string | null
  /** What was said in it with the words that were looked for. */
  said: SaidLine | null
}

/** What it was closed with, the last time. */
const reason = sql<string | null>`(${query
  .selectFrom("conversationProfiling as said")
  .select("said.path")
  .whereRef("said.conversation", "=", sql.ref("c.id"))
  .orderBy("said.id", "desc")
  .limit(1)})`

const everyConversation = () => query.selectFrom("conversation as c")

/** All of them, or those in which words were said and those of whoever is called so, each looked up by its id. */
function conversations(plan: ListPlan): ReturnType<typeof everyConversation> {
  const said = plan.found("said")
  const called = plan.found("called")
  if (!said || !called) return everyConversation()
  const theirs = query
    .selectFrom(called.as("person"))
    .crossJoin("conversation as other")
    .whereRef("other.customer", "=", "person.id")
    .select("other.id")
  return query
    .selectFrom(said.union(theirs).as("found"))
    .crossJoin("conversation as c")
    .whereRef("c.id", "=", "found.id") as never
}

const lines = (plan: ListPlan) =>
  conversations(plan)
    .innerJoin("customer", "customer.id", "c.customer")
    .innerJoin("channel", "channel.id", "c.channel")
    .leftJoin("skillset", "skillset.id", "c.skillset")
    .leftJoin("user as owner", "owner.id", "c.owner")
    .select(["c.id", "c.customer", "c.state", "c.openedAt", "c.closedAt"])
    .select(["customer.name", "customer.profileName", "customer.phone", "customer.username"])
    .select(["channel.name as channelName", "skillset.name as skillsetName", "owner.firstName", "owner.lastName"])
    .select(reason.as("reason"))

type Raw = Omit<ConversationLine, "title" | "agentName" | "said"> & {
  name: string | null
  profileName: string | null
  username: string | null
  firstName: string | null
  lastName: string | null
}

function lineOf({ name, profileName, username, firstName, lastName, ...row }: Raw): ConversationLine {
  return {
    ...row,
    title: titleOf({ name, profileName, username, phone: row.phone }),
    phone: row.phone === null ? null : readablePhone(row.phone),
    agentName: firstName === null ? null : `${firstName} ${lastName ?? ""}`.trim(),
    said: null,
  }
}

type Rows = ExpressionBuilder<Tables & { c: Tables["conversation"] }, "c" | "customer">

/** What both lists may be asked for. */
const asked = (row: Rows, plan: ListPlan) => [
  ...calledOrSaid(row, plan),
  ...plan.filter("channel", (values) => row("c.channel", "in", values)),
  ...plan.filter("skillset", (values) => row("c.skillset", "in", values)),
  ...plan.filter("agent", (values) => row("c.owner", "in", values)),
  ...plan.filter("customer", (values) => row("c.customer", "in", values)),
  ...plan.filter("state", (values) => row("c.state", "in", values)),
  ...plan.filter("reason", (values) => closedWith(row, values)),
]

/** The words are the customer's name or number, or were said. */
function calledOrSaid(row: Rows, plan: ListPlan) {
  if (plan.found("called")) return []
  const said = plan.among("said", sql.ref<number>("c.id"))
  const called = plan.plainWords(sql.ref<string>("customer.searched"))
  return said === null ? called : [row.or([row.and(called), said])]
}

/** With the reason itself, or with one of those under it. */
const closedWith = (row: Rows, values: never[]) =>
  row.exists(
    row
      .selectFrom("conversationProfiling as cp")
      .innerJoin("profilingReason as r", "r.id", "cp.reason")
      .leftJoin("profilingReason as above", "above.id", "r.parent")
      .select("cp.id")
      .whereRef("cp.conversation", "=", "c.id")
      .where((said) =>
        said.or([said("r.id", "in", values), said("r.parent", "in", values), said("above.parent", "in", values)]),
      ),
  )

const FOUND_BY = ["said", "called"]

const tenants = listing<Raw, ConversationLine>({
  rows: (plan) =>
    lines(plan).where((is) => {
      const row = is as unknown as Rows
      return row.and([
        ...asked(row, plan),
        ...plan.filter("unfinished", () => row.and([row("c.state", "<>", "closed"), row("c.state", "<>", "menu")])),
        ...plan.filter("since", ([since]) => row("c.openedAt", ">=", since!)),
        ...plan.filter("unmanaged", () => row.and([row("c.owner", "is", null), row("c.skillset", "is", null)])),
        ...plan.filter("from", ([from]) => row.or([row("c.closedAt", "is", null), row("c.closedAt", ">=", from!)])),
        ...plan.filter("until", ([until]) => row("c.openedAt", "<", until!)),
      ])
    }),
  line: lineOf,
  id: "c.id",
  order: { openedAt: sql.ref<number>("c.openedAt") },
  foundBy: FOUND_BY,
})

const own = listing<Raw, ConversationLine>({
  rows: (plan) =>
    lines(plan)
      .where("c.state", "=", "closed")
      .where("c.owner", "=", plan.value("owner"))
      .where((is) => {
        const row = is as unknown as Rows
        return row.and([
          ...asked(row, plan),
          ...plan.filter("from", ([from]) => row("c.closedAt", ">=", from!)),
          ...plan.filter("until", ([until]) => row("c.closedAt", "<", until!)),
        ])
      }),
  line: lineOf,
  id: "c.id",
  order: { closedAt: sql.ref<number>("c.closedAt") },
  foundBy: FOUND_BY,
})

type Filters = Record<string, readonly FilterValue[]>

/** The tenant's: `view` decides which of them, «active» unless somebody asked for others. */
function tenantAsk(reader: Reader, zone: string, ask: ListAsk): ListAsk {
  const { view: [view = "active"] = [], from: _, until: __, ...rest } = ask.filters
  const filters: Filters = Object.fromEntries(Object.entries(rest).map(([name, values]) => [name, values ?? []]))
  const { from, until } = period(zone, ask.filters)
  if (from !== null) filters.from = [from]
  if (until !== null) filters.until = [until]
  if (view === "active") filters.unfinished = [1]
  if (view === "latest") filters.since = [reader.now - days(LATEST_DAYS)]
  if (view === "unmanaged") filters.unmanaged = [1]
  return { ...ask, filters }
}

/** Closed by their agent in the last four weeks, by the days of the tenant's calendar. */
function ownAsk(reader: Reader, whose: { user: Id; zone: string }, ask: ListAsk): ListAsk {
  const { from: _, until: __, ...rest } = ask.filters
  const filters: Filters = Object.fromEntries(Object.entries(rest).map(([name, values]) => [name, values ?? []]))
  const { from, until } = period(whose.zone, ask.filters)
  filters.owner = [whose.user]
  filters.from = [Math.max(from ?? 0, ownHistoryFrom(reader, whose.zone))]
  if (until !== null) filters.until = [until]
  return { ...ask, filters }
}

/** What was found by words is among what is asked for. */
function withSaid(ask: ListAsk, said: Said | null): ListAsk {
  if (said === null) return ask
  const filters = { ...ask.filters, said: idsFilter(said.hits.map(({ conversation }) => conversation)) }
  if (said.called === null) return { ...ask, filters }
  return { ...ask, filters: { ...filters, called: idsFilter(said.called) }, words: "" }
}

/** Each line with what was said in it. */
function shown(reader: Reader, said: Said | null, page: ListPage<ConversationLine>): ListPage<ConversationLine> {
  if (said === null) return page
  const shownHere = new Set(page.rows.map(({ id }) => id))
  const hits = said.hits.filter(({ conversation }) => shownHere.has(conversation))
  const lines = saidLines(reader, said, hits)
  const rows = page.rows.map((row) => ({ ...row, said: lines.get(row.id) ?? null }))
  return { ...page, rows }
}

type Asking = { zone: string; said: Said | null }
export const tenantConversations = {
  page: (reader: Reader, { zone, said }: Asking, ask: ListAsk) =>
    shown(reader, said, tenants.page(reader, withSaid(tenantAsk(reader, zone, ask), said))),
  portions: (reader: Reader, { zone, said }: Asking, ask: ListAsk) =>
    tenants.portions(reader, withSaid(tenantAsk(reader, zone, ask), said)),
}

export const ownConversations = {
  page: (reader: Reader, { said, ...whose }: Whose & Asking, ask: ListAsk) =>
    shown(reader, said, own.page(reader, withSaid(ownAsk(reader, whose, ask), said))),
  portions: (reader: Reader, { said, ...whose }: Whose & Asking, ask: ListAsk) =>
    own.portions(reader, withSaid(ownAsk(reader, whose, ask), said)),
}
