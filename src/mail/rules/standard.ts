/** The server of the environment, which takes the mail of every tenant that has none of its own. */
import type { MailServer } from "../rules.ts"

const PORTS: Record<string, number> = { "smtp:": 587, "smtps:": 465 }

/** `sender`: null for the appliance's name at the host that browsers know it by. */
export function serverOfUrl(smtpUrl: string | null, sender: string | null, appliance: URL): MailServer | null {
  if (smtpUrl === null) return null
  const url = new URL(smtpUrl)
  const username = url.username === "" ? null : decodeURIComponent(url.username)
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (PORTS[url.protocol] ?? 587) : Number(url.port),
    security: url.protocol === "smtps:" ? "tls" : "if_offered",
    username,
    password: username === null ? null : decodeURIComponent(url.password),
    sender: sender ?? `sportello@${/^[\d.:[\]]+$/.test(appliance.hostname) ? "localhost" : appliance.hostname}`,
    isForeign: false,
  }
}
