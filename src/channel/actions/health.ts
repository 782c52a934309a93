/** What is known of a number's health: when Meta was heard for it, and what it answered when it was asked. */
import type { Tx } from "~/database/handles.ts"
import { type Milliseconds, minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { type Findings, isRight } from "../rules/findings.ts"
import { heardAt, saveCheck, saveHeard, saveVerified, verifiedAtOf } from "../store/health.ts"
import { loadChannel } from "../store.ts"
import { releaseChannel } from "./holding.ts"

/** Finer than that nobody needs to know it, and every webhook passes here. */
const NOTED_EVERY: Milliseconds = minutes(1)

/** A signed webhook of this number has come. */
export function noteHeard(tx: Tx, channel: Id): void {
  const before = heardAt(tx, channel, tx.now)
  if (before !== null && tx.now - before < NOTED_EVERY) return
  saveHeard(tx, channel)
  tx.ring("channel-health", { supervisors: true })
}

/** Meta has made sure that the address is ours; it asks again as often as it likes. */
export function noteVerified(tx: Tx, channel: Id): void {
  const before = verifiedAtOf(tx, channel)
  if (before !== null && tx.now - before < NOTED_EVERY) return
  saveVerified(tx, channel)
  tx.ring("channel-health", { supervisors: true })
}

/** Meta was asked. When it accepts the token again, the number sends again. */
export function keepFindings(tx: Tx, channel: Id, findings: Findings): void {
  found(loadChannel(tx, channel))
  saveCheck(tx, channel, findings)
  if (isRight(findings)) releaseChannel(tx, channel)
  tx.ring("channel-health", { supervisors: true })
}
