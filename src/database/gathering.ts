import type { Id } from "~/kernel/id.ts"
import type { Gathering } from "./handles.ts"

/** One item that a command gathered. */
export type Gathered = { tenant: Id; into: Gathering<unknown>; item: unknown }
type Batch = { tenant: Id; into: Gathering<unknown>; items: unknown[] }

/** What goes into the same place of the same tenant, together, in the order in which it was gathered. */
export function inBatches(gathered: readonly Gathered[]): Batch[] {
  const batches: Batch[] = []
  for (const { tenant, into, item } of gathered) {
    const batch = batches.find((one) => one.tenant === tenant && one.into === into)
    if (batch) batch.items.push(item)
    else batches.push({ tenant, into, items: [item] })
  }
  return batches
}
