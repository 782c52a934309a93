import type { Chance } from "./chance.ts"
import type { Clock, Instant } from "./clock.ts"

/**
 * The key of a row: an integer below 2^53, milliseconds since EPOCH × 256 plus a count, so that rows sort by creation
 * and JavaScript, JSON and SQLite agree on every digit. Why this and not a UUID: README, decisions.
 */
export type Id = number

/** 2024-01-01T00:00:00Z. */
const EPOCH: Instant = 1_704_067_200_000
/** Small on purpose: below 2^47, until 2041, SQLite keeps an id in 6 bytes, and bursts may run ahead of the clock. */
const PER_MILLISECOND = 256

/** Makes ids that never repeat and never go back, even when the clock does. */
export class IdMaker {
  #last: Id

  /** `after`: the largest id already in use, so that a restart with a clock set back cannot repeat one. */
  constructor(
    private readonly clock: Clock,
    after: Id = 0,
  ) {
    this.#last = after
  }

  next(): Id {
    const floor = (this.clock.now() - EPOCH) * PER_MILLISECOND
    this.#last = Math.max(this.#last + 1, floor)
    return this.#last
  }
}

/** The moment at which an id was made, to the millisecond. */
export const madeAt = (id: Id): Instant => Math.floor(id / PER_MILLISECOND) + EPOCH

/** The smallest id that could have been made at `at`: the key to start a time range from. */
export const firstIdAt = (at: Instant): Id => (at - EPOCH) * PER_MILLISECOND

/** An id from outside (a path, a form): digits of a safe integer, else null. */
export function parseId(text: string): Id | null {
  if (!/^[1-9]\d{0,15}$/.test(text)) return null
  const id = Number(text)
  return Number.isSafeInteger(id) ? id : null
}

/** A UUIDv7 (RFC 9562) for what travels outside: client ids, callback references, boot ids. */
export function uuid7(now: Instant, chance: Chance): string {
  const bytes = chance.bytes(16)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, Math.floor(now / 65_536))
  view.setUint16(4, now % 65_536)
  view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f))
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f))
  const hex = Buffer.from(bytes).toString("hex")
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
