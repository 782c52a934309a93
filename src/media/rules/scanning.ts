/** What a virus scanner says of a kept file, and what follows: opened, kept from everybody, or asked again. */
import { type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"

/** `unscanned`: nobody could look, and the operator lets such files through. */
export type Scan = "waiting" | "clean" | "infected" | "unscanned"

/** Why a scanner has said nothing of use. `refused`: in its own words, e.g. that the file is larger than it takes. */
export type ScanTrouble = "unreachable" | "broken" | "silent" | "refused"

export type ScanVerdict =
  | { result: "clean" }
  | { result: "infected"; virus: string }
  | { result: "none"; trouble: ScanTrouble }
  /** There is no scanner any more. */
  | { result: "off" }

/** What happens to files while the scanner does not answer: held back until it does, or let through. */
export const WHEN_SCANNER_DOWN = ["hold", "pass"] as const
export type WhenScannerDown = (typeof WHEN_SCANNER_DOWN)[number]

const FIRST_WAIT: Milliseconds = seconds(5)
const LONGEST_WAIT: Milliseconds = minutes(10)

export type Scanned = { scan: Scan; says: string | null; wait: Milliseconds | null }

/** After `tries` tries, this one included. */
export function afterScan(verdict: ScanVerdict, tries: number, whenDown: WhenScannerDown): Scanned {
  switch (verdict.result) {
    case "clean":
      return { scan: "clean", says: null, wait: null }
    case "infected":
      return { scan: "infected", says: verdict.virus.slice(0, MOST_CHARACTERS), wait: null }
    case "off":
      return { scan: "unscanned", says: null, wait: null }
    case "none": {
      if (whenDown === "pass") return { scan: "unscanned", says: verdict.trouble, wait: null }
      const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(tries - 1, 12))
      return { scan: "waiting", says: verdict.trouble, wait }
    }
  }
}
const MOST_CHARACTERS = 200

/** A file on which the scanner breaks each time would keep it from all others. */
const MOST_EARLIER_TRIES = 3

/** Of a file that was kept before there was a scanner; null: nothing is known of it yet, and it is asked again. */
export function afterEarlierScan(verdict: ScanVerdict, tries: number): Omit<Scanned, "wait"> | null {
  if (verdict.result === "clean" || verdict.result === "infected") {
    const { scan, says } = afterScan(verdict, tries, "hold")
    return { scan, says }
  }
  if (verdict.result === "off" || verdict.trouble === "unreachable") return null
  const isOver = verdict.trouble === "refused" || tries >= MOST_EARLIER_TRIES
  return { scan: "unscanned", says: isOver ? "refused" : verdict.trouble }
}

/** Files that were kept before: how many are still to be looked at, and in how many of all a virus was found. */
export type EarlierFiles = { left: number; isMore: boolean; infected: number }

/** Whether anybody may have the bytes: opened, saved, sent, mailed. */
export const mayBeOpened = (scan: Scan | null): boolean => scan !== "waiting" && scan !== "infected"

/** What came of handing it the test file that every scanner finds. */
export type ScannerTrial =
  | { result: "works"; version: string; virus: string }
  /** It answers, and does not know the test file: it has no signatures. */
  | { result: "blind"; version: string }
  | { result: "none"; trouble: ScanTrouble }
export type ScannerStanding = { version: string } | { trouble: ScanTrouble } | null

/** The scanner as pages ask it; `standing` is null where there is none. */
export type Scanning = {
  trial(address: string): Promise<ScannerTrial>
  standing(address: string): Promise<ScannerStanding>
}
