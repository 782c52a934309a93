/** Signing in with a passkey alone: the key says who it is for, and has made sure who is there. */
import { demand, found, Refused } from "~/kernel/step.ts"
import { digestOf } from "~/kernel/token.ts"
import { signOut } from "../actions.ts"
import { type Candidate, candidateById } from "../queries.ts"
import { ownerOfCredential } from "../store/passkeys.ts"
import { loadUser } from "../store.ts"
import { type Arrival, type Entered, enter } from "./entering.ts"
import { openQuestion, type PasskeyParts, type PasskeyReply, useKey } from "./passkeys.ts"
import { actorOf, noteFailure } from "./sign-in.ts"
import { countAttempt, forgive, type ThrottleKey } from "./throttling.ts"

export type PasskeyAttempt = Arrival &
  PasskeyReply & { language: string | null; next: string; network: string; previousToken: string | null }

/**
 * Whose way in is the company's directory or a provider comes in there: what is decided there would not be asked for
 * here. Refuses `passkey.…`, `passkey.unknown`, `login.throttled`; as signing in does, once it is known who it is.
 */
export async function signInWithKey(parts: PasskeyParts, attempt: PasskeyAttempt): Promise<Entered> {
  const { database, chance } = parts
  const question = openQuestion(parts, attempt, "enter", null)
  const key: ThrottleKey = { scope: "network", key: `network ${attempt.network}` }
  await database.appliance.act((tx) => countAttempt(tx, [key]))
  const user = ownerOf(parts, question.answer.id)
  demand(user, "passkey.unknown")
  try {
    await useKey(parts, user, question, attempt.address)
    demand(user.enabled, "passkey.unknown")
    demand(user.loginType === "password", "passkey.second_only")
  } catch (error) {
    if (error instanceof Refused) await noteFailure(database, user, attempt.address)
    throw error
  }
  return database.appliance.act((tx) => {
    forgive(tx, key)
    return tx.within(user.tenant, actorOf(user, attempt.address), (inside) => {
      const kept = found(loadUser(inside, user.id))
      demand(kept.enabled && kept.loginType === "password", "passkey.unknown")
      if (attempt.previousToken) signOut(inside, user.id, digestOf(attempt.previousToken))
      const { language, next } = attempt
      const way = { factorPassed: true, language, next, by: "Passkey" }
      return enter(inside, { secrets: database.secrets, chance }, kept, way, attempt)
    })
  })
}

function ownerOf({ database }: PasskeyParts, credential: string): Candidate | null {
  const { read } = database.appliance
  const owner = ownerOfCredential(read, Buffer.from(credential, "base64url"))
  return owner && candidateById(read, owner.user)
}
