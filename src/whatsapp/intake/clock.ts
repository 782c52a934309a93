import { SYSTEM } from "~/facts.ts"
import { days, type Instant } from "~/kernel/clock.ts"
import { describeError } from "~/kernel/log.ts"
import type { IntakeOptions } from "../intake.ts"
import type { WireItem } from "../payload.ts"

/** Looks at the times of what came in; when our clock is wrong, the log says so and admins are told, once a day. */
export function clockTeller({ database, directory, log, clockWatch }: IntakeOptions) {
  let toldAt: Instant = 0
  return (items: readonly WireItem[], appSecret: string): void => {
    if (!clockWatch) return
    const { now } = database.appliance.read
    for (const item of items) {
      if (item.kind === "message" && !item.historic) clockWatch.note(item.sentAt, now)
      if (item.kind === "status") clockWatch.note(item.at, now)
    }
    const difference = clockWatch.difference(now)
    if (difference === null || now < toldAt + days(1)) return
    toldAt = now
    const seconds = Math.round(difference / 1_000)
    log.error("our clock is not WhatsApp's", { seconds })
    const notice = { kind: difference > 0 ? "clock_ahead" : "clock_behind", count: Math.abs(seconds) } as const
    for (const tenant of directory.tenantsOf(appSecret))
      database
        .tenant(tenant)
        .act(SYSTEM, (tx) => tx.raise({ type: "notice.due", to: { administrators: true }, notice }))
        .catch((error) => log.error("admins not told of the clock", describeError(error)))
  }
}
