/** Everybody of a tenant is out at once. */
import type { Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import { endSessionsOf } from "../actions.ts"
import { dropStepsOf } from "../store/steps.ts"

const present = statement(() => query.selectFrom("session").select("user").distinct())
const underWay = statement(() => query.selectFrom("signInStep").select("user").distinct())

/** The tenant is disabled: its sessions and streams end, and who is between password and session begins anew. */
export function endEverySession(tx: Tx): void {
  for (const { user } of tx.all(underWay)) dropStepsOf(tx, user)
  for (const { user } of tx.all(present)) endSessionsOf(tx, user)
}
