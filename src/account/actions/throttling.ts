/** Attempts are counted before they are judged, so that those made at once cannot slip through together. */
import type { ApplianceTx } from "~/database/handles.ts"
import { Refused, refuse } from "~/kernel/step.ts"
import { attempted, nextAttemptAt, type ThrottleScope } from "../rules.ts"
import { dropFailures, loadFailures, saveFailures } from "../store.ts"

export type ThrottleKey = { scope: ThrottleScope; key: string }

/** Counts the attempt as failed until it succeeds. Refuses login.throttled {seconds}. */
export function countAttempt(tx: ApplianceTx, keys: readonly ThrottleKey[]): void {
  const known = keys.map((key) => ({ ...key, failures: loadFailures(tx, key.key) }))
  const wait = Math.max(...known.map(({ scope, failures }) => (failures ? nextAttemptAt(scope, failures) : 0))) - tx.now
  if (wait > 0) throw new Refused(refuse("login.throttled", { seconds: Math.ceil(wait / 1_000) }))
  for (const { scope, key, failures } of known) saveFailures(tx, { key, ...attempted(scope, failures, tx.now) })
}

/** A success clears the account's or device's counter; a network only gets this one attempt back. */
export function forgive(tx: ApplianceTx, { scope, key }: ThrottleKey): void {
  const known = loadFailures(tx, key)
  if (!known) return
  if (scope === "network" && known.failures > 1) saveFailures(tx, { ...known, failures: known.failures - 1 })
  else dropFailures(tx, key)
}
