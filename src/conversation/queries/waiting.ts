/** Every conversation that waits: for an agent, for the customer, or left open by an agent who is gone (S39). */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { mayServe, supervises } from "../rules/policy.ts"
import { type LastLine, lastLine, titleOf } from "./console.ts"
import {
  countAfter,
  cursorAt,
  type WaitingCursor,
  type WaitingGroup,
  type WaitingRow,
  waitingRows,
  writeWaitingCursor,
} from "./waiting-pages.ts"

export type WaitingStatus = "queued" | "offered" | "parked_public" | "parked_personal" | "left_open"
export type WaitingConversation = {
  id: Id
  title: string
  lastLine: LastLine | null
  channelName: string
  skillsetName: string | null
  status: WaitingStatus
  /** Who has it, or whom it waits for and nobody else. */
  userName: string | null
  since: Instant
  /** Whether the viewer may help themselves to it. */
  mayTake: boolean
}

/** As many as people look at; the rest is a page away. */
const PAGE = 100

/** A page of a group; `next` when there is more, with how many. */
export type WaitingPage = { rows: WaitingConversation[]; next: { from: string; count: number } | null }
export type WaitingGroups = Record<WaitingGroup, WaitingPage>

/** What the viewer may see of it, an isolated agent their own skillsets only: every group's first page, or one page. */
export function waitingConversations(
  reader: Reader,
  actor: UserActor,
  from: WaitingCursor | null = null,
): WaitingGroups {
  const viewer = { user: actor.id, seesAll: supervises(actor) || !actor.isolated }
  const page = (group: WaitingGroup): WaitingPage => {
    if (from && from.group !== group) return { rows: [], next: null }
    const found = waitingRows(reader, viewer, group, { from, limit: PAGE + 1 })
    const last = found.length > PAGE ? found[PAGE - 1] : undefined
    const next = last && cursorAt(group, last)
    return {
      rows: found.slice(0, PAGE).map((row) => waitingOf(reader, row, actor)),
      next: next ? { from: writeWaitingCursor(next), count: countAfter(reader, viewer, next) } : null,
    }
  }
  return { forAgent: page("forAgent"), forCustomer: page("forCustomer"), leftOpen: page("leftOpen") }
}

function waitingOf(reader: Reader, row: WaitingRow, actor: UserActor): WaitingConversation {
  const { id, channelName, skillsetName, stateSince, waitingSince } = row
  const status = statusOf(row)
  const reserved = row.exclusive === 1 && row.targetUser !== null && row.targetUser !== actor.id
  const personal = status === "parked_personal" && row.owner !== actor.id
  return {
    ...{ id, title: titleOf(row), channelName, skillsetName, status },
    lastLine: lastLine(reader, id),
    userName: fullName(row.ownerFirst, row.ownerLast) ?? fullName(row.targetFirst, row.targetLast),
    since: status === "queued" || status === "offered" ? (waitingSince ?? stateSince) : stateSince,
    mayTake: status !== "offered" && !reserved && !personal && row.owner !== actor.id && mayServe(actor, row),
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
