/** What somebody leaves behind who signs out. */
import { titleOf } from "~/conversation/queries/console.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

export type LeftBehind = {
  id: Id
  title: string
  channelName: string
  /** Waits for nobody else: it was opened, it is to be opened, or it waits for the customer in the own wait queue. */
  state: "active" | "offered" | "parked"
  since: Instant
}

const owned = statement((p: { owner: Id }) =>
  query
    .selectFrom("conversation as c")
    .innerJoin("customer", "customer.id", "c.customer")
    .innerJoin("channel", "channel.id", "c.channel")
    .select(["c.id", "c.state", "c.stateSince", "channel.name as channelName"])
    .select(["customer.name", "customer.profileName", "customer.phone", "customer.username"])
    .where("c.owner", "=", p.owner)
    .where("c.state", "<>", "closed")
    .where("c.state", "in", STATES)
    .orderBy("c.stateSince")
    .orderBy("c.id"),
)
const STATES = ["active", "offered", "parked"] as const

/** Active ones first, then what is to be opened, then what is parked. */
export function leftBehind(reader: Reader, owner: Id): LeftBehind[] {
  const rows = reader.all(owned, { owner })
  return STATES.flatMap((state) =>
    rows
      .filter((row) => row.state === state)
      .map((row) => ({ id: row.id, title: titleOf(row), channelName: row.channelName, state, since: row.stateSince })),
  )
}
