/** R12: what is due, read off the states again by other means than the product's. */
import type { Database } from "bun:sqlite"
import { deadlines as channelDeadlines } from "~/channel/rules.ts"
import { days, hours, type Instant, minutes } from "~/kernel/clock.ts"
import { dueAfter, type Rhythm } from "~/report/rules/schedule.ts"
import { nightAfter } from "~/retention/rules.ts"
import { cameBack, choicesOf, held, unanswered } from "./held.ts"
import type { Channel, Conversation, Id, Snapshot } from "./snapshot.ts"

/** A customer who owes us an answer is reminded before the window ends, once. */
function reminders(conversation: Conversation, { settings }: Channel): string[] {
  const { id, state, lastInboundAt, lastOutboundAt, windowEndsAt, remindedFor } = conversation
  const before = minutes(settings.windowReminderBeforeMinutes)
  const at = (windowEndsAt ?? 0) - before
  const isSilent = lastOutboundAt !== null && lastOutboundAt >= (lastInboundAt ?? 0)
  const isHeld = state === "active" || state === "parked"
  return isHeld && isSilent && before > 0 && windowEndsAt !== null && remindedFor !== windowEndsAt
    ? [`${id} window_reminder ${at}`]
    : []
}

/** The agent is told an hour before, at the quarter before that, once. */
function warnings({ id, state, parkedAs, windowEndsAt, warnedFor }: Conversation): string[] {
  const isSomebodys = state === "active" || (state === "parked" && parkedAs === "personal")
  if (!isSomebodys || windowEndsAt === null || warnedFor === windowEndsAt) return []
  const at = windowEndsAt - hours(1)
  return [`${id} window_warning ${at - (at % minutes(15))}`]
}

const LINK_GRACE = minutes(2)

/** Reports that are sent by mail. */
const reportsDue = (database: Database): string[] =>
  (
    database
      .query("SELECT s.id, s.every, s.doneUntil, t.timezone FROM reportSchedule s JOIN tenant t ON t.id = s.tenant")
      .all() as { id: Id; every: Rhythm; doneUntil: Instant; timezone: string }[]
  ).map(({ id, timezone, ...schedule }) => `${id} report_due ${dueAfter(schedule, timezone)}`)

/** Nights in which what is kept long enough goes. */
const nightsDue = (database: Database): string[] =>
  (
    database
      .query("SELECT r.id, r.settings, r.doneUntil, t.timezone FROM retention r JOIN tenant t ON t.id = r.tenant")
      .all() as { id: Id; settings: string; doneUntil: Instant; timezone: string }[]
  ).flatMap(({ id, settings, doneUntil, timezone }) =>
    Object.values(JSON.parse(settings) as object).some((days) => days > 0)
      ? [`${id} retention_due ${nightAfter(timezone, doneUntil)}`]
      : [],
  )

/** Files of templates' headers, which wait a day for their message. */
const filesDue = (database: Database): string[] =>
  (database.query("SELECT id, uploadedAt FROM templateFile").all() as { id: Id; uploadedAt: Instant }[]).map(
    ({ id, uploadedAt }) => `${id} template_file_ends ${uploadedAt + hours(24)}`,
  )

/** Files of which a part has come. */
const uploadsDue = (database: Database): string[] =>
  (database.query("SELECT id, startedAt FROM partialUpload").all() as { id: Id; startedAt: Instant }[]).map(
    ({ id, startedAt }) => `${id} upload_ends ${startedAt + hours(24)}`,
  )
/** What is kept of files of customers that are over. */
const importsDue = (database: Database): string[] =>
  (
    database
      .query("SELECT id, endedAt FROM customerImport WHERE endedAt IS NOT NULL AND preview IS NOT NULL")
      .all() as {
      id: Id
      endedAt: Instant
    }[]
  ).map(({ id, endedAt }) => `${id} import_details_end ${endedAt + days(30)}`)

/** R12: what is due is what the states imply, no more and no less, and nothing is overdue. */
export function timers(
  database: Database,
  { agents, conversations, channels, reach }: Snapshot,
  now: Instant,
): string[] {
  const choices = choicesOf(database)
  const implied = [
    ...conversations.flatMap((conversation) => {
      const { id, state, offeredUntil, exclusive, windowEndsAt } = conversation
      if (state === "offered") return [`${id} offer_expires ${offeredUntil}`]
      if (state === "active" || state === "parked") return held(conversation, choices)
      if (state === "awaiting_reply") return unanswered(conversation, choices)
      if (state !== "queued") return []
      if (exclusive === 1) return [`${id} exclusive_ends ${windowEndsAt}`, ...cameBack(conversation, choices)]
      const joinsAt = reach.nextJoinsAt(conversation)
      return joinsAt === null ? [] : [`${id} overflow_due ${joinsAt}`]
    }),
    ...conversations.flatMap((one) => reminders(one, channels.get(one.channel)!)),
    ...conversations.flatMap(warnings),
    ...visitsOf(database).map(({ id, endsAt }) => `${id} menu_ends ${endsAt}`),
    ...callDues(database),
    ...nightsDue(database),
    ...[...agents.values()]
      .filter(({ link }) => link === "lost")
      .map(({ user, linkSince }) => `${user} link_grace_ends ${linkSince + LINK_GRACE}`),
    ...[...channels.values()].flatMap((channel) =>
      channelDeadlines(channel, channel.timezone, now).map(({ kind, at }) => `${channel.id} ${kind} ${at}`),
    ),
  ]
  implied.push(...reportsDue(database), ...filesDue(database), ...uploadsDue(database), ...importsDue(database))
  const rows = database.query("SELECT subject, kind, at FROM timer").all() as {
    subject: Id
    kind: string
    at: Instant
  }[]
  // What is due at this very moment may still be about to ring: another alarm of the same moment came first.
  const ringing = new Set(rows.filter(({ at }) => at === now).map(({ subject, kind }) => `${subject} ${kind} `))
  const isRinging = (line: string) => [...ringing].some((beginning) => line.startsWith(beginning))
  const kept = rows.map(({ subject, kind, at }) => `${subject} ${kind} ${at}`)
  const apart = [...new Set(kept).symmetricDifference(new Set(implied))].filter((line) => !isRinging(line))
  const overdue = rows.filter(({ at }) => at < now)
  return [
    ...apart.map(
      (line) => `R12: timer ${line} is ${kept.includes(line) ? "kept but not implied" : "implied but not kept"}`,
    ),
    ...overdue.map(({ subject, kind }) => `R12: timer ${kind} of ${subject} is overdue`),
  ]
}

/** A link lets in until its end unless the customer is in the call; a window that is gone has a minute to come back. */
const callDues = (database: Database): string[] => {
  const calls = database.query("SELECT id, state, linkUntil, agentGoneAt FROM call WHERE state <> 'ended'").all() as {
    id: Id
    state: string
    linkUntil: Instant
    agentGoneAt: Instant | null
  }[]
  return calls.flatMap(({ id, state, linkUntil, agentGoneAt }) => [
    ...(state === "joined" ? [] : [`${id} call_link_ends ${linkUntil}`]),
    ...(agentGoneAt === null ? [] : [`${id} call_agent_gone ${agentGoneAt + minutes(1)}`]),
  ])
}

export const visitsOf = (database: Database) =>
  database.query("SELECT id, conversation, endsAt FROM menuVisit").all() as {
    id: Id
    conversation: Id
    endsAt: Instant
  }[]
