/** The order of each group of waiting conversations, a page of it at a time. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import { type Id, parseId } from "~/kernel/id.ts"

export const WAITING_GROUPS = ["forAgent", "forCustomer", "leftOpen"] as const
export type WaitingGroup = (typeof WAITING_GROUPS)[number]

/** Where a page starts: after this place in the order of its group; `at` is a rank or the time since when. */
export type WaitingCursor = { group: WaitingGroup; at: number; id: Id }
/** Whose eyes: everything there is, or what they have and what is of their skillsets. */
export type Viewer = { user: Id; seesAll: boolean }
/** What the page's address narrows it to; null: all. `agent`: who has it, or whom it waits for. */
export type WaitingFilter = { group: WaitingGroup | null; skillset: Id | null; channel: Id | null; agent: Id | null }
type Eyes = { viewer: Viewer; filter: WaitingFilter }

/** At most `limit` rows of a group in its order, after `from` if that is given. */
export function waitingRows(reader: Reader, eyes: Eyes, group: WaitingGroup, page: WaitingPageAsked): WaitingRow[] {
  const { first, following } = STATEMENTS[group]
  const { from, limit } = page
  const rows = from
    ? reader.all(following, { ...whose(eyes), ...placeOf(from), limit })
    : reader.all(first, { ...whose(eyes), limit })
  return rows.sort((a, b) => inOrder(cursorAt(group, a), cursorAt(group, b)))
}
export type WaitingPageAsked = { from: WaitingCursor | null; limit: number }

/** How many follow in the group after `from`. */
export const countAfter = (reader: Reader, eyes: Eyes, from: WaitingCursor): number =>
  reader.one(STATEMENTS[from.group].count, { ...whose(eyes), ...placeOf(from) })?.count ?? 0

/** How many there are in the group. */
export const countAll = (reader: Reader, eyes: Eyes, group: WaitingGroup): number =>
  reader.one(STATEMENTS[group].all, whose(eyes))?.count ?? 0

/** The queue goes by rank (conversation/rules.ts), the other groups by time. */
export const cursorAt = (group: WaitingGroup, { id, rank, stateSince }: WaitingRow): WaitingCursor => ({
  group,
  id,
  at: group === "forAgent" ? (rank ?? stateSince) : stateSince,
})

const inOrder = (a: WaitingCursor, b: WaitingCursor): number => a.at - b.at || a.id - b.id

/** As it stands in an address: `forAgent.1763797020000.4711`. */
export const writeWaitingCursor = ({ group, at, id }: WaitingCursor): string => [group, at, id].join(".")

/** Null for what is no cursor. */
export function readWaitingCursor(text: string): WaitingCursor | null {
  const [, name, at, last = ""] = /^(\w{1,20})\.(-?\d{1,15})\.(\d{1,16})$/.exec(text) ?? []
  const group = WAITING_GROUPS.find((one) => one === name)
  const id = parseId(last)
  return group && id ? { group, at: Number(at), id } : null
}

const whose = ({ viewer: { user, seesAll }, filter: { skillset, channel, agent } }: Eyes): Whose => ({
  user,
  seesAll: seesAll ? 1 : 0,
  skillset: skillset ?? ANY,
  channel: channel ?? ANY,
  agent: agent ?? ANY,
})
/** No id is zero. */
const ANY = 0
const placeOf = ({ at, id }: WaitingCursor): Place => ({ at, id })

type Whose = { user: Id; seesAll: number; skillset: Id; channel: Id; agent: Id }
type Place = { at: number; id: Id }
type Limit = { limit: number }

const visible = (p: Whose) =>
  query
    .selectFrom("conversation as c")
    .where("c.state", "<>", "closed")
    .where((row) =>
      row.or([
        row(row.val(p.seesAll), "=", row.lit(1)),
        row("c.owner", "=", p.user),
        row.exists(
          row
            .selectFrom("skillsetMember as member")
            .select("member.skillset")
            .where("member.user", "=", p.user)
            .whereRef("member.skillset", "=", "c.skillset"),
        ),
      ]),
    )
    .where((row) => row.or([row(row.val(p.skillset), "=", row.lit(ANY)), row("c.skillset", "=", p.skillset)]))
    .where((row) => row.or([row(row.val(p.channel), "=", row.lit(ANY)), row("c.channel", "=", p.channel)]))
    .where((row) =>
      row.or([
        row(row.val(p.agent), "=", row.lit(ANY)),
        row("c.owner", "=", p.agent),
        row("c.targetUser", "=", p.agent),
      ]),
    )
type Visible = ReturnType<typeof visible>

const forAgent = (p: Whose) => visible(p).where("c.state", "in", ["queued", "offered"])
const forCustomer = (p: Whose) => visible(p).where("c.state", "=", "parked")
const leftOpen = (p: Whose) =>
  visible(p)
    .where("c.state", "=", "active")
    .where((row) =>
      row.exists(
        row
          .selectFrom("agent")
          .select("agent.user")
          .where("agent.link", "=", "gone")
          .whereRef("agent.user", "=", "c.owner"),
      ),
    )

type Column = "c.rank" | "c.stateSince"
const sortedBy = (column: Column) => (some: Visible) => some.orderBy(column).orderBy("c.id")
const after = (column: Column) => (some: Visible, p: Place) =>
  some.where((row) => row.or([row(column, ">", p.at), row.and([row(column, "=", p.at), row("c.id", ">", p.id)])]))
const order = (column: Column): Order => ({ sorted: sortedBy(column), after: after(column) })

/** A page is chosen on the conversations alone, so that thousands that are not on it are not joined with anything. */
const rowsOf = (page: Visible) =>
  query
    .selectFrom("conversation as c")
    .innerJoin("customer", "customer.id", "c.customer")
    .innerJoin("channel", "channel.id", "c.channel")
    .leftJoin("skillset", "skillset.id", "c.skillset")
    .leftJoin("user as owner", "owner.id", "c.owner")
    .leftJoin("user as target", "target.id", "c.targetUser")
    .select(["c.id", "c.state", "c.skillset", "c.owner", "c.targetUser", "c.exclusive", "c.parkedAs", "c.rank"])
    .select(["c.waitingSince", "c.stateSince", "c.awaySince", "c.offeredUntil", "c.windowEndsAt", "c.priority"])
    .select(["c.lastInboundAt", "c.lastOutboundAt", "c.channel", "c.unreadCount"])
    .select(["channel.name as channelName", "skillset.name as skillsetName"])
    .select(["customer.name", "customer.profileName", "customer.phone", "customer.username"])
    .select(["owner.firstName as ownerFirst", "owner.lastName as ownerLast"])
    .select(["target.firstName as targetFirst", "target.lastName as targetLast"])
    .where("c.id", "in", page.select("c.id"))

export type WaitingRow = NonNullable<ReturnType<NonNullable<(typeof STATEMENTS)["forAgent"]["first"]["types"]>>>

type Order = { sorted: (some: Visible) => Visible; after: (some: Visible, p: Place) => Visible }

const statementsOf = (group: (p: Whose) => Visible, { sorted, after }: Order) => ({
  first: statement((p: Whose & Limit) => rowsOf(sorted(group(p)).limit(p.limit))),
  following: statement((p: Whose & Place & Limit) => rowsOf(sorted(after(group(p), p)).limit(p.limit))),
  all: statement((p: Whose) => group(p).select(({ fn }) => fn.countAll<number>().as("count"))),
  count: statement((p: Whose & Place) => after(group(p), p).select(({ fn }) => fn.countAll<number>().as("count"))),
})

const STATEMENTS = {
  forAgent: statementsOf(forAgent, order("c.rank")),
  forCustomer: statementsOf(forCustomer, order("c.stateSince")),
  leftOpen: statementsOf(leftOpen, order("c.stateSince")),
}
