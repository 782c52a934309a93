/** The last part of signing in: what is still to be done is asked for, and then there is a session. */
import type { Changes } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { isInNetworks } from "~/kernel/networks.ts"
import { demand } from "~/kernel/step.ts"
import { digestOf, newToken } from "~/kernel/token.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import { changeLanguage, ringSession, userSubject } from "../actions.ts"
import { factorRule, type Need, nextNeed } from "../rules/entering.ts"
import { sessionLimits } from "../rules.ts"
import { hasFactor } from "../store/second-factor.ts"
import { addStep } from "../store/steps.ts"
import { addSession, dropOldSessionsOf, dropSessionsOf, type User } from "../store.ts"
import { beginFactor, type FactorParts } from "./second-factor.ts"

/** The request somebody comes in by. */
export type Arrival = { address: string; browser: string | null }

export type Entered = { user: Id; tenant: Id; language: string } & (
  | { session: string }
  /** Something is still to be done; `step` is what the browser holds meanwhile. */
  | { step: string; need: Need }
)
export type OnTheWay = {
  factorPassed: boolean
  language: string | null
  next: string
  /** Who proved who they are, when it was not us. */
  by?: string
  /** A second factor was asked for there, and that counts here. */
  factorProvedElsewhere?: boolean
}

/** Refuses `login.network_refused`, `login.one_time_over`. */
export function enter(tx: Tx, parts: FactorParts, user: User, way: OnTheWay, arrival: Arrival): Entered {
  const settings = tenantSettings(tx)
  demand(isInNetworks(settings.allowedNetworks, arrival.address), "login.network_refused")
  demand(user.oneTimeUntil === null || tx.now < user.oneTimeUntil, "login.one_time_over")
  const need = nextNeed({
    hasFactor: hasFactor(tx, user.id),
    factorPassed: way.factorPassed || way.factorProvedElsewhere === true,
    isOneTime: user.oneTimeUntil !== null,
    rule: way.factorProvedElsewhere ? "off" : factorRule(settings, user.level),
  })
  const who = { user: user.id, tenant: tx.tenant, language: way.language ?? user.language }
  if (need === null) return { ...who, session: openSession(tx, parts, user, way, arrival) }
  if (need === "factor") beginFactor(tx, parts, user.id)
  const step = newToken(parts.chance)
  const { factorPassed, language, next } = way
  addStep(tx, {
    tokenHash: digestOf(step),
    user: user.id,
    passwordHash: user.passwordHash ?? "",
    language,
    next,
    factorPassed: factorPassed ? 1 : 0,
  })
  return { ...who, step, need }
}

function openSession(
  tx: Tx,
  { chance }: FactorParts,
  user: User,
  { language, by }: OnTheWay,
  { address, browser }: Arrival,
): string {
  const settings = tenantSettings(tx)
  if (language) changeLanguage(tx, user.id, language)
  if (settings.singleSession && dropSessionsOf(tx, user.id)) ringSession(tx, user.id)
  dropOldSessionsOf(tx, user.id, sessionLimits(settings))
  const token = newToken(chance)
  const changes: Changes = by === undefined ? {} : { provider: { before: null, after: by } }
  addSession(tx, { tokenHash: digestOf(token), user: user.id, csrfToken: newToken(chance), address, browser })
  tx.raise({ type: "audit.due", act: "sign_in.succeeded", subject: userSubject(user), changes })
  return token
}
