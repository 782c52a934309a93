/** The way in after a right password: a code, a password of one's own, a second factor that one has to have. */
import type { AppDatabase } from "~/database/database.ts"
import type { Tx } from "~/database/handles.ts"
import type { SignInStepRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, Refused } from "~/kernel/step.ts"
import { digestOf } from "~/kernel/token.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import { updateUser, userSubject } from "../actions.ts"
import { passwordRuleFor } from "../queries/standing.ts"
import { type Candidate, candidateById } from "../queries.ts"
import { factorRule, type Need, nextNeed } from "../rules/entering.ts"
import { refusePassword } from "../rules/passwords.ts"
import { hasFactor } from "../store/second-factor.ts"
import { dropStep, loadStep } from "../store/steps.ts"
import { loadUser } from "../store.ts"
import { type Arrival, type Entered, enter } from "./entering.ts"
import { keepKey, newKeyIn, openQuestion, type PasskeyParts, type PasskeyReply, useKey } from "./passkeys.ts"
import { confirmFactor, pendingSecret, provesFactor } from "./second-factor.ts"
import { actorOf, noteFailure, type SignInParts } from "./sign-in.ts"
import { countAttempt, forgive, type ThrottleKey } from "./throttling.ts"
import { qrPath, totpAddress } from "./totp.ts"

export type OpenStep = { user: Candidate; step: SignInStepRow; need: Need }

/** The step a browser is in; null when it took too long, or anything about the user is otherwise by now. */
export function openStep(database: AppDatabase, token: string | null): OpenStep | null {
  const step = token === null ? null : loadStep(database.appliance.read, digestOf(token))
  const user = step && candidateById(database.appliance.read, step.user)
  if (!step || !user?.enabled || (user.passwordHash ?? "") !== step.passwordHash) return null
  const { read } = database.tenant(user.tenant)
  const need = nextNeed({
    hasFactor: hasFactor(read, user.id),
    factorPassed: step.factorPassed === 1,
    isOneTime: user.oneTimeUntil !== null,
    rule: factorRule(tenantSettings(read), user.level),
  })
  return need && { user, step, need }
}

/** Refuses login.step_over when there is none, or when something else is to be done. */
export function stepFor(database: AppDatabase, token: string | null, need: Need): OpenStep {
  const open = openStep(database, token)
  demand(open?.need === need, "login.step_over")
  return open
}

const codeKey = (user: Id): ThrottleKey => ({ scope: "account", key: `code ${user}` })

/** Refuses login.step_over, login.throttled, login.code_wrong. */
export async function passCode(parts: SignInParts, token: string, typed: string, arrival: Arrival): Promise<Entered> {
  const { database } = parts
  const open = stepFor(database, token, "code")
  const { user } = open
  await database.appliance.act((tx) => countAttempt(tx, [codeKey(user.id)]))
  try {
    const entered = await goOn(parts, open, arrival, (tx) => {
      demand(provesFactor(tx, database.secrets, user.id, typed), "login.code_wrong")
      return { factorPassed: true }
    })
    await database.appliance.act((tx) => forgive(tx, codeKey(user.id)))
    return entered
  } catch (error) {
    if (error instanceof Refused && error.refusal.refused === "login.code_wrong")
      await noteFailure(database, user, arrival.address)
    throw error
  }
}

/** A passkey in place of the code. Refuses login.step_over, login.throttled, passkey.… */
export async function passKey(
  parts: SignInParts & PasskeyParts,
  token: string,
  reply: PasskeyReply,
  arrival: Arrival,
): Promise<Entered> {
  const { database } = parts
  const open = stepFor(database, token, "code")
  const { user } = open
  const question = openQuestion(parts, reply, "prove", user.id)
  await database.appliance.act((tx) => countAttempt(tx, [codeKey(user.id)]))
  try {
    await useKey(parts, user, question, arrival.address)
  } catch (error) {
    if (error instanceof Refused) await noteFailure(database, user, arrival.address)
    throw error
  }
  const entered = await goOn(parts, open, arrival, () => ({ factorPassed: true }))
  await database.appliance.act((tx) => forgive(tx, codeKey(user.id)))
  return entered
}

/** A passkey as the second factor that one has to have. Answers as `setUpFactor`. Refuses login.step_over, passkey.… */
export async function setUpKey(
  parts: SignInParts & PasskeyParts,
  token: string,
  { name, ...reply }: PasskeyReply & { name: string },
  arrival: Arrival,
): Promise<{ entered: Entered; codes: string[] }> {
  const { database, chance } = parts
  const open = stepFor(database, token, "factor")
  const { user } = open
  const question = openQuestion(parts, reply, "add", user.id)
  const made = await newKeyIn(question)
  const codes: string[] = []
  const entered = await goOn(parts, open, arrival, (tx) => {
    codes.push(...keepKey(tx, chance, user.id, { hash: question.hash, made, name }))
    return { factorPassed: true }
  })
  return { entered, codes }
}

/** Refuses login.step_over, password.…, busy. */
export async function choosePassword(
  parts: SignInParts,
  token: string,
  { password, repeated }: { password: string; repeated: string },
  arrival: Arrival,
): Promise<Entered> {
  const { database, passwords } = parts
  const open = stepFor(database, token, "password")
  const { user } = open
  const refusal = refusePassword(password, passwordRuleFor(database.tenant(user.tenant).read, user.id))
  if (refusal) throw new Refused(refusal)
  demand(password === repeated, "password.not_repeated")
  demand(!(await passwords.verify(password, user.passwordHash)), "password.same")
  const passwordHash = await passwords.hash(password)
  return goOn(parts, open, arrival, (tx) => {
    updateUser(tx, user.id, { passwordHash })
    tx.raise({ type: "audit.due", act: "password.changed", subject: userSubject(user), changes: {} })
    return {}
  })
}

export type FactorInvitation = { secret: string; qr: ReturnType<typeof qrPath> }

/** What the page that sets up a second factor shows. */
export function factorInvitation(database: AppDatabase, { user }: OpenStep): FactorInvitation {
  const { read } = database.tenant(user.tenant)
  const secret = found(pendingSecret(read, database.secrets, user.id))
  return { secret, qr: qrPath(totpAddress(secret, user.username)) }
}

/** Answers the recovery codes beside the session. Refuses login.step_over, login.throttled, login.code_wrong. */
export async function setUpFactor(
  parts: SignInParts,
  token: string,
  typed: string,
  arrival: Arrival,
): Promise<{ entered: Entered; codes: string[] }> {
  const { database, chance } = parts
  const open = stepFor(database, token, "factor")
  const { user } = open
  await database.appliance.act((tx) => countAttempt(tx, [codeKey(user.id)]))
  const codes: string[] = []
  const entered = await goOn(parts, open, arrival, (tx) => {
    codes.push(...confirmFactor(tx, { secrets: database.secrets, chance }, user.id, typed))
    return { factorPassed: true }
  })
  await database.appliance.act((tx) => forgive(tx, codeKey(user.id)))
  return { entered, codes }
}

type Done = { factorPassed?: true }

/** Uses the step up, does what it asked for and takes the next one, in one command: all of it, or it is as before. */
function goOn(
  { database, chance }: SignInParts,
  { user, step }: OpenStep,
  arrival: Arrival,
  deed: (tx: Tx) => Done,
): Promise<Entered> {
  return database.tenant(user.tenant).act(actorOf(user, arrival.address), (tx) => {
    demand(dropStep(tx, step.tokenHash), "login.step_over")
    const { factorPassed = step.factorPassed === 1 } = deed(tx)
    const { language, next } = step
    const parts = { secrets: database.secrets, chance }
    return enter(tx, parts, found(loadUser(tx, user.id)), { factorPassed, language, next }, arrival)
  })
}
