/** A file that has come is looked at by the virus scanner, where there is one; nobody has its bytes before. */
import type { Tx } from "~/database/handles.ts"
import type { MediaFileRow } from "~/database/tables.ts"
import type { Instant, Milliseconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { carriersOf } from "../queries/carriers.ts"
import { afterEarlierScan, afterScan, type Scanned, type ScanVerdict, type WhenScannerDown } from "../rules/scanning.ts"
import { loadFile, saveScan } from "../store/files.ts"

/** What the scanner said, or that it said nothing; `spread` makes the wait for the next try its own. */
export function settleScan(
  tx: Tx,
  file: Id,
  verdict: ScanVerdict,
  whenDown: WhenScannerDown,
  spread: (wait: Milliseconds) => Milliseconds,
): void {
  const row = loadFile(tx, file)
  if (row?.scan !== "waiting") return
  const tries = row.scanTries + 1
  const { wait, ...known } = afterScan(verdict, tries, whenDown)
  note(tx, row, known, tries, wait === null ? tx.now : tx.now + spread(wait))
  if (known.scan !== "waiting") tx.raise({ type: "media.scanned", file })
}

/** What the scanner said of a file that was kept before it was named: everybody has it until a virus is found. */
export function settleEarlierScan(tx: Tx, file: Id, verdict: ScanVerdict): void {
  const row = loadFile(tx, file)
  if (!row || (row.scan !== null && row.scan !== "unscanned")) return
  const known = afterEarlierScan(verdict, row.scanTries + 1)
  if (known) note(tx, row, known, row.scanTries + 1, tx.now)
}

/** Whoever shows it sees what is known; of a virus it is said. */
function note(tx: Tx, row: MediaFileRow, { scan, says }: Known, scanTries: number, scanAt: Instant): void {
  saveScan(tx, { id: row.id, scan, scanSays: says, scanTries, scanAt })
  const carriers = carriersOf(tx, row.id)
  if (scan !== row.scan || says !== row.scanSays)
    for (const conversation of new Set(carriers.map((one) => one.conversation)))
      tx.raise({ type: "media.changed", conversation })
  if (scan === "infected") for (const carrier of carriers) tellInfected(tx, carrier, says ?? "")
}
type Known = Omit<Scanned, "wait">

/** Whoever has the conversation, the supervisors and the admins; and it is on record. */
export function tellInfected(
  tx: Tx,
  { message, conversation, owner, name }: { message: Id; conversation: Id; owner: Id | null; name: string | null },
  virus: string,
): void {
  const notice = { kind: "file_infected", conversation, words: name || virus } as const
  const to = { users: [owner], supervisors: true, administrators: true } as const
  const subject = { kind: "conversation", id: conversation, name: "" } as const
  const found = {
    message: { before: null, after: message },
    file: { before: null, after: name },
    virus: { before: null, after: virus },
  }
  tx.raise({ type: "notice.due", to, notice }, { type: "audit.due", act: "file.quarantined", subject, changes: found })
}
