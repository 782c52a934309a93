/** What a long run amounts to, read from what it left. */
import type { Milliseconds } from "~/kernel/clock.ts"
import { reading } from "../support/records.ts"
import type { World } from "../support/world.ts"
import type { WorkdayOptions } from "./course.ts"

export type Figures = {
  agentDays: number
  conversations: number
  messages: number
  /** Requests of browsers and webhooks of WhatsApp. */
  commands: number
  events: number
  decisions: number
  checks: number
  /** How long somebody waited for an agent, every wait that ended with one, the shortest first. */
  waits: Milliseconds[]
}

export function figuresOf(world: World, { agents, days }: WorkdayOptions): Figures {
  return reading(world.database.path, (database) => {
    const count = (sql: string) => (database.query(sql).get() as { count: number }).count
    return {
      agentDays: agents * days,
      conversations: count("SELECT count(*) AS count FROM conversation"),
      messages: count("SELECT count(*) AS count FROM message"),
      commands: world.answered(),
      events: count("SELECT count(*) AS count FROM event"),
      decisions: count(
        "SELECT count(*) AS count FROM event WHERE kind = 'conversation.offered' AND data ->> 'reason' IS NOT NULL",
      ),
      checks: world.checks(),
      waits: waitsOf(database.query(WAITS).all() as Step[]),
    }
  })
}

type Step = { conversation: number; kind: string; at: number; why: string | null }
const WAITS = `SELECT conversation, kind, at, data ->> 'why' AS why FROM event
  WHERE kind IN ('conversation.queued', 'conversation.activated', 'conversation.closed', 'conversation.parked')
  ORDER BY conversation, id`

/** From the first time in the queue until somebody has it in hand, offers that expired on the way included. */
function waitsOf(steps: readonly Step[]): Milliseconds[] {
  const since = new Map<number, number>()
  const waits: Milliseconds[] = []
  for (const { conversation, kind, at } of steps) {
    const began = since.get(conversation)
    if (kind === "conversation.queued") {
      if (began === undefined) since.set(conversation, at)
      continue
    }
    if (kind === "conversation.activated" && began !== undefined) waits.push(at - began)
    since.delete(conversation)
  }
  return waits.sort((a, b) => a - b)
}

export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
