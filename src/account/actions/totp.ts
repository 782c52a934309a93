/** Codes of the second factor (RFC 6238, as every authenticator app makes them), and the picture it is set up with. */
import { Secret, TOTP } from "otpauth"
import { encode } from "uqr"
import type { Chance } from "~/kernel/chance.ts"
import { type Instant, seconds } from "~/kernel/clock.ts"

const SECRET_BYTES = 20
const PERIOD_SECONDS = 30
/** Clocks of phones are wrong by less. */
const WINDOW = 1

export const newTotpSecret = (chance: Chance): string =>
  new Secret({ buffer: chance.bytes(SECRET_BYTES).buffer }).base32

const totp = (secret: string, label: string) =>
  new TOTP({
    issuer: "Sportello",
    label,
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
  })

/** Which half minute's code it is, counted from 1970; null when it is none of about now. */
export function stepOfCode(secret: string, code: string, now: Instant): number | null {
  const delta = totp(secret, "code").validate({ token: code, timestamp: now, window: WINDOW })
  return delta === null ? null : Math.floor(now / seconds(PERIOD_SECONDS)) + delta
}

/** What an authenticator app reads out of the picture. */
export const totpAddress = (secret: string, username: string): string => totp(secret, username).toString()

/** A QR code as the path of an SVG, one unit a module, with the quiet border it needs. */
export function qrPath(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { border: 2, ecc: "M" })
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join("")
  return { size, path }
}
