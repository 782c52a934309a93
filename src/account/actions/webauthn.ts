/**
 * Speaks WebAuthn: whether a browser's answer was made by a key, here and now, for the question that was asked. The
 * package is loaded when the first key is seen; most appliances never see one.
 */
import "~/kernel/reflection.ts"
import { ALGORITHMS, type Passkey, type PasskeyAnswer, type PasskeyPlace } from "../rules/passkeys.ts"

const library = () => import("@simplewebauthn/server")
const helpers = () => import("@simplewebauthn/server/helpers")

type Expected = PasskeyPlace & { challenge: string }
export type MadeKey = Pick<Passkey, "credential" | "publicKey" | "counter" | "transports">

/** Null when anything about it is not as it should be: another place, another question, nobody looked who was there. */
export async function madeKey(answer: PasskeyAnswer, { rpId, origin, challenge }: Expected): Promise<MadeKey | null> {
  const { clientDataJSON, attestationObject, transports } = answer.response
  if (attestationObject === undefined || !(await vouchesForItself(attestationObject))) return null
  const { verifyRegistrationResponse } = await library()
  return unlessWrong(async () => {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        id: answer.id,
        rawId: answer.rawId,
        type: "public-key",
        clientExtensionResults: {},
        response: { clientDataJSON, attestationObject },
      },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    })
    if (!verified || answer.type !== "public-key") return null
    const { id, publicKey, counter } = registrationInfo.credential
    return { credential: Buffer.from(id, "base64url"), publicKey, counter, transports }
  })
}

/**
 * We ask for no word of a maker about its keys. One that comes all the same would be looked into, revocation lists at
 * addresses of its own choosing included: it is not.
 */
const vouchesForItself = async (attestationObject: string): Promise<boolean> => {
  const { decodeAttestationObject } = await helpers()
  const sound = await unlessWrong(async () => {
    const decoded = decodeAttestationObject(Buffer.from(attestationObject, "base64url"))
    const format = decoded.get("fmt")
    return format === "none" || (format === "packed" && decoded.get("attStmt").get("x5c") === undefined)
  })
  return sound === true
}

/** How often the key says it was used by now; null when it was not this key, not here, or not for this question. */
export async function usedKey(
  answer: PasskeyAnswer,
  { rpId, origin, challenge }: Expected,
  { credential, publicKey }: Pick<Passkey, "credential" | "publicKey">,
): Promise<{ counter: number } | null> {
  const { clientDataJSON, authenticatorData, signature } = answer.response
  if (authenticatorData === undefined || signature === undefined) return null
  const { verifyAuthenticationResponse } = await library()
  return unlessWrong(async () => {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id: answer.id,
        rawId: answer.rawId,
        type: "public-key",
        clientExtensionResults: {},
        response: { clientDataJSON, authenticatorData, signature },
      },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      // What follows from the counter is decided where the key is kept.
      credential: {
        id: Buffer.from(credential).toString("base64url"),
        publicKey: Uint8Array.from(publicKey),
        counter: 0,
      },
    })
    return verified && answer.type === "public-key" ? { counter: authenticationInfo.newCounter } : null
  })
}

/** The package throws for whatever is not as it should be. */
async function unlessWrong<Value>(work: () => Promise<Value>): Promise<Value | null> {
  try {
    return await work()
  } catch {
    return null
  }
}
