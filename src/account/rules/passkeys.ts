/**
 * Passkeys (WebAuthn): a key that a device or a security key holds and uses only after its own check of who is there.
 * What is asked, where that is possible, and what follows from how often a key says it was used.
 */
import { type Instant, type Milliseconds, minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

export type Passkey = {
  id: Id
  user: Id
  credential: Uint8Array
  publicKey: Uint8Array
  counter: number
  /** How a browser reaches it, in the browser's own words. */
  transports: readonly string[]
  name: string
  addedAt: Instant
  lastUsedAt: Instant | null
  /** It has a double somewhere, and opens nothing any more. */
  stoppedAt: Instant | null
}

/** What is asked for: a new key, the second factor of whoever gave a right password, or who is there at all. */
export type PasskeyPurpose = "add" | "prove" | "enter"
export type PasskeyQuestion = { purpose: PasskeyPurpose; user: Id | null; challenge: string; askedAt: Instant }

/** How long somebody may look for their security key. */
export const QUESTION_LIFE: Milliseconds = minutes(15)
export const MOST_PASSKEYS = 20
export const MOST_NAME_CHARACTERS = 60

export type PasskeyPlace = { rpId: string; origin: string }

/**
 * Whom keys are made for: the host of the configured address, whatever a request says. Null where browsers make none: an
 * address without TLS other than of this machine, or without a name.
 */
export function passkeyPlace({ protocol, hostname, origin }: URL): PasskeyPlace | null {
  if (/^\[|^[\d.]+$/.test(hostname)) return null
  const isHere = hostname === "localhost" || hostname.endsWith(".localhost")
  return protocol === "https:" || isHere ? { rpId: hostname, origin } : null
}

/** ES256, Ed25519, RS256: what every authenticator has one of. */
export const ALGORITHMS = [-7, -8, -257]

type Known = Pick<Passkey, "credential" | "transports">
export type PasskeyOwner = { handle: string; username: string; name: string }

const described = ({ credential, transports }: Known) => ({
  type: "public-key",
  id: Buffer.from(credential).toString("base64url"),
  transports,
})

/** What a browser is told to make. A key that asks nobody who they are is none for us. */
export const creationOptions = (
  { rpId }: PasskeyPlace,
  owner: PasskeyOwner,
  challenge: string,
  known: readonly Known[],
) => ({
  challenge,
  rp: { id: rpId, name: "Sportello" },
  attestation: "none",
  user: { id: owner.handle, name: owner.username, displayName: owner.name },
  pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
  excludeCredentials: known.map(described),
  authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
})

/** What a browser is told to prove; without `known` the person chooses among the keys they have for us. */
export const requestOptions = ({ rpId }: PasskeyPlace, challenge: string, known: readonly Known[]) => ({
  challenge,
  rpId,
  userVerification: "required",
  allowCredentials: known.map(described),
})

/** A browser's own answer, as our script writes it. */
export type PasskeyAnswer = {
  id: string
  rawId: string
  type: string
  response: {
    clientDataJSON: string
    attestationObject?: string
    authenticatorData?: string
    signature?: string
    userHandle?: string
    transports: string[]
  }
}

const TEXT = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"] as const
const TRANSPORTS = ["ble", "hybrid", "internal", "nfc", "smart-card", "usb"]
const BASE64URL = /^[\w-]{0,16000}$/

/** Null for what no script of ours writes. */
export function readPasskeyAnswer(text: string): PasskeyAnswer | null {
  const given = parsed(text)
  const id = given?.id
  const type = given?.type
  const response = given?.response
  if (typeof id !== "string" || !BASE64URL.test(id) || typeof type !== "string" || !isRecord(response)) return null
  const parts = TEXT.flatMap((name) => (response[name] === undefined ? [] : [[name, response[name]] as const]))
  if (!parts.every(([, value]) => typeof value === "string" && BASE64URL.test(value))) return null
  const texts = Object.fromEntries(parts) as Partial<Record<(typeof TEXT)[number], string>>
  if (texts.clientDataJSON === undefined) return null
  const said = Array.isArray(response.transports) ? response.transports : []
  const transports = TRANSPORTS.filter((one) => said.includes(one))
  return { id, rawId: id, type, response: { ...texts, clientDataJSON: texts.clientDataJSON, transports } }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

/** A key that counts has counted on since; one that does not count says nothing, always. */
export const isDouble = (kept: number, said: number): boolean => (kept > 0 || said > 0) && said <= kept
