import type { Tx } from "~/database/handles.ts"
import { recounted } from "../queries/recounted.ts"
import { dropEverything, keptZones, REMEMBERED, savePresence, saveTallyAgain, writeSums } from "../store.ts"

/** Makes every counter of the tenant again from what was recorded; answers how many there are. */
export function recount(tx: Tx): number {
  keptZones(tx)
  const { sums, tallies, presences } = recounted(tx, tx.now - REMEMBERED)
  dropEverything(tx)
  writeSums(tx, sums)
  for (const { conversation, ...kept } of tallies) saveTallyAgain(tx, conversation, kept)
  for (const presence of presences) savePresence(tx, presence)
  return sums.length
}
