/** A file that has come is looked at by the virus scanner, where there is one; nobody has its bytes before. */
import type { Tx } from "~/database/handles.ts"
import type { Milliseconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { carriersOf } from "../queries/carriers.ts"
import { afterScan, type ScanVerdict, type WhenScannerDown } from "../rules/scanning.ts"
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
  const { scan, says, wait } = afterScan(verdict, tries, whenDown)
  saveScan(tx, {
    id: file,
    scan,
    scanSays: says,
    scanTries: tries,
    scanAt: wait === null ? tx.now : tx.now + spread(wait),
  })
  const carriers = carriersOf(tx, file)
  if (scan !== row.scan || says !== row.scanSays)
    for (const conversation of new Set(carriers.map((one) => one.conversation)))
      tx.raise({ type: "media.changed", conversation })
  if (scan !== "waiting") tx.raise({ type: "media.scanned", file })
  if (scan === "infected") for (const carrier of carriers) tellInfected(tx, carrier, says ?? "")
}

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
