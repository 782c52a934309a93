/** Mails in motion: each claimed on disk before a server is called, settled there when it has answered. */
import type { AppDatabase } from "~/database/database.ts"
import type { MailRow } from "~/database/tables.ts"
import { SYSTEM } from "~/facts.ts"
import type { Clock } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { describeError, type Log } from "~/kernel/log.ts"
import { claimMail, doubtMails, settleMail } from "~/mail/actions.ts"
import { attachmentsOf, mailServerFor } from "~/mail/queries.ts"
import {
  type Letter,
  MAIL_SECRET_PLACE,
  type Mail,
  type Mailer,
  type Mailing,
  type MailOutcome,
  type MailSecret,
  type MailServer,
  withSecret,
} from "~/mail/rules.ts"
import { Pool } from "../pool.ts"
import { withLogo } from "./logo.ts"
import { dueMails, nextMailAt, tenantsWithMailInFlight, type WaitingMail } from "./rows.ts"

export type MailParts = {
  database: AppDatabase
  mailer: Mailer
  /** Who takes the mail of tenants that have set nobody. */
  standard: MailServer | null
  clock: Clock
  log: Log
}

export class Mails implements Mailing {
  #pool: Pool<WaitingMail>
  #givenUp = Promise.withResolvers<MailOutcome>()

  constructor(
    private readonly parts: MailParts,
    changed: () => void,
  ) {
    const { read } = parts.database.appliance
    const trade = {
      name: "mails",
      atOnce: 2,
      due: (most: number) => dueMails(read, most),
      nextAt: () => nextMailAt(read),
      keyOf: (one: WaitingMail) => one.id,
      settle: (one: WaitingMail) => this.#send(one),
    }
    this.#pool = new Pool(parts, trade, changed)
  }

  get idle(): boolean {
    return this.#pool.idle
  }

  isPossible = (tenant: Id): boolean => this.#serverOf(tenant) !== null

  async sendNow(tenant: Id, mail: Mail): Promise<MailOutcome> {
    const server = this.#serverOf(tenant)
    if (!server) return { result: "not_now", reason: "no_server", answer: null }
    const read = this.parts.database.tenant(tenant).read
    const given = {
      ...mail,
      secret: mail.secret ?? null,
      ...(await withLogo(read, { html: mail.html, attachments: [] }, this.parts.log)),
    }
    return this.#handOver(server, given, `now-${this.parts.clock.now()}`)
  }

  /** What an earlier run was sending is in doubt. */
  async recover(): Promise<void> {
    const { database } = this.parts
    for (const tenant of tenantsWithMailInFlight(database.appliance.read))
      await database.tenant(tenant).act(SYSTEM, doubtMails)
  }

  wake(): void {
    this.#pool.wake()
  }

  stop(): void {
    this.#pool.stop()
  }

  /** Whoever is being written to now has it or not: nobody waits to hear. */
  giveUp(): void {
    this.#givenUp.resolve({ result: "uncertain", reason: "interrupted" })
    this.parts.mailer.close()
  }

  #serverOf(tenant: Id): MailServer | null {
    const { database, standard } = this.parts
    return mailServerFor(database.appliance.read, database.secrets, tenant, standard)
  }

  async #send({ tenant, id }: WaitingMail): Promise<void> {
    const { database, log } = this.parts
    const handle = database.tenant(tenant)
    const mail = await handle.act(SYSTEM, (tx) => claimMail(tx, id))
    if (!mail) return
    const outcome = await Promise.race([this.#try(tenant, mail), this.#givenUp.promise])
    if (outcome.result !== "sent") log.warn("mail not sent", { mail: id, reason: outcome.reason })
    await handle.act(SYSTEM, (tx) => settleMail(tx, id, outcome))
  }

  async #try(tenant: Id, mail: MailRow): Promise<MailOutcome> {
    const server = this.#serverOf(tenant)
    if (!server) return { result: "not_now", reason: "no_server", answer: null }
    const { read } = this.parts.database.tenant(tenant)
    try {
      const body = { html: mail.html, attachments: attachmentsOf(read, mail.id) }
      const given = { ...mail, to: mail.recipient, ...(await withLogo(read, body, this.parts.log)) }
      return await this.#handOver(server, given, String(mail.id))
    } catch (error) {
      this.parts.log.error("mail faulted", { mail: mail.id, ...describeError(error) })
      return { result: "refused", reason: "broken", answer: null }
    }
  }

  #handOver(
    server: MailServer,
    mail: Pick<Letter, "to" | "subject" | "text" | "html" | "attachments"> & { secret: Uint8Array | null },
    name: string,
  ): Promise<MailOutcome> {
    const { database, mailer } = this.parts
    const { to, subject, secret, attachments } = mail
    const opened = secret ? (JSON.parse(database.secrets.open(secret, MAIL_SECRET_PLACE)) as MailSecret) : {}
    const text = withSecret(mail.text, opened)
    const html = withSecret(mail.html, opened, Bun.escapeHTML)
    const messageId = `<${name}.${database.bootId}@sportello>`
    return mailer.send(server, { to, from: server.sender, subject, text, html, messageId, attachments })
  }
}
