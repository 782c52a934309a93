/**
 * The one adapter to mail servers, over nodemailer's pool. It never tries again by itself: whether that is safe depends
 * on how far the server had come, which is what an outcome says (reliability-security.md §3.6).
 */
import { lookup } from "node:dns/promises"
import { BlockList, isIP } from "node:net"
import { Readable } from "node:stream"
import { createTransport } from "nodemailer"
import MailComposer from "nodemailer/lib/mail-composer"
import type { Letter, Mailer, MailOutcome, MailServer, MailTrouble } from "~/mail/rules.ts"

type Options = {
  /** Every address of a host name. */
  resolve?: (host: string) => Promise<readonly string[]>
  isAllowed?: (address: string) => boolean
  /** Further authorities that certificates may come from (PEM); the system's own are always believed. */
  authorities?: readonly string[]
  patience?: Patience
}
type Patience = { connectMs: number; greetMs: number; silenceMs: number }
type Transport = ReturnType<typeof createTransport>

/** Shorter than nodemailer's minutes: a screen waits for a test mail, and the queue tries again. */
const PATIENCE: Patience = { connectMs: 10_000, greetMs: 10_000, silenceMs: 30_000 }

export function createMailer(options: Options = {}): Mailer {
  const { resolve = systemResolve, isAllowed = isElsewhere } = options
  const transports = new Map<string, Transport>()
  const transportTo = (server: MailServer, address: string): Transport => {
    const key = JSON.stringify([server, address])
    const known = transports.get(key)
    if (known) return known
    for (const [other, transport] of transports) {
      transports.delete(other)
      transport.close()
    }
    const transport = createTransport(transportOptions(server, address, options))
    transports.set(key, transport)
    return transport
  }
  return {
    async send(server, letter) {
      const address = await addressOf(server, resolve, isAllowed)
      if ("result" in address) return address
      return handOver(transportTo(server, address.address), server, letter)
    },
    close() {
      for (const transport of transports.values()) transport.close()
      transports.clear()
    },
  }
}

/** The name is looked up once, judged, and dialled by what was judged: another answer a moment later leads nowhere. */
async function addressOf(
  { host, isForeign }: MailServer,
  resolve: (host: string) => Promise<readonly string[]>,
  isAllowed: (address: string) => boolean,
): Promise<{ address: string } | MailOutcome> {
  const addresses = isIP(host) ? [host] : await resolve(host).catch(() => [])
  const [first] = addresses
  if (first === undefined) return { result: "not_now", reason: "name_not_found", answer: null }
  if (isForeign && !addresses.every(isAllowed)) return { result: "not_now", reason: "not_allowed", answer: null }
  return { address: first }
}

const systemResolve = async (host: string) => (await lookup(host, { all: true })).map(({ address }) => address)

/** The machine itself, its neighbours on the link and what clouds keep there: nothing that a tenant may point at. */
const HERE = new BlockList()
for (const [network, bits] of [
  ["127.0.0.0", 8],
  ["0.0.0.0", 8],
  ["169.254.0.0", 16],
  ["224.0.0.0", 4],
] as const)
  HERE.addSubnet(network, bits, "ipv4")
for (const [network, bits] of [
  ["::", 127],
  ["fe80::", 10],
  ["ff00::", 8],
  ["::ffff:127.0.0.0", 104],
] as const)
  HERE.addSubnet(network, bits, "ipv6")
const isElsewhere = (address: string) => !HERE.check(address, isIP(address) === 6 ? "ipv6" : "ipv4")

function transportOptions(server: MailServer, address: string, { authorities = [], patience = PATIENCE }: Options) {
  const { host, port, security, username, password } = server
  const isHere = !isElsewhere(address)
  // A password goes over a line that nobody else reads, or over none.
  const needsTls = security === "starttls" || (security === "if_offered" && username !== null && !isHere)
  return {
    pool: true as const,
    maxConnections: 2,
    maxRequeues: 0,
    host: address,
    port,
    secure: security === "tls",
    requireTLS: needsTls,
    ignoreTLS: security === "none",
    ...(username === null ? {} : { auth: { user: username, pass: password ?? "" } }),
    tls: {
      minVersion: "TLSv1.2" as const,
      ...(isIP(host) ? {} : { servername: host }),
      ...(authorities.length > 0 ? { ca: [...authorities] } : {}),
    },
    connectionTimeout: patience.connectMs,
    greetingTimeout: patience.greetMs,
    socketTimeout: patience.silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

async function handOver(transport: Transport, server: MailServer, letter: Letter): Promise<MailOutcome> {
  const bytes = await composed(letter)
  let isHandedOver = false
  const raw = Readable.from([bytes])
  raw.once("end", () => {
    isHandedOver = true
  })
  try {
    const sent = await transport.sendMail({ raw, envelope: { from: plainAddress(server.sender), to: [letter.to] } })
    return { result: "sent", answer: shortened(sent.response) }
  } catch (error) {
    return outcomeOf(error as SmtpError, isHandedOver)
  }
}

const composed = ({ from, to, subject, text, html, messageId, attachments }: Letter): Promise<Buffer> =>
  new MailComposer({
    from,
    to,
    subject,
    text,
    html,
    messageId,
    headers: { "Auto-Submitted": "auto-generated" },
    attachments: attachments.map(({ name, mimeType, bytes, cid }) => ({
      filename: name,
      contentType: mimeType,
      content: Buffer.from(bytes),
      ...(cid === undefined ? {} : { cid, contentDisposition: "inline" as const }),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()

const plainAddress = (sender: string) => /<([^<>]+)>$/.exec(sender)?.[1] ?? sender

type SmtpError = Error & { code?: string; command?: string; response?: string; responseCode?: number }

/** A server's «no» is a «no»; silence after it had the whole mail may be a «yes». */
function outcomeOf(error: SmtpError, isHandedOver: boolean): MailOutcome {
  const { code = "", command = "", responseCode } = error
  const answer = error.response ? shortened(error.response) : null
  if (code === "ETLS") return { result: "not_now", reason: lostReason(error), answer }
  if (code === "EAUTH") return { result: "not_now", reason: "sign_in", answer }
  if (responseCode !== undefined && responseCode >= 400) {
    const reason = refusedAt(command)
    return responseCode >= 500 && reason !== "busy"
      ? { result: "refused", reason, answer }
      : { result: "not_now", reason: "busy", answer }
  }
  const reason = lostReason(error)
  return isHandedOver ? { result: "uncertain", reason } : { result: "not_now", reason, answer }
}

function refusedAt(command: string): MailTrouble {
  if (command.startsWith("MAIL")) return "sender_refused"
  if (command.startsWith("RCPT")) return "recipient_refused"
  return command.startsWith("DATA") ? "content_refused" : "busy"
}

function lostReason({ code = "", message }: SmtpError): MailTrouble {
  if (/certificate|self.signed|altname|CERT_|UNABLE_TO_VERIFY/i.test(`${code} ${message}`)) return "certificate"
  if (code === "ETLS" || /STARTTLS|\bTLS\b|\bSSL\b/.test(message)) return "tls"
  if (code === "EDNS") return "name_not_found"
  if (code === "ETIMEDOUT") return "timeout"
  return /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|Failed to connect/i.test(`${code} ${message}`)
    ? "unreachable"
    : "broken"
}

/** One line of the server's, not more than fits a screen. */
const shortened = (answer: string) => answer.replaceAll(/\s+/g, " ").trim().slice(0, 300)
