/** How what customers sent comes from WhatsApp: what the outbox does before and after each try. */
import type { Tx } from "~/database/handles.ts"
import type { MediaRow } from "~/database/tables.ts"
import type { Milliseconds } from "~/kernel/clock.ts"
import type { Scarcity } from "~/kernel/disk.ts"
import type { Id } from "~/kernel/id.ts"
import { loadMessage } from "~/message/store.ts"
import { hasRoomFor, ROOM_AWAITED } from "../rules/room.ts"
import { type FetchTrouble, nextTry } from "../rules.ts"
import { interruptedFetches, loadMedium, saveMedium } from "../store.ts"

/** Makes a wait its own, so that what waits together does not come back together. */
type Spread = (wait: Milliseconds) => Milliseconds

/** A try that is about to be made; `tries` counts it. */
export type ClaimedFetch = { message: Id; mediaId: string; claimedSha256: string | null; tries: number }

/** Takes a file for fetching; null when it waits no more, or goes on waiting until there is room on the disk. */
export function claimFetch(tx: Tx, message: Id, scarcity: Scarcity, spread: Spread): ClaimedFetch | null {
  const row = loadMedium(tx, message)
  if (row?.state !== "waiting" || row.mediaId === null) return null
  if (!hasRoomFor(loadMessage(tx, message)?.kind ?? "", scarcity)) {
    putOffForRoom(tx, row, spread(ROOM_AWAITED))
    return null
  }
  const { mediaId, claimedSha256 } = row
  const tries = row.tries + 1
  change(tx, row, { state: "fetching", tries })
  return { message, mediaId, claimedSha256, tries }
}

/** The file is here, whole and as it was announced. */
export function fetched(tx: Tx, message: Id, keep: (tx: Tx) => Id): void {
  const row = loadMedium(tx, message)
  if (row?.state !== "fetching") return
  change(tx, row, { state: "here", reason: null, file: keep(tx), nextAttemptAt: null })
}

/** The try came to nothing; `spread` makes the wait for the next one its own. */
export function notFetched(
  tx: Tx,
  message: Id,
  trouble: FetchTrouble,
  spread: (wait: Milliseconds) => Milliseconds,
): void {
  const row = loadMedium(tx, message)
  if (row?.state !== "fetching") return
  const next = nextTry(trouble, row.tries, tx.now, row.expiresAt ?? 0)
  const nextAttemptAt = next.state === "waiting" ? tx.now + spread(next.wait) : null
  change(tx, row, { state: next.state, reason: trouble, nextAttemptAt })
}

/** There is no room for it on the disk: it is looked again in a while, and no try is lost. */
function putOffForRoom(tx: Tx, row: MediaRow, wait: Milliseconds): void {
  const next = { reason: "no_room", nextAttemptAt: tx.now + wait }
  if (row.reason === "no_room") saveMedium(tx, { ...row, ...next })
  else change(tx, row, next)
}

/** What an earlier run was fetching when it ended is fetched anew. */
export function resumeFetches(tx: Tx): void {
  for (const row of interruptedFetches(tx)) saveMedium(tx, { ...row, state: "waiting", nextAttemptAt: tx.now })
}

function change(tx: Tx, row: MediaRow, changes: Partial<MediaRow>): void {
  saveMedium(tx, { ...row, ...changes })
  const message = loadMessage(tx, row.message)
  if (message) tx.raise({ type: "media.changed", conversation: message.conversation })
}
