/** Has the virus scanner look at every file that came while one is named, before anybody opens it or it is sent. */
import { SYSTEM } from "~/facts.ts"
import { describeError } from "~/kernel/log.ts"
import { settleEarlierScan, settleScan } from "~/media/actions/scanning.ts"
import { piecesOf } from "~/media/queries.ts"
import type { ScannerTrial, Scanning, ScanVerdict } from "~/media/rules/scanning.ts"
import { scannerSettings } from "~/tenant/queries/scanner.ts"
import type { OutboxParts } from "./outbox.ts"
import { Pool } from "./pool.ts"
import { dueScans, earlierFiles, nextScanAt, type WaitingScan } from "./rows.ts"
import { backOff, spread } from "./rules.ts"
import { type Scanner, testVirus } from "./scanner.ts"

/** clamd works on as many at once as it has threads; two do not keep it busy. */
const AT_ONCE = 2

export function createScans(parts: OutboxParts, changed: () => void): Pool<WaitingScan> {
  const { read } = parts.database.appliance
  return new Pool(
    parts,
    {
      name: "virus scans",
      atOnce: AT_ONCE,
      due: (most) => dueScans(read, most),
      nextAt: () => nextScanAt(read),
      keyOf: ({ file }) => file,
      settle: (waiting) => scan(parts, waiting),
    },
    changed,
  )
}

/**
 * What was kept before a scanner was named, one file after another beside those that come. While the scanner says nothing
 * of use nothing else is handed to it for a while: it would say as little of the next.
 */
export function createEarlierScans(parts: OutboxParts, changed: () => void): Pool<WaitingScan> {
  const { read } = parts.database.appliance
  const isNamed = () => scannerSettings(read).address !== ""
  let failures = 0
  let pausedUntil = 0
  return new Pool(
    parts,
    {
      name: "virus scans of earlier files",
      atOnce: 1,
      due: (most) => (pausedUntil <= parts.clock.now() && isNamed() ? earlierFiles(read, most) : []),
      nextAt: () => (pausedUntil > parts.clock.now() && isNamed() ? pausedUntil : null),
      keyOf: ({ file }) => file,
      async settle(earlier) {
        const isAnswered = await scanEarlier(parts, earlier)
        failures = isAnswered ? 0 : failures + 1
        if (!isAnswered) pausedUntil = parts.clock.now() + spread(backOff(failures), parts.chance)
      },
    },
    changed,
  )
}

/** Whether the scanner said something that is of use. */
async function scanEarlier({ database, scanner, log }: OutboxParts, earlier: WaitingScan): Promise<boolean> {
  const { tenant, file, size } = earlier
  const { address } = scannerSettings(database.appliance.read)
  if (address === "") return true
  const handle = database.tenant(tenant)
  const verdict = await scanner.scan(address, piecesOf(handle.read, file, 0, size)).catch((error): ScanVerdict => {
    log.error("a kept file cannot be handed to the virus scanner", { file, ...describeError(error) })
    return { result: "none", trouble: "refused" }
  })
  await handle.act(SYSTEM, (tx) => settleEarlierScan(tx, file, verdict))
  return verdict.result !== "none" || verdict.trouble === "refused"
}

async function scan(
  { database, scanner, chance, log }: OutboxParts,
  { tenant, file, size }: WaitingScan,
): Promise<void> {
  const { address, whenDown } = scannerSettings(database.appliance.read)
  const handle = database.tenant(tenant)
  const verdict: ScanVerdict =
    address === "" ? { result: "off" } : await scanner.scan(address, piecesOf(handle.read, file, 0, size))
  if (verdict.result === "none") log.warn("the virus scanner said nothing", { file, trouble: verdict.trouble })
  await handle.act(SYSTEM, (tx) => settleScan(tx, file, verdict, whenDown, (wait) => spread(wait, chance)))
}

/** For pages: the scanner by the clock of somebody who waits. */
export const scanningBy = (scanner: Scanner): Scanning => ({
  trial: (address) => tryScanner(scanner, address),
  standing: (address) => (address === "" ? Promise.resolve(null) : scanner.version(address)),
})

/** Asks who it is, and hands it the test file that every scanner finds. */
async function tryScanner(scanner: Scanner, address: string): Promise<ScannerTrial> {
  const known = await scanner.version(address)
  if ("trouble" in known) return { result: "none", trouble: known.trouble }
  const verdict = await scanner.scan(address, [testVirus()])
  if (verdict.result === "infected") return { result: "works", version: known.version, virus: verdict.virus }
  if (verdict.result === "clean") return { result: "blind", version: known.version }
  return { result: "none", trouble: verdict.result === "none" ? verdict.trouble : "broken" }
}
