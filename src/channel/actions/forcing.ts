/** A supervisor's word over a number's hours: open or closed until a time, whatever they say. */
import type { Tx } from "~/database/handles.ts"
import { saveDeadlines } from "~/database/timers.ts"
import { nextTime } from "~/hours/rules.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { channelSubject } from "../actions.ts"
import { type Channel, deadlines, type Forced } from "../rules.ts"
import { saveForced } from "../store/forcing.ts"
import { loadChannel } from "../store.ts"

/** `untilMinute`: of the day, on the tenant's clocks; the next time they show it. Refuses `actor.not_a_user`. */
export function forceHours(tx: Tx, id: Id, state: Forced["state"], untilMinute: number): void {
  demand(tx.actor.kind === "user", "actor.not_a_user")
  const until = nextTime(tenantProfile(tx).timezone, untilMinute, tx.now)
  force(tx, found(loadChannel(tx, id)), { state, since: tx.now, until, setBy: tx.actor.id })
}

/** Back to the hours, before what was forced ends by itself. */
export function followHours(tx: Tx, id: Id): void {
  const channel = found(loadChannel(tx, id))
  if (channel.forced) force(tx, channel, null)
}

function force(tx: Tx, before: Channel, forced: Forced | null): void {
  const { id } = before
  const { timezone } = tenantProfile(tx)
  saveForced(tx, id, forced)
  saveDeadlines(tx, id, deadlines(before, timezone, tx.now), deadlines({ ...before, forced }, timezone, tx.now))
  tx.raise({ type: "channel.hours_changed", channel: id })
  const said = (of: Forced | null) => of && `${of.state} until ${new Date(of.until).toISOString()}`
  const changes = { forced: { before: said(before.forced), after: said(forced) } }
  const act = forced ? "channel.hours_forced" : "channel.hours_followed"
  tx.raise({ type: "audit.due", act, subject: channelSubject(before), changes })
  tx.ring("status", { everyone: true })
}
