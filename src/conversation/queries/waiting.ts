/** Every conversation that waits: for an agent, for the customer, or left open by an agent who is gone (S39). */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import { type Id, parseId } from "~/kernel/id.ts"
import { mayServe, supervises } from "../rules/policy.ts"
import { type LastLine, lastLine, titleOf } from "./console.ts"
import {
  countAfter,
  countAll,
  cursorAt,
  WAITING_GROUPS,
  type WaitingCursor,
  type WaitingFilter,
  type WaitingGroup,
  type WaitingRow,
  waitingRows,
  writeWaitingCursor,
} from "./waiting-pages.ts"
import { noteOf, type WaitingNote, type WaitingWhy, whyWaiting } from "./waiting-why.ts"

export type WaitingStatus = "queued" | "offered" | "parked_public" | "parked_personal" | "left_open"
export type WaitingConversation = {
  id: Id
  title: string
  lastLine: LastLine | null
  channelName: string
  skillsetName: string | null
  priority: number
  status: WaitingStatus
  /** Who has it, or whom it waits for and nobody else. */
  userName: string | null
  since: Instant
  /** When nobody may write freely to the customer any more. */
  windowEndsAt: Instant | null
  why: WaitingWhy
  note: WaitingNote | null
  /** Whether the viewer may help themselves to it. */
  mayTake: boolean
  /** Whether it is in their own wait queue. */
  isOwn: boolean
}

/** As many as people look at; the rest is a page away. */
const PAGE = 50

/** A page of a group of `count`; `next` when there is more, with how many. */
export type WaitingPage = { rows: WaitingConversation[]; count: number; next: { from: string; count: number } | null }
export type WaitingGroups = Record<WaitingGroup, WaitingPage>

export const NO_FILTER: WaitingFilter = { group: null, skillset: null, channel: null, agent: null }

/** What a page's address asks for; what it cannot mean is left out. */
export const readWaitingFilter = (asked: URLSearchParams): WaitingFilter => ({
  group: WAITING_GROUPS.find((one) => one === asked.get("show")) ?? null,
  skillset: parseId(asked.get("skillset") ?? ""),
  channel: parseId(asked.get("channel") ?? ""),
  agent: parseId(asked.get("agent") ?? ""),
})

/** What the viewer may see of it, an isolated agent their own skillsets only: every group's first page, or one page. */
export function waitingConversations(
  reader: Reader,
  actor: UserActor,
  filter: WaitingFilter = NO_FILTER,
  from: WaitingCursor | null = null,
): WaitingGroups {
  const eyes = { viewer: { user: actor.id, seesAll: supervises(actor) || !actor.isolated }, filter }
  const whyOf = whyWaiting(reader)
  const page = (group: WaitingGroup): WaitingPage => {
    const count = countAll(reader, eyes, group)
    const isShown = (filter.group ?? group) === group && (from?.group ?? group) === group
    if (!isShown) return { rows: [], count, next: null }
    const found = waitingRows(reader, eyes, group, { from, limit: PAGE + 1 })
    const last = found.length > PAGE ? found[PAGE - 1] : undefined
    const next = last && cursorAt(group, last)
    return {
      count,
      rows: found.slice(0, PAGE).map((row) => waitingOf(reader, row, actor, whyOf(row))),
      next: next ? { from: writeWaitingCursor(next), count: countAfter(reader, eyes, next) } : null,
    }
  }
  return { forAgent: page("forAgent"), forCustomer: page("forCustomer"), leftOpen: page("leftOpen") }
}

function waitingOf(reader: Reader, row: WaitingRow, actor: UserActor, why: WaitingWhy): WaitingConversation {
  const { id, channelName, skillsetName, stateSince, waitingSince, awaySince, priority, windowEndsAt } = row
  const status = statusOf(row)
  const reserved = row.exclusive === 1 && row.targetUser !== null && row.targetUser !== actor.id
  const personal = status === "parked_personal" && row.owner !== actor.id
  const waits = status === "queued" || status === "offered"
  return {
    id,
    title: titleOf(row),
    channelName,
    skillsetName,
    priority,
    status,
    why,
    windowEndsAt,
    lastLine: lastLine(reader, id),
    note: noteOf(reader, row),
    userName: fullName(row.ownerFirst, row.ownerLast) ?? fullName(row.targetFirst, row.targetLast),
    since: waits ? (waitingSince ?? stateSince) : ((status === "left_open" ? awaySince : null) ?? stateSince),
    mayTake: status !== "offered" && !reserved && !personal && row.owner !== actor.id && mayServe(actor, row),
    isOwn: status === "parked_personal" && row.owner === actor.id,
  }
}

function statusOf({ state, parkedAs }: WaitingRow): WaitingStatus {
  if (state === "parked") return parkedAs === "personal" ? "parked_personal" : "parked_public"
  return state === "offered" || state === "queued" ? state : "left_open"
}

const fullName = (first: string | null, last: string | null): string | null =>
  first === null ? null : `${first} ${last ?? ""}`.trim()

const queuedBySkillset = statement(() =>
  query
    .selectFrom("conversation")
    .select(({ fn }) => ["skillset", fn.countAll<number>().as("count")])
    .where("state", "=", "queued")
    .groupBy("skillset"),
)

/** How many wait for an agent, of those the viewer may see. */
export const waitingCount = (reader: Reader, actor: UserActor): number =>
  reader
    .all(queuedBySkillset)
    .filter(({ skillset }) => !actor.isolated || supervises(actor) || mayServe(actor, { skillset }))
    .reduce((sum, { count }) => sum + count, 0)
