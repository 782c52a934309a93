/** Mails in motion: each claimed on disk before a server is called, settled there when it has answered. */
import type { AppDatabase } from "~/database/database.ts"
import type { MailRow } from "~/database/tables.ts"
import { SYSTEM } from "~/facts.ts"
import { type Cancel, type Clock, type Instant, onNextTurn } from "~/kernel/clock.ts"
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
import { backOff } from "../rules.ts"
import { dueMails, nextMailAt, tenantsWithMailInFlight, type WaitingMail } from "./rows.ts"

const AT_ONCE = 2

export type MailParts = {
  database: AppDatabase
  mailer: Mailer
  /** Who takes the mail of tenants that have set nobody. */
  standard: MailServer | null
  clock: Clock
  log: Log
}

export class Mails implements Mailing {
  #busy = new Set<Id>()
  #scheduled = false
  #stopped = false
  #disarm: Cancel = () => {}
  #givenUp = Promise.withResolvers<MailOutcome>()

  constructor(
    private readonly parts: MailParts,
    private readonly changed: () => void,
  ) {}

  get idle(): boolean {
    return this.#busy.size === 0 && !this.#scheduled
  }

  isPossible = (tenant: Id): boolean => this.#serverOf(tenant) !== null

  async sendNow(tenant: Id, mail: Mail): Promise<MailOutcome> {
    const server = this.#serverOf(tenant)
    if (!server) return { result: "not_now", reason: "no_server", answer: null }
    return this.#handOver(server, { ...mail, secret: mail.secret ?? null }, `now-${this.parts.clock.now()}`, [])
  }

  /** What an earlier run was sending is in doubt. */
  async recover(): Promise<void> {
    const { database } = this.parts
    for (const tenant of tenantsWithMailInFlight(database.appliance.read))
      await database.tenant(tenant).act(SYSTEM, doubtMails)
  }

  wake(): void {
    if (this.#scheduled || this.#stopped) return
    this.#scheduled = true
    onNextTurn(() => {
      this.#scheduled = false
      try {
        this.#run()
      } catch (error) {
        this.parts.log.error("mails could not look", describeError(error))
        this.#lookAgainAt(this.parts.clock.now() + backOff(1))
      }
      this.changed()
    })
  }

  stop(): void {
    this.#stopped = true
    this.#disarm()
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

  #run(): void {
    if (this.#stopped) return
    const { read } = this.parts.database.appliance
    for (const one of dueMails(read, AT_ONCE + this.#busy.size))
      if (this.#busy.size < AT_ONCE && !this.#busy.has(one.id)) this.#start(one)
    this.#lookAgainAt(nextMailAt(read))
  }

  #lookAgainAt(nextAt: Instant | null): void {
    this.#disarm()
    if (nextAt !== null) this.#disarm = this.parts.clock.wakeAt(nextAt, () => this.wake())
  }

  #start(one: WaitingMail): void {
    this.#busy.add(one.id)
    void this.#send(one)
      .catch((error) => this.parts.log.warn("mail not settled", describeError(error)))
      .finally(() => {
        this.#busy.delete(one.id)
        this.wake()
        this.changed()
      })
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
      return await this.#handOver(
        server,
        { ...mail, to: mail.recipient },
        String(mail.id),
        attachmentsOf(read, mail.id),
      )
    } catch (error) {
      this.parts.log.error("mail faulted", { mail: mail.id, ...describeError(error) })
      return { result: "refused", reason: "broken", answer: null }
    }
  }

  #handOver(
    server: MailServer,
    mail: Pick<Letter, "to" | "subject" | "text" | "html"> & { secret: Uint8Array | null },
    name: string,
    attachments: Letter["attachments"],
  ): Promise<MailOutcome> {
    const { database, mailer } = this.parts
    const { to, subject, secret } = mail
    const opened = secret ? (JSON.parse(database.secrets.open(secret, MAIL_SECRET_PLACE)) as MailSecret) : {}
    const text = withSecret(mail.text, opened)
    const html = withSecret(mail.html, opened, Bun.escapeHTML)
    const messageId = `<${name}.${database.bootId}@sportello>`
    return mailer.send(server, { to, from: server.sender, subject, text, html, messageId, attachments })
  }
}
