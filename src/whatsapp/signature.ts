import { timingSafeEqual } from "node:crypto"

/**
 * Proof that Meta sent a webhook: HMAC-SHA256 under the app secret over the exact bytes received (wire reference
 * §1.2). It covers no time, so a replay is valid for ever: idempotency, not the signature, makes one harmless.
 */

/** The value of `X-Hub-Signature-256` for these bytes. */
export const sign = (appSecret: string, bytes: Uint8Array): string => `sha256=${digest(bytes, appSecret)}`

/** The bare HMAC, 64 lower-case hex digits. */
export const digest = (bytes: Uint8Array, secret: string): string =>
  new Bun.CryptoHasher("sha256", secret).update(bytes).digest("hex")

/**
 * Index of the first secret that signed these bytes, or -1. Several, because an app secret is rotated and several
 * apps may deliver to one address. An empty secret matches nothing.
 */
export function matchingSecret(bytes: Uint8Array, header: string | null, secrets: readonly string[]): number {
  const given = signedDigest(header)
  if (given === null) return -1
  const expected = Buffer.from(given, "hex")
  return secrets.findIndex(
    (secret) =>
      secret !== "" && timingSafeEqual(new Bun.CryptoHasher("sha256", secret).update(bytes).digest(), expected),
  )
}

/**
 * The HMAC that a header claims, or null unless it is `sha256=` and 64 lower-case hex digits. Once a secret has
 * matched it is the body's own digest: the key to know a repeated envelope by, without hashing twice.
 */
export const signedDigest = (header: string | null): string | null =>
  /^sha256=([0-9a-f]{64})$/.exec(header ?? "")?.[1] ?? null
