/**
 * Secrets of the database under the key file: AES-256-GCM, the place bound in, so that a ciphertext cannot be moved to
 * another row or tenant (reliability-security.md §2.7). Layout: version byte, 12 bytes nonce, 16 bytes tag, ciphertext.
 */
import { createCipheriv, createDecipheriv } from "node:crypto"
import { assert } from "~/kernel/assert.ts"
import type { Chance } from "~/kernel/chance.ts"

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
export const KEY_BYTES = 32

/** What was sealed at a place, sealed there anew under another key. */
export type Reseal = (sealed: Uint8Array, place: string) => Uint8Array

export class Secrets {
  constructor(
    private key: Uint8Array,
    private readonly chance: Chance,
  ) {
    assert(key.length === KEY_BYTES, "the key has 256 bits")
  }

  /** From now on everything is sealed and opened with `key`; answers how to go back. */
  become(key: Uint8Array): () => void {
    const before = this.key
    this.key = key
    return () => {
      this.key = before
    }
  }

  /** `place` names table, column and row: the same words are needed to open it. */
  seal(text: string, place: string): Uint8Array {
    const nonce = this.chance.bytes(NONCE_BYTES)
    const cipher = createCipheriv("aes-256-gcm", this.key, nonce).setAAD(Buffer.from(place))
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()])
    return Buffer.concat([Uint8Array.of(VERSION), nonce, cipher.getAuthTag(), sealed])
  }

  /** Throws when the key is another one or the bytes were made for another place. */
  open(sealed: Uint8Array, place: string): string {
    assert(sealed[0] === VERSION, "a secret of a known version")
    const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
    const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES)
    const decipher = createDecipheriv("aes-256-gcm", this.key, nonce).setAAD(Buffer.from(place)).setAuthTag(tag)
    const text = decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES))
    return Buffer.concat([text, decipher.final()]).toString("utf8")
  }
}
