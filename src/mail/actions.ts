/** What happens to mails: they are queued, tried, settled; and to the server a tenant sends them by. */
import { changesBetween } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import type { MailRow, MailServerRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import {
  isHost,
  isMailAddress,
  isSender,
  type Mail,
  type MailOutcome,
  type MailServer,
  type MailState,
  passwordPlace,
  planAfter,
} from "./rules.ts"
import {
  attachmentsOfMail,
  hurryMails,
  insertMail,
  loadMail,
  loadServer,
  mailsInFlight,
  saveMail,
  saveServer,
} from "./store.ts"

/** Refuses `mail.address_malformed`. */
export function queueMail(tx: Tx, mail: Mail): Id {
  demand(isMailAddress(mail.to), "mail.address_malformed")
  const id = insertMail(tx, mail)
  ringMails(tx)
  return id
}

/** The mail is being sent from now on; null when it has no business to. */
export function claimMail(tx: Tx, id: Id): MailRow | null {
  const mail = loadMail(tx, id)
  if (mail?.state !== "queued") return null
  if (tx.now >= mail.uselessAt) {
    become(tx, mail, "failed", { reason: "useless" })
    return null
  }
  return become(tx, mail, "sending", { tries: mail.tries + 1 })
}

/** What came of the try. */
export function settleMail(tx: Tx, id: Id, outcome: MailOutcome): void {
  const mail = loadMail(tx, id)
  if (mail?.state !== "sending") return
  const { state, ...plan } = planAfter(outcome, mail.tries, mail.uselessAt, tx.now)
  const answer = "answer" in outcome ? outcome.answer : null
  become(tx, mail, state, { reason: null, sentAt: state === "sent" ? tx.now : null, answer, ...plan })
}

/** What an earlier run was sending when it ended: nobody knows whether the server has it. */
export function doubtMails(tx: Tx): void {
  for (const mail of mailsInFlight(tx)) become(tx, mail, "uncertain", { reason: "interrupted" })
}

/** Somebody decides that a mail goes out again. Refuses `mail.secret_gone`, `mail.not_over`. */
export function sendAgain(tx: Tx, id: Id): void {
  const mail = found(loadMail(tx, id))
  demand(mail.state === "failed" || mail.state === "uncertain", "mail.not_over")
  demand(!/\{\{(?:link|password)\}\}/.test(mail.text), "mail.secret_gone")
  const { kind, recipient: to, language, subject, text, html } = mail
  const attachments = attachmentsOfMail(tx, id)
  const { conversation, author } = mail
  const about = conversation === null || author === null ? {} : { about: { conversation, author } }
  const again: Mail = { kind: kind as Mail["kind"], to, language, subject, text, html, attachments, ...about }
  tx.raise({ type: "mail.due", mail: again })
}

type Standing = Partial<Pick<MailRow, "reason" | "answer" | "tries" | "nextAttemptAt" | "sentAt">>

function become(tx: Tx, before: MailRow, state: MailState, standing: Standing): MailRow {
  const next: MailRow = { ...before, nextAttemptAt: null, ...standing, state }
  saveMail(tx, next)
  ringMails(tx)
  const { conversation, author, recipient } = before
  if (conversation !== null && author !== null)
    tx.raise({ type: "mail.about_changed", about: { conversation, author }, to: recipient, state })
  return next
}

/** Whoever has the list of mails on screen watches the topic. */
const ringMails = (tx: Tx): void => tx.ring("mails", { everyone: true, watchersOnly: true })

export type MailServerChange = Omit<MailServer, "isForeign" | "security"> & { security: MailServerRow["security"] }

/**
 * Gives the tenant a server of its own, or the appliance's again. A null password keeps the one there is. Answers whether
 * anything is different. Refuses `mail.host_malformed`, `mail.sender_malformed`, `mail.password_missing`.
 */
export function setMailServer(tx: Tx, secrets: Secrets, given: MailServerChange | null): boolean {
  const before = loadServer(tx)
  if (given === null && before === null) return false
  const next = given && rowOf(tx, secrets, before, given)
  const [was, is] = [before, next].map((row) => row && { ...row, password: opened(tx, secrets, row) })
  const changes = changesBetween(was ?? {}, is ?? {}, ["password"])
  if (Object.keys(changes).length === 0) return false
  saveServer(tx, next)
  hurryMails(tx)
  const subject = { kind: "settings", id: null, name: tenantProfile(tx).name } as const
  tx.raise({ type: "audit.due", act: "mail.changed", subject, changes }, { type: "mail.server_changed" })
  return true
}

function rowOf(tx: Tx, secrets: Secrets, before: MailServerRow | null, given: MailServerChange): MailServerRow {
  const { host, port, security, username, sender } = given
  demand(isHost(host), "mail.host_malformed")
  demand(isSender(sender), "mail.sender_malformed")
  // What was told to one host is never handed to another: the page that cannot show it must not send it away either.
  const kept = before && before.host === host ? opened(tx, secrets, before) : null
  const password = username === null ? null : (given.password ?? kept)
  demand(username === null || password !== null, "mail.password_missing")
  const place = passwordPlace(tx.tenant)
  return { host, port, security, username, sender, password: password === null ? null : secrets.seal(password, place) }
}

const opened = (tx: Tx, secrets: Secrets, { password }: MailServerRow): string | null =>
  password && secrets.open(password, passwordPlace(tx.tenant))
