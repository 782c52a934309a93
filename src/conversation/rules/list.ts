/** The lists of conversations: one's own that are over (S40), and the tenant's (A9). */
import { anyId, type FilterReader, type ListShape, oneOfWords } from "~/kernel/list.ts"

export const VIEWS = ["active", "latest", "unmanaged", "all"] as const
export type ConversationView = (typeof VIEWS)[number]

export const STATES = ["menu", "queued", "offered", "active", "parked", "awaiting_reply", "closed"] as const

/** A day of the calendar. */
const day: FilterReader = (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null)

export const CONVERSATION_LIST = {
  name: "conversations",
  columns: {
    openedAt: { sorts: true },
    customer: {},
    phone: {},
    channel: {},
    skillset: {},
    agent: {},
    state: {},
    reason: {},
    closedAt: { isExtra: true },
  },
  filters: {
    view: oneOfWords(VIEWS),
    state: oneOfWords(STATES),
    channel: anyId,
    skillset: anyId,
    agent: anyId,
    reason: anyId,
    customer: anyId,
    from: day,
    until: day,
  },
  sort: { by: "openedAt", descending: true },
} as const satisfies ListShape

export const OWN_HISTORY = {
  name: "history",
  columns: {
    closedAt: { sorts: true },
    customer: {},
    phone: {},
    channel: {},
    skillset: {},
    reason: {},
    openedAt: { isExtra: true },
  },
  filters: { channel: anyId, reason: anyId, from: day, until: day },
  sort: { by: "closedAt", descending: true },
} as const satisfies ListShape

/** Agents look back as far as this (decided ambiguity 8); what is older is for supervisors. */
export const OWN_HISTORY_DAYS = 28
/** What «latest» goes back. */
export const LATEST_DAYS = 7
