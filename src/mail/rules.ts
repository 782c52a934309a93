/**
 * Mail: what one says, whom one can be written to, what follows from what a server answered. A mail is never sent twice
 * silently: one whose end nobody knows is shown as such, and a person decides.
 */
import { days, hours, type Instant, type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

export const MAIL_KINDS = [
  "invitation",
  "password_reset",
  "password_changed",
  "way_in_changed",
  "conversation",
  "report",
  "test",
] as const
export type MailKind = (typeof MAIL_KINDS)[number]

/** A mail to post. Where `text` and `html` say `{{link}}` or `{{password}}`, what `secret` seals is put in as it leaves. */
export type Mail = {
  kind: MailKind
  to: string
  language: string
  subject: string
  text: string
  html: string
  attachments?: readonly MailAttachment[]
  /** It was made of a conversation; its sender hears when it does not get there. */
  about?: { conversation: Id; author: Id }
  /** A MailSecret as JSON, sealed for MAIL_SECRET_PLACE. */
  secret?: Uint8Array
  /** From then on nobody has any use for it, and it is not sent any more; three days unless told. */
  uselessAt?: Instant
}
/** A file that is in the database, by reference. */
export type MailAttachment = { file: Id; name: string; mimeType: string }
export type MailSecret = { link?: string; password?: string }
export const MAIL_SECRET_PLACE = "mail/secret"
export const passwordPlace = (tenant: Id): string => `mailServer/password/${tenant}`

export const SECURITIES = ["starttls", "tls", "none"] as const
export type MailServer = {
  host: string
  port: number
  /** `if_offered`: STARTTLS where the server has it, as an smtp URL of the environment is understood. */
  security: (typeof SECURITIES)[number] | "if_offered"
  username: string | null
  password: string | null
  sender: string
  /** Set by a tenant: it may not lead to the machine the appliance runs on, nor to its neighbours on the link. */
  isForeign: boolean
}

/** `cid`: its HTML shows it under this name, and it is no attachment of its own. */
export type LetterAttachment = { name: string; mimeType: string; bytes: Uint8Array; cid?: string }

/** What a server is given. */
export type Letter = Pick<Mail, "to" | "subject" | "text" | "html"> & {
  from: string
  /** Ours, so that a mail that came twice can be told. */
  messageId: string
  attachments: readonly LetterAttachment[]
}

/** Why a mail did not leave; a phrase each. */
export const TROUBLES = [
  "no_server",
  "unreachable",
  "name_not_found",
  "not_allowed",
  "tls",
  "certificate",
  "sign_in",
  "sender_refused",
  "recipient_refused",
  "content_refused",
  "busy",
  "timeout",
  "broken",
  "useless",
  "interrupted",
] as const
export type MailTrouble = (typeof TROUBLES)[number]

/** What came of one try; `answer` is the server's own words. */
export type MailOutcome =
  | { result: "sent"; answer: string }
  /** Not taken, and it will not be: trying again is of no use. */
  | { result: "refused"; reason: MailTrouble; answer: string | null }
  /** Not taken for sure; perhaps later. */
  | { result: "not_now"; reason: MailTrouble; answer: string | null }
  /** The server had everything and did not say whether it took it. */
  | { result: "uncertain"; reason: MailTrouble }

/** Hands mails to servers: src/outbox/mail/smtp.ts. */
export interface Mailer {
  send(server: MailServer, letter: Letter): Promise<MailOutcome>
  /** Lets go of connections. */
  close(): void
}

/** What the screens know of sending. */
export interface Mailing {
  /** Whether a server is set for the tenant; without one people copy what would have been sent. */
  isPossible(tenant: Id): boolean
  /** Sends a mail now, past the queue, and says what the server said. */
  sendNow(tenant: Id, mail: Mail): Promise<MailOutcome>
}

export type MailState = "queued" | "sending" | "sent" | "failed" | "uncertain"

const PATIENCE: Milliseconds = days(3)
const WAITS: readonly Milliseconds[] = [seconds(30), minutes(2), minutes(5), minutes(15), hours(1), hours(3), hours(6)]

/** It costs nothing to look, and somebody may just be setting one. */
const NO_SERVER_WAIT: Milliseconds = minutes(1)

export const uselessFrom = ({ uselessAt }: Mail, now: Instant): Instant => uselessAt ?? now + PATIENCE

export type MailPlan =
  | { state: "sent" }
  | { state: "queued"; nextAttemptAt: Instant; reason: MailTrouble }
  | { state: "failed"; reason: MailTrouble }
  | { state: "uncertain"; reason: MailTrouble }

/** What becomes of a mail after its `tries`th try. */
export function planAfter(outcome: MailOutcome, tries: number, uselessAt: Instant, now: Instant): MailPlan {
  switch (outcome.result) {
    case "sent":
      return { state: "sent" }
    case "refused":
      return { state: "failed", reason: outcome.reason }
    case "uncertain":
      return { state: "uncertain", reason: outcome.reason }
    case "not_now": {
      const wait = outcome.reason === "no_server" ? NO_SERVER_WAIT : (WAITS[tries - 1] ?? WAITS.at(-1)!)
      const nextAttemptAt = now + wait
      const { reason } = outcome
      return nextAttemptAt < uselessAt ? { state: "queued", nextAttemptAt, reason } : { state: "failed", reason }
    }
  }
}

const LONGEST_ADDRESS = 254
const LOCAL = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
const DOMAIN =
  /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?)*$/u

/**
 * One mailbox as people write it: nothing a mail program could take for two of them, a name, a comment or a header. The
 * length is looked at first: a megabyte of address costs nothing.
 */
export function isMailAddress(text: string): boolean {
  if (text.length > LONGEST_ADDRESS) return false
  const [local = "", domain = "", ...more] = text.split("@")
  return more.length === 0 && local.length <= 64 && LOCAL.test(local) && DOMAIN.test(domain)
}

/** `Acme <office@acme.test>` or an address alone. */
export function isSender(text: string): boolean {
  const named = /^([^<>"@,;:\\\p{Cc}]{1,100}) <([^<>]+)>$/u.exec(text)
  return isMailAddress(named ? (named[2] ?? "") : text)
}

export const isHost = (text: string): boolean =>
  text.length <= 253 && (DOMAIN.test(text) || /^[0-9a-f:.]+$/i.test(text)) && !text.startsWith("-")

/** The secret's parts in their places; in HTML they are escaped. */
export function withSecret(
  body: string,
  secret: MailSecret,
  written: (text: string) => string = (text) => text,
): string {
  return body
    .replaceAll("{{link}}", written(secret.link ?? ""))
    .replaceAll("{{password}}", written(secret.password ?? ""))
}
