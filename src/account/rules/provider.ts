/**
 * Sign-in with a provider: what a company sets, what a provider says of somebody, and whom of the company's users it
 * means. Who somebody is hangs on the provider's own name for them, never on a mail address.
 */
import { type Refusal, refuse } from "~/kernel/step.ts"
import type { Person } from "./person.ts"

export const PROVIDERS = ["entra", "google", "salesforce"] as const
export type ProviderName = (typeof PROVIDERS)[number]
/** As people know them; names are the same in every language. */
export const PROVIDER_NAMES: Readonly<Record<ProviderName, string>> = {
  entra: "Microsoft",
  google: "Google",
  salesforce: "Salesforce",
}

export type ProviderSettings = {
  provider: ProviderName
  enabled: boolean
  clientId: string
  /** The company's directory at Entra ID, its My Domain at Salesforce; nothing at Google. */
  account: string
  /** In place of the provider's own: a national cloud, a provider of one's own. The operator alone sets it. */
  issuer: string | null
  allowedDomains: readonly string[]
  allowedGroups: readonly string[]
  /** Whether people of other companies come in who are guests at the provider. */
  guests: boolean
  /** Whether a user without external id is found by the mail address that the provider has proved, the first time. */
  linksByEmail: boolean
  /** Whether a second factor that the provider has asked for counts here. */
  trustsFactor: boolean
}
export type ProviderServer = ProviderSettings & { clientSecret: string }

/** What is asked when somebody is sent there; kept until they are back. */
export type ProviderQuestion = { state: string; nonce: string; verifier: string }
export type Claims = Readonly<Record<string, unknown>>

/** What went wrong between us and a provider: it cannot be reached, says no, does not know us, or is not believed. */
export type ProviderTrouble = "down" | "declined" | "misconfigured" | "untrusted"
export type ProviderAnswer<Value> = Value | { trouble: ProviderTrouble; answer: string | null }
export type Examination = ProviderAnswer<{ secret: "accepted" | "refused" | "unknown"; answer: string | null }>

/** Why somebody who was sent to a provider did not come in: one sentence each. */
export const PROVIDER_TURNS = [
  "provider_down",
  "provider_declined",
  "provider_misconfigured",
  "provider_untrusted",
  "provider_over",
  "provider_off",
  "provider_unknown",
  "provider_other_account",
  "provider_disabled",
  "provider_guest",
  "provider_domain",
  "provider_group",
  "network_refused",
] as const

/** Whoever speaks with providers (identity/providers.ts). */
export interface Providers {
  /** Where somebody is sent; `anew`: their password is to be asked for although the provider knows them still. */
  address(
    server: ProviderServer,
    back: URL,
    question: ProviderQuestion,
    anew: boolean,
  ): Promise<ProviderAnswer<{ url: URL }>>
  /** What the provider says of whoever came back with `answer`, every proof of it verified. */
  claims(server: ProviderServer, answer: URL, question: ProviderQuestion): Promise<ProviderAnswer<{ claims: Claims }>>
  /** Whether it answers and knows us. */
  examine(server: ProviderServer, back: URL): Promise<Examination>
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const DOMAIN = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/
const MOST_IN_LIST = 100

/** Words typed one a line or between commas. */
export const wordsIn = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[\n,;]/)
      .map((word) => word.trim())
      .filter((word) => word !== ""),
  ),
]

/** As they are kept: domains in lower case without the @ people put before them. */
export function normalSettings(given: ProviderSettings): ProviderSettings {
  const account = given.account
    .trim()
    .toLowerCase()
    .replace(/^https:\/\//, "")
    .replace(/\/+$/, "")
  const allowedDomains = given.allowedDomains.map((domain) => domain.toLowerCase().replace(/^@/, ""))
  return { ...given, account: given.provider === "google" ? "" : account, allowedDomains }
}

/** Why (normal) settings cannot be; null when they can. */
export function refuseSettings({ provider, account, issuer, ...rest }: ProviderSettings): Refusal | null {
  const { clientId, allowedDomains, allowedGroups, linksByEmail } = rest
  if (!/^[\x21-\x7e]{1,300}$/.test(clientId)) return refuse("provider.client_malformed")
  // Not «common» nor «organizations»: whoever has any directory at all could then say whom they are.
  if (provider === "entra" && !GUID.test(account)) return refuse("provider.directory_malformed")
  if (provider === "salesforce" && !DOMAIN.test(account)) return refuse("provider.my_domain_malformed")
  if (provider === "salesforce" && /^(login|test)\.salesforce\.com$/.test(account))
    return refuse("provider.my_domain_shared")
  if (issuer !== null && !isIssuer(issuer)) return refuse("provider.issuer_malformed")
  if (!allowedDomains.every((domain) => DOMAIN.test(domain))) return refuse("provider.domain_malformed")
  if (allowedDomains.length > MOST_IN_LIST || allowedGroups.length > MOST_IN_LIST) return refuse("provider.too_many")
  if (provider === "google" && issuer === null && allowedGroups.length > 0) return refuse("provider.groups_not_told")
  if (provider === "google" && linksByEmail && allowedDomains.length === 0) return refuse("provider.domain_needed")
  return null
}

/** Without TLS on the same machine only. */
function isIssuer(issuer: string): boolean {
  const url = URL.parse(issuer)
  if (url?.search !== "" || url.hash !== "" || url.username !== "") return false
  return (
    url.protocol === "https:" || (url.protocol === "http:" && /^(127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname))
  )
}

export function issuerOf({ provider, account, issuer }: ProviderSettings): string {
  if (issuer !== null) return issuer
  if (provider === "entra") return `https://login.microsoftonline.com/${account}/v2.0`
  return provider === "google" ? "https://accounts.google.com" : `https://${account}`
}

/** Where a provider's own servers are, and whoever stands in for one: nothing else is called. */
export function originsOf(settings: ProviderSettings): { origin: string; addresses: "public" | "any" }[] {
  const origins = [new URL(issuerOf(settings)).origin]
  if (settings.issuer !== null) return origins.map((origin) => ({ origin, addresses: "any" }))
  if (settings.provider === "google")
    origins.push("https://oauth2.googleapis.com", "https://www.googleapis.com", "https://openidconnect.googleapis.com")
  return origins.map((origin) => ({ origin, addresses: "public" }))
}

/** Where a provider sends people back to: another path for each provider of each company, so that none answers for another. */
export const backPath = (provider: ProviderName, slug: string): string => `/login/with/${provider}/${slug}`

/** A user of the company who signs in elsewhere. */
export type Linkable = {
  id: number
  enabled: boolean
  externalId: string | null
  email: string | null
  /** Another person of the same provider is linked with them already. */
  isLinked: boolean
}

/**
 * Whom the provider means the first time: a user whom an administrator made for that, by external id, else – where the
 * company wants it – by a proved mail address that is one user's alone. Refuses login.provider_unknown,
 * login.provider_other_account, login.provider_disabled.
 */
export function userMeant(settings: ProviderSettings, person: Person, users: readonly Linkable[]): Linkable | Refusal {
  const named = users.filter(
    ({ externalId }) => externalId !== null && person.externalIds.includes(externalId.toLowerCase()),
  )
  const mailed = users.filter(
    ({ externalId, email }) => externalId === null && email !== null && email.toLowerCase() === person.email,
  )
  const meant = named.length > 0 ? named : settings.linksByEmail ? mailed : []
  const [user] = meant
  if (!user || meant.length > 1) return refuse("login.provider_unknown")
  if (user.isLinked) return refuse("login.provider_other_account")
  return user.enabled ? user : refuse("login.provider_disabled")
}
