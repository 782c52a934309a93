/** What happens by the customer's page and by the streams of a call: nobody is signed in there. */
import type { AppDatabase } from "~/database/database.ts"
import type { Tx } from "~/database/handles.ts"
import { CUSTOMER, SYSTEM } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { joinCall, leaveCall, noteAgent } from "../actions.ts"
import { runningCalls } from "../store.ts"

/** The customer comes in by the link. Refuses `call.over` and `call.link_ended`. */
export const guestJoins = (database: AppDatabase, { tenant, id }: { tenant: Id; id: Id }): Promise<void> =>
  database.tenant(tenant).act(CUSTOMER, (tx) => joinCall(tx, id))

/** At start nobody's window is there: it has its while to come back. */
export async function forgetWindows(database: AppDatabase, tenant: Id): Promise<void> {
  await database.tenant(tenant).act(SYSTEM, (tx) => {
    for (const call of runningCalls(tx)) noteAgent(tx, call, false)
  })
}

/** What the signalling sees of a tenant's calls, as the calls are to know it. */
export const attendanceOf = (database: AppDatabase, tenant: Id, failed: (error: unknown) => void) => {
  const { act } = database.tenant(tenant)
  return {
    came(call: Id, side: "agent" | "customer") {
      if (side === "agent") act(SYSTEM, (tx) => noteAgent(tx, call, true)).catch(failed)
    },
    went(call: Id, side: "agent" | "customer") {
      const note = side === "agent" ? (tx: Tx) => noteAgent(tx, call, false) : (tx: Tx) => leaveCall(tx, call)
      act(SYSTEM, note).catch(failed)
    },
  }
}
