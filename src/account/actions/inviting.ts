/**
 * Inviting somebody: a one-time password of ours, good for three days, by mail where mail can be sent, else shown once to
 * the administrator to hand over. At the first login it is replaced by one that nobody else knows.
 */

import { lookOf } from "~/brand/queries.ts"
import type { Look } from "~/brand/rules.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { Tx } from "~/database/handles.ts"
import type { Actor } from "~/facts.ts"
import type { Chance } from "~/kernel/chance.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import { newCode } from "~/kernel/token.ts"
import { MAIL_SECRET_PLACE, type Mailing, type MailSecret } from "~/mail/rules.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { updateUser, userSubject } from "../actions.ts"
import type { Directories } from "../rules/directory.ts"
import { INVITATION_LIFE, type Invited } from "../rules/entering.ts"
import { loadUser, type User } from "../store.ts"
import type { Passwords } from "./passwords.ts"

/** A letter with `{{link}}` and `{{password}}` where the secret goes. */
export type WrittenLetter = { subject: string; text: string; html: string }
export type LetterTo = { name: string; username: string; language: string; until: Instant; timezone: string } & {
  /** Whose letter it is; null: it is Sportello's own. */
  look: Look | null
}
export type Letters = {
  invitation(to: LetterTo): WrittenLetter
  reset(to: LetterTo): WrittenLetter
}

export type InvitingParts = {
  database: AppDatabase
  passwords: Passwords
  directories: Directories
  chance: Chance
  /** How browsers reach the appliance: every link in a mail begins so, whatever a request says. */
  url: URL
  mailing: Mailing
  letters: Letters
}

/** Invites, or invites again: an earlier one-time password ends. Refuses `user.disabled`, `user.has_password`, `busy`. */
export async function invite(parts: InvitingParts, tenant: Id, actor: Actor, id: Id): Promise<Invited> {
  const { database, passwords, chance, url, mailing, letters } = parts
  const password = newCode(chance)
  const passwordHash = await passwords.hash(password)
  const canMail = mailing.isPossible(tenant)
  return database.tenant(tenant).act(actor, (tx) => {
    const user = found(loadUser(tx, id))
    demand(user.enabled, "user.disabled")
    demand(user.loginType === "password", "user.signs_in_elsewhere")
    demand(user.passwordHash === null || user.oneTimeUntil !== null, "user.has_password")
    const until = tx.now + INVITATION_LIFE
    updateUser(tx, id, { passwordHash, oneTimeUntil: until })
    tx.raise({ type: "audit.due", act: "user.invited", subject: userSubject(user), changes: {} })
    const link = new URL(`/login?username=${encodeURIComponent(user.username)}`, url).href
    const invitation = { username: user.username, link, password, until }
    if (user.email === null || !canMail) return { by: "hand", invitation }
    const written = letters.invitation(letterTo(tx, user, until))
    const secret = sealedFor(database, { link, password })
    const { email: to, language } = user
    tx.raise({ type: "mail.due", mail: { kind: "invitation", to, language, ...written, secret, uselessAt: until } })
    return { by: "mail", to }
  })
}

export const letterTo = (tx: Tx, user: User, until: Instant): LetterTo => ({
  name: `${user.firstName} ${user.lastName}`.trim(),
  username: user.username,
  language: user.language,
  until,
  timezone: tenantProfile(tx).timezone,
  look: lookOf(tx),
})

export const sealedFor = ({ secrets }: AppDatabase, secret: MailSecret): Uint8Array =>
  secrets.seal(JSON.stringify(secret), MAIL_SECRET_PLACE)
