/** What happens to passkeys: they are asked for, added, used, taken away, and stopped when one turns up twice. */
import type { AppDatabase } from "~/database/database.ts"
import type { Reader, Tx } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import type { Chance } from "~/kernel/chance.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, Refused, refuse } from "~/kernel/step.ts"
import { digestOf, newToken } from "~/kernel/token.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import { userSubject } from "../actions.ts"
import type { Candidate } from "../queries.ts"
import { factorRule } from "../rules/entering.ts"
import {
  creationOptions,
  isDouble,
  MOST_PASSKEYS,
  type Passkey,
  type PasskeyAnswer,
  type PasskeyPlace,
  type PasskeyPurpose,
  type PasskeyQuestion,
  passkeyPlace,
  QUESTION_LIFE,
  readPasskeyAnswer,
  requestOptions,
} from "../rules/passkeys.ts"
import {
  addPasskey,
  closeQuestion,
  dropPasskey,
  noteUse,
  passkeysOf,
  renamePasskey,
  stopPasskey,
} from "../store/passkeys.ts"
import { dropCodes, hasApp, hasFactor } from "../store/second-factor.ts"
import { loadUser } from "../store.ts"
import { recoveryCodes } from "./second-factor.ts"
import { type MadeKey, madeKey, usedKey } from "./webauthn.ts"

export type PasskeyParts = { database: AppDatabase; chance: Chance; url: URL }
/** What a page hands to its script, and what comes back with the answer. */
export type PasskeyAsk = { question: string; options: string }
export type PasskeyReply = { question: string; answer: string }

const PLACE = "page/passkey"

function ask(
  { database, chance, url }: PasskeyParts,
  purpose: PasskeyPurpose,
  user: Id | null,
  optionsFor: (place: PasskeyPlace, challenge: string) => object,
): PasskeyAsk | null {
  const place = passkeyPlace(url)
  if (!place) return null
  const challenge = newToken(chance)
  const asked: PasskeyQuestion = { purpose, user, challenge, askedAt: database.appliance.read.now }
  const question = Buffer.from(database.secrets.seal(JSON.stringify(asked), PLACE)).toString("base64url")
  return { question, options: JSON.stringify(optionsFor(place, challenge)) }
}

/** Asks for a key that somebody of the tenant is to have; null where there can be none. */
export function askForNewKey(parts: PasskeyParts, read: Reader, id: Id): PasskeyAsk | null {
  const { username, firstName, lastName } = found(loadUser(read, id))
  const handle = handleOf(read.tenant, id)
  const owner = { handle, username, name: `${firstName} ${lastName}`.trim() }
  return ask(parts, "add", id, (place, challenge) => creationOptions(place, owner, challenge, passkeysOf(read, id)))
}

/** Asks for one of the keys that somebody has; null when they have none. */
export function askForKeyOf(parts: PasskeyParts, read: Reader, id: Id): PasskeyAsk | null {
  const known = passkeysOf(read, id).filter(({ stoppedAt }) => stoppedAt === null)
  if (known.length === 0) return null
  return ask(parts, "prove", id, (place, challenge) => requestOptions(place, challenge, known))
}

/** Asks whoever is there. */
export const askForAnyKey = (parts: PasskeyParts): PasskeyAsk | null =>
  ask(parts, "enter", null, (place, challenge) => requestOptions(place, challenge, []))

/** Names the person to the device that keeps the key, and tells nothing of them. */
export const handleOf = (tenant: Id, user: Id): string =>
  Buffer.from(digestOf(`passkey ${tenant} ${user}`)).toString("base64url")

export type OpenQuestion = { asked: PasskeyQuestion; place: PasskeyPlace; answer: PasskeyAnswer; hash: Uint8Array }

/** What was asked, and what came back. Refuses `passkey.over`, `passkey.wrong`. */
export function openQuestion(
  { database, url }: PasskeyParts,
  { question, answer: text }: PasskeyReply,
  purpose: PasskeyPurpose,
  user: Id | null,
): OpenQuestion {
  const asked = opened(database.secrets, question)
  demand(asked?.purpose === purpose && asked.user === user, "passkey.over")
  demand(database.appliance.read.now < asked.askedAt + QUESTION_LIFE, "passkey.over")
  const place = passkeyPlace(url)
  const answer = readPasskeyAnswer(text)
  demand(place && answer, "passkey.wrong")
  return { asked, place, answer, hash: digestOf(asked.challenge) }
}

function opened(secrets: Secrets, question: string): PasskeyQuestion | null {
  try {
    return JSON.parse(secrets.open(Buffer.from(question, "base64url"), PLACE)) as PasskeyQuestion
  } catch {
    return null
  }
}

/** The key that the answer to a question brings. Refuses `passkey.wrong`. */
export async function newKeyIn({ asked, place, answer }: OpenQuestion): Promise<MadeKey> {
  const made = await madeKey(answer, { ...place, challenge: asked.challenge })
  demand(made, "passkey.wrong")
  return made
}

/**
 * It is theirs from now on; answers the recovery codes, where it is their first second factor. Refuses `factor.off`,
 * `passkey.over`, `passkey.known`, `passkey.too_many`.
 */
export function keepKey(
  tx: Tx,
  chance: Chance,
  user: Id,
  { hash, made, name }: { hash: Uint8Array; made: MadeKey; name: string },
): string[] {
  const owner = found(loadUser(tx, user))
  demand(factorRule(tenantSettings(tx), owner.level) !== "off", "factor.off")
  demand(owner.loginType !== "external", "user.signs_in_elsewhere")
  demand(closeQuestion(tx, hash), "passkey.over")
  demand(passkeysOf(tx, user).length < MOST_PASSKEYS, "passkey.too_many", { most: MOST_PASSKEYS })
  const codes = hasFactor(tx, user) ? [] : recoveryCodes(tx, chance, user)
  demand(addPasskey(tx, { ...made, user, name }), "passkey.known")
  tell(tx, user, "passkey.added", name)
  return codes
}

/**
 * Whether the answer proves the user's key; the question is answered with it. Refuses `passkey.over`, `passkey.wrong`,
 * `passkey.stopped` for a key that has a double.
 */
export async function useKey(
  { database }: PasskeyParts,
  { tenant, id: user }: Pick<Candidate, "tenant" | "id">,
  open: OpenQuestion,
  address: string,
): Promise<void> {
  const { asked, place, answer, hash } = open
  const office = database.tenant(tenant)
  const key = keyNamed(office.read, user, answer)
  const used = key && (await usedKey(answer, { ...place, challenge: asked.challenge }, key))
  demand(key && used && isTheirs(tenant, user, answer), "passkey.wrong")
  const outcome = await office.act({ kind: "stranger", address }, (tx) => {
    const kept = keyNamed(tx, user, answer)
    if (!kept || !closeQuestion(tx, hash)) return "passkey.over"
    if (kept.stoppedAt !== null) return "passkey.stopped"
    if (!isDouble(kept.counter, used.counter)) return noteUse(tx, kept.id, used.counter)
    stopPasskey(tx, kept.id)
    tell(tx, user, "passkey.stopped", kept.name)
    return "passkey.stopped"
  })
  if (outcome) throw new Refused(refuse(outcome))
}

const keyNamed = (reader: Reader, user: Id, { id }: PasskeyAnswer): Passkey | null =>
  passkeysOf(reader, user).find(({ credential }) => Buffer.from(credential).toString("base64url") === id) ?? null

/** Whoever the key itself names, where it does. */
const isTheirs = (tenant: Id, user: Id, { response: { userHandle } }: PasskeyAnswer): boolean =>
  userHandle === undefined || userHandle === "" || userHandle === handleOf(tenant, user)

/** By what its owner knows it from now on: nothing that it opens changes. «Not found» when it is not theirs. */
export function renameKey(tx: Tx, user: Id, id: Id, name: string): void {
  found(renamePasskey(tx, user, id, name) || null)
}

/** «Not found» when it is not theirs. Refuses `factor.required` for the last second factor of whoever has to have one. */
export function removeKey(tx: Tx, user: Id, id: Id): void {
  const key = found(passkeysOf(tx, user).find((one) => one.id === id))
  const { level } = found(loadUser(tx, user))
  const isLast = passkeysOf(tx, user).length === 1 && !hasApp(tx, user)
  demand(!isLast || factorRule(tenantSettings(tx), level) !== "required", "factor.required")
  dropPasskey(tx, user, id)
  // What opens in place of a second factor goes with the last one.
  if (isLast) dropCodes(tx, user)
  tell(tx, user, "passkey.removed", key.name)
}

type Act = "passkey.added" | "passkey.removed" | "passkey.stopped"
function tell(tx: Tx, id: Id, act: Act, name: string): void {
  const subject = userSubject(found(loadUser(tx, id)))
  const [before, after] = act === "passkey.added" ? [null, name] : [name, null]
  tx.raise({ type: "audit.due", act, subject, changes: { passkey: { before, after } } })
  tx.raise({ type: "user.way_in_changed", user: id, change: { what: act, name } })
}
