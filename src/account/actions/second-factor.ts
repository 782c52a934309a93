/** What happens to the app that makes codes, and to recovery codes: set up, confirmed, asked for, taken away. */
import type { Tx } from "~/database/handles.ts"
import type { Reseal, Secrets } from "~/database/secrets.ts"
import type { SecondFactorRow } from "~/database/tables.ts"
import type { Chance } from "~/kernel/chance.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import { digestOf, newCode, plainCode } from "~/kernel/token.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import { endSessionsOf, userSubject } from "../actions.ts"
import { factorRule, RECOVERY_CODES } from "../rules/entering.ts"
import { dropPasskeysOf, passkeysOf } from "../store/passkeys.ts"
import {
  countCodes,
  dropApp,
  dropCode,
  dropCodes,
  everyFactor,
  hasFactor,
  loadFactor,
  replaceCodes,
  saveFactor,
} from "../store/second-factor.ts"
import { dropStepsOf } from "../store/steps.ts"
import { loadUser } from "../store.ts"
import { newTotpSecret, stepOfCode } from "./totp.ts"

export type FactorParts = { secrets: Secrets; chance: Chance }

const place = (tenant: Id, user: Id) => `secondFactor/secret/${tenant}/${user}`
const secretOf = (tx: Pick<Tx, "tenant">, secrets: Secrets, { user, secret }: SecondFactorRow): string =>
  secrets.open(secret, place(tx.tenant, user))

/** A new secret that counts once a code of it was given; one that counts already is left alone. Refuses `factor.off`. */
export function beginFactor(tx: Tx, { secrets, chance }: FactorParts, user: Id): void {
  const known = loadFactor(tx, user)
  demand(known?.confirmedAt === null || known === null, "factor.on_already")
  demand(factorRule(tenantSettings(tx), found(loadUser(tx, user)).level) !== "off", "factor.off")
  const secret = secrets.seal(newTotpSecret(chance), place(tx.tenant, user))
  saveFactor(tx, { user, secret, confirmedAt: null, lastStep: 0 })
}

/** What is being set up, for the page that shows it; null when nothing is. */
export function pendingSecret(
  tx: Pick<Tx, "tenant" | "one" | "all" | "now">,
  secrets: Secrets,
  user: Id,
): string | null {
  const factor = loadFactor(tx, user)
  return factor && factor.confirmedAt === null ? secretOf(tx, secrets, factor) : null
}

/**
 * It counts from now on; answers the recovery codes, which nobody can read again: none where there are some already.
 * Refuses `login.code_wrong`.
 */
export function confirmFactor(tx: Tx, parts: FactorParts, user: Id, code: string): string[] {
  const factor = found(loadFactor(tx, user))
  demand(factor.confirmedAt === null, "factor.on_already")
  const step = stepOfCode(secretOf(tx, parts.secrets, factor), digits(code), tx.now)
  demand(step !== null, "login.code_wrong")
  saveFactor(tx, { ...factor, confirmedAt: tx.now, lastStep: step })
  const codes = countCodes(tx, user) > 0 ? [] : recoveryCodes(tx, parts.chance, user)
  note(tx, user, "second_factor.turned_on")
  return codes
}

/**
 * Whether `typed` proves the second factor: a code of about now that was not taken before, or a recovery code, which is
 * then used up.
 */
export function provesFactor(tx: Tx, secrets: Secrets, user: Id, typed: string): boolean {
  const factor = loadFactor(tx, user)
  const code = digits(typed)
  if (/^\d{6}$/.test(code)) {
    if (!factor || factor.confirmedAt === null) return false
    const step = stepOfCode(secretOf(tx, secrets, factor), code, tx.now)
    if (step === null || step <= factor.lastStep) return false
    saveFactor(tx, { ...factor, lastStep: step })
    return true
  }
  return dropCode(tx, user, hashOf(user, plainCode(typed)))
}

/** New recovery codes in place of the old ones. */
export function renewCodes(tx: Tx, parts: FactorParts, user: Id): string[] {
  demand(hasFactor(tx, user), "factor.not_on")
  note(tx, user, "second_factor.renewed")
  return recoveryCodes(tx, parts.chance, user)
}

/** Turned off by its owner. Refuses `factor.required` where the level has to have one and no passkey is left. */
export function endFactor(tx: Tx, user: Id): void {
  const { level } = found(loadUser(tx, user))
  const isLast = passkeysOf(tx, user).length === 0
  demand(!isLast || factorRule(tenantSettings(tx), level) !== "required", "factor.required")
  if (isLast) dropCodes(tx, user)
  if (dropApp(tx, user)) note(tx, user, "second_factor.turned_off")
}

/**
 * Taken away by an administrator, passkeys too, for somebody whose phone is lost; whoever is on the way in begins anew,
 * and whoever holds the phone is out.
 */
export function resetFactor(tx: Tx, user: Id): void {
  found(loadUser(tx, user))
  dropStepsOf(tx, user)
  if (!forgetFactors(tx, user)) return
  endSessionsOf(tx, user)
  note(tx, user, "second_factor.reset")
}

/** The app, every passkey and the recovery codes; answers whether there was any. */
export function forgetFactors(tx: Tx, user: Id): boolean {
  dropCodes(tx, user)
  const hadApp = dropApp(tx, user)
  const hadPasskeys = dropPasskeysOf(tx, user)
  return hadApp || hadPasskeys
}

/** New ones in place of those there are. */
export function recoveryCodes(tx: Tx, chance: Chance, user: Id): string[] {
  const codes = Array.from({ length: RECOVERY_CODES }, () => newCode(chance))
  replaceCodes(
    tx,
    user,
    codes.map((code) => hashOf(user, code)),
  )
  return codes
}

const hashOf = (user: Id, code: string) => digestOf(`${user} ${code}`)
const digits = (typed: string) => typed.replaceAll(/\s/g, "")

type Act = "second_factor.turned_on" | "second_factor.turned_off" | "second_factor.reset" | "second_factor.renewed"
function note(tx: Tx, user: Id, act: Act): void {
  tx.raise({ type: "audit.due", act, subject: userSubject(found(loadUser(tx, user))), changes: {} })
  tx.raise({ type: "user.way_in_changed", user, change: { what: act } })
}

/** Every second factor of the tenant, under another key. */
export function resealFactors(tx: Tx, reseal: Reseal): void {
  for (const factor of everyFactor(tx))
    saveFactor(tx, { ...factor, secret: reseal(factor.secret, place(tx.tenant, factor.user)) })
}
