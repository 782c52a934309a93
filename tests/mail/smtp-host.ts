/** A real mail server on this machine (npm's smtp-server), as kind or as odd as a test wants it. */
import type { AddressInfo } from "node:net"
import { SMTPServer, type SMTPServerOptions } from "smtp-server"
import type { MailServer } from "~/mail/rules.ts"

export type Arrived = { from: string; to: string[]; text: string; secure: boolean; user: string | null }

export async function openSmtpHost(options: SMTPServerOptions = {}) {
  const arrived: Arrived[] = []
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on("data", (part: Buffer) => parts.push(part))
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom ? mailFrom.address : ""
        const to = rcptTo.map(({ address }) => address)
        const user = typeof session.user === "string" ? session.user : null
        arrived.push({ from, to, text: Buffer.concat(parts).toString("utf8"), secure: session.secure, user })
        done()
      })
    },
    ...options,
  })
  server.on("error", () => {})
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    arrived,
    port,
    at: (more: Partial<MailServer> = {}): MailServer => ({
      host: "127.0.0.1",
      port,
      security: "if_offered",
      username: null,
      password: null,
      sender: "Sportello <sportello@company.test>",
      isForeign: false,
      ...more,
    }),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
