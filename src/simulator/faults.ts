/** Everything that can go wrong at Meta, on request: scripted by a test or ticked on the page. */
import type { Chance } from "~/kernel/chance.ts"
import type { Milliseconds } from "~/kernel/clock.ts"

export type Fault =
  /** Any error of Meta's table, as it would answer (wire reference §8.3). */
  | { kind: "graph-error"; code: number; status?: number; retryAfterSeconds?: number }
  /** HTTP 429 from a proxy in between, without Meta's error body. */
  | { kind: "too-many-requests"; retryAfterSeconds?: number }
  | { kind: "server-error"; status?: number; body?: "graph" | "none" | "html" }
  | { kind: "token-refused" }
  /** Takes its time before it does anything. */
  | { kind: "slow-answer"; delay: Milliseconds }
  | { kind: "connection-reset" }
  /** Accepts and delivers the message, and never answers the call; or answers as if it had failed. */
  | { kind: "accepts-without-answer" }
  | { kind: "accepts-then-reset" }
  | { kind: "accepts-then-server-error"; status?: number; body?: "graph" | "none" | "html" }
  /** 200 with what is not the documented answer. */
  | { kind: "answer-html" }
  | { kind: "answer-broken-json" }
  | { kind: "answer-without-id" }
  | { kind: "status-never" }
  /** The first status webhook arrives before the call is answered. */
  | { kind: "status-before-answer" }
  /** Accepted, and failed afterwards by a status webhook with this code. */
  | { kind: "status-failed"; code: number }
  | { kind: "webhook-duplicate"; copies?: number }
  /** A webhook waits up to `within`, so that later ones overtake it. */
  | { kind: "webhook-reorder"; within?: Milliseconds }
  /** No webhook reaches the product; they are retried later. */
  | { kind: "webhook-outage" }
  | { kind: "media-missing" }
  /** The file's bytes are not what its SHA-256 says. */
  | { kind: "media-altered" }

export type FaultKind = Fault["kind"]

export const FAULT_KINDS = [
  "graph-error",
  "too-many-requests",
  "server-error",
  "token-refused",
  "slow-answer",
  "connection-reset",
  "accepts-without-answer",
  "accepts-then-reset",
  "accepts-then-server-error",
  "answer-html",
  "answer-broken-json",
  "answer-without-id",
  "status-never",
  "status-before-answer",
  "status-failed",
  "webhook-duplicate",
  "webhook-reorder",
  "webhook-outage",
  "media-missing",
  "media-altered",
] as const satisfies readonly FaultKind[]

/** Which calls a fault strikes. */
export type Strikes = "send" | "receipt" | "media" | "other" | "any"

export type FaultRule = {
  fault: Fault
  /** Only this number; else all. */
  phoneNumberId?: string
  /** Only these calls; else what is usual for the kind. */
  on?: Strikes
  /** Strikes so often and is over; else until it is removed. */
  times?: number
  /** 0 to 1; else always. */
  probability?: number
}

export type Faults = {
  /** Returns the rule's number, for `remove`. */
  add(rule: FaultRule): number
  remove(id: number): void
  clear(): void
  list(): ({ id: number } & FaultRule)[]
  /** The fault of this kind that strikes now, if any; uses up one of its times. */
  strike<Kind extends FaultKind>(
    kind: Kind,
    where: { phoneNumberId: string; on?: Strikes },
  ): Extract<Fault, { kind: Kind }> | null
}

/** Kinds that strike something else than sends when the rule does not say. */
const USUAL_STRIKES: Partial<Record<FaultKind, Strikes>> = {
  "token-refused": "any",
  "slow-answer": "any",
  "media-missing": "media",
  "media-altered": "media",
}

export function createFaults(chance: Chance, changed: () => void): Faults {
  const rules = new Map<number, FaultRule & { left: number }>()
  let last = 0
  const applies = (rule: FaultRule, phoneNumberId: string, on: Strikes | undefined) => {
    if (rule.phoneNumberId !== undefined && rule.phoneNumberId !== phoneNumberId) return false
    const struck = rule.on ?? USUAL_STRIKES[rule.fault.kind] ?? "send"
    return on === undefined || struck === "any" || struck === on
  }
  return {
    add(rule) {
      last += 1
      rules.set(last, { ...rule, left: rule.times ?? Number.POSITIVE_INFINITY })
      changed()
      return last
    },
    remove(id) {
      rules.delete(id)
      changed()
    },
    clear() {
      rules.clear()
      changed()
    },
    list: () => [...rules].map(([id, { left: _left, ...rule }]) => ({ id, ...rule })),
    strike(kind, { phoneNumberId, on }) {
      for (const [id, rule] of rules) {
        if (!isKind(rule.fault, kind) || !applies(rule, phoneNumberId, on)) continue
        if (rule.probability !== undefined && chance.fraction() >= rule.probability) continue
        rule.left -= 1
        if (rule.left <= 0) {
          rules.delete(id)
          changed()
        }
        return rule.fault
      }
      return null
    },
  }
}

const isKind = <Kind extends FaultKind>(fault: Fault, kind: Kind): fault is Extract<Fault, { kind: Kind }> =>
  fault.kind === kind
