/** Where the mail of a world in memory arrives; it can be made to answer like servers that do not take it. */
import type { Letter, Mailer, MailOutcome, MailServer } from "~/mail/rules.ts"

export class Mailbox implements Mailer {
  /** What has arrived, oldest first. */
  readonly letters: Letter[] = []
  /** What the server says from now on; null: it takes everything. */
  answers: MailOutcome | null = null
  tries = 0

  async send(_: MailServer, letter: Letter): Promise<MailOutcome> {
    this.tries += 1
    if (this.answers !== null) return this.answers
    this.letters.push(letter)
    return { result: "sent", answer: "250 2.0.0 OK" }
  }

  close(): void {}

  /** The last letter to an address. */
  to(address: string): Letter {
    const letter = this.letters.findLast((one) => one.to === address)
    if (!letter) throw new Error(`nothing has come to ${address}`)
    return letter
  }
}
