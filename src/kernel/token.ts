/** What a person or a browser holds: random, opaque; the database keeps only the SHA-256. */
import { timingSafeEqual } from "node:crypto"
import type { Chance } from "./chance.ts"

const TOKEN_BYTES = 32

export const newToken = (chance: Chance): string => Buffer.from(chance.bytes(TOKEN_BYTES)).toString("base64url")

export const digestOf = (token: string): Uint8Array => new Bun.CryptoHasher("sha256").update(token).digest()

/** Equal, in a time that tells nothing. */
export const sameText = (one: string, other: string): boolean => timingSafeEqual(digestOf(one), digestOf(other))
