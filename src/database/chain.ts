/** The chain of audit entries: each hash covers the entry and the hash before it. Here, for what verifies a file needs it too. */

export const HASH_BYTES = 32
/** What the first entry of a tenant follows. */
export const NO_HASH: Uint8Array = new Uint8Array(HASH_BYTES)

/** Columns of an entry in the order in which they are hashed; the hashes themselves are not among them. */
export const CHAINED = [
  "id",
  "tenant",
  "at",
  "actorKind",
  "actor",
  "actorName",
  "address",
  "act",
  "subjectKind",
  "subject",
  "subjectName",
  "changes",
] as const

export type Chained = Readonly<Record<string, unknown>>

export function chainHash(previous: Uint8Array, entry: Chained): Uint8Array {
  const content = JSON.stringify(CHAINED.map((column) => entry[column] ?? null))
  return new Bun.CryptoHasher("sha256").update(previous).update(content).digest()
}
