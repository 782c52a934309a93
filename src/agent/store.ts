import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { AgentRow } from "~/database/tables.ts"
import { saveDeadlines } from "~/database/timers.ts"
import type { Id } from "~/kernel/id.ts"
import { type Agent, deadlines, newAgent } from "./rules.ts"

const COLUMNS = [
  "status",
  "statusSince",
  "statusBy",
  "statusReason",
  "missedOffers",
  "link",
  "linkSince",
  "load",
  "maximum",
  "idleSince",
  "lastTurn",
] as const
const byUser = statement((p: { user: Id }) => query.selectFrom("agent").selectAll().where("user", "=", p.user))
const linkedOnes = statement(() => query.selectFrom("agent").selectAll().where("link", "=", "live"))
const insert = inserting("agent", ["user", ...COLUMNS])
const update = statement((p: AgentRow) => query.updateTable("agent").set(slotRow(COLUMNS)).where("user", "=", p.user))

/** The agent side of a user; one who never signed in has none yet. */
export const findAgent = (reader: Reader, user: Id): Agent | null => reader.one(byUser, { user })

/** `limit`: the user's own, asked for when the agent side does not exist yet. */
export function loadAgent(tx: Tx, user: Id, limit: () => number): Agent {
  const agent = findAgent(tx, user)
  if (agent) return agent
  const fresh = newAgent(user, limit(), tx.now)
  tx.run(insert, fresh)
  return fresh
}

export const liveAgents = (reader: Reader): Agent[] => reader.all(linkedOnes)

export function saveAgent(tx: Tx, before: Agent, next: Agent): void {
  tx.run(update, next)
  saveDeadlines(tx, next.user, deadlines(before), deadlines(next))
}
