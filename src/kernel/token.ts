/** What a person or a browser holds: random, opaque; the database keeps only the SHA-256. */
import { timingSafeEqual } from "node:crypto"
import type { Chance } from "./chance.ts"

const TOKEN_BYTES = 32

export const newToken = (chance: Chance): string => Buffer.from(chance.bytes(TOKEN_BYTES)).toString("base64url")

export const digestOf = (token: string): Uint8Array => new Bun.CryptoHasher("sha256").update(token).digest()

/** Equal, in a time that tells nothing. */
export const sameText = (one: string, other: string): boolean => timingSafeEqual(digestOf(one), digestOf(other))

/** Letters and digits that nobody takes for another one. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
const GROUPS = 4
const GROUP_LETTERS = 4

/** What a person types: four groups of four, some 79 bits. */
export const newCode = (chance: Chance): string =>
  Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP_LETTERS }, () => LETTERS[chance.below(LETTERS.length)]).join(""),
  ).join("-")

/** The same however it was typed: capitals, spaces and other dashes do not matter. */
export function plainCode(typed: string): string {
  const letters = typed.toLowerCase().replaceAll(/[\s\p{Pd}]/gu, "")
  return (letters.match(/.{1,4}/g) ?? []).join("-")
}
