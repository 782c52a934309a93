/** What a provider says of somebody: whom it means, of which company, in which groups, and what of it is proved. */
import { type Refusal, refuse } from "~/kernel/step.ts"
import type { Claims, ProviderName, ProviderSettings } from "./provider.ts"

/** Whom a provider means. */
export type Person = {
  issuer: string
  /** The provider's own name for them: `oid` at Entra ID, `sub` elsewhere. */
  subject: string
  /** By which external id an administrator may have meant them, in lower case. */
  externalIds: readonly string[]
  /** A mail address that is proved to be theirs, in lower case. */
  email: string | null
  /** The provider has asked them for a second factor. */
  factor: boolean
}

const textOf = (claims: Claims, name: string): string | null => {
  const value = claims[name]
  return typeof value === "string" && value !== "" ? value : null
}
const listOf = (claims: Claims, name: string): string[] => {
  const value = claims[name]
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : []
}
const domainOf = (name: string | null): string | null => name?.split("@")[1]?.toLowerCase() ?? null

/** Refuses login.provider_untrusted, login.provider_guest, login.provider_domain, login.provider_group. */
export function personIn(settings: ProviderSettings, claims: Claims): Person | Refusal {
  const { provider, account, guests, allowedDomains, allowedGroups } = settings
  const issuer = textOf(claims, "iss")
  const subject = textOf(claims, provider === "entra" ? "oid" : "sub")
  if (issuer === null || subject === null) return refuse("login.provider_untrusted")
  if (provider === "entra" && textOf(claims, "tid")?.toLowerCase() !== account)
    return refuse("login.provider_untrusted")
  if (isGuest(provider, claims) && !guests) return refuse("login.provider_guest")
  const domain = companyDomain(provider, claims)
  if (allowedDomains.length > 0 && (domain === null || !allowedDomains.includes(domain)))
    return refuse("login.provider_domain")
  const groups = groupsIn(provider, claims)
  if (allowedGroups.length > 0 && !allowedGroups.some((group) => groups.includes(group)))
    return refuse("login.provider_group")
  return {
    issuer,
    subject,
    externalIds: namesOf(provider, claims),
    email: provedEmail(settings, claims),
    factor: listOf(claims, "amr").includes("mfa"),
  }
}

/**
 * What somebody belongs to, as the provider tells it: groups and roles at Entra ID and at a provider of one's own. At
 * Salesforce there are none: custom permissions stand for them by their names, custom attributes as `name=value`, where
 * the company lets its app tell them. Google tells nothing of the kind.
 */
function groupsIn(provider: ProviderName, claims: Claims): string[] {
  const named = [...listOf(claims, "groups"), ...listOf(claims, "roles")]
  if (provider !== "salesforce") return named
  const isGiven = (value: unknown) => value === true || value === "true"
  const permissions = pairsIn(claims.custom_permissions).filter(([, value]) => isGiven(value))
  const attributes = pairsIn(claims.custom_attributes).filter(([, value]) => typeof value === "string")
  return [
    ...named,
    ...listOf(claims, "custom_permissions"),
    ...permissions.map(([name]) => name),
    ...attributes.map(([name, value]) => `${name}=${value}`),
  ]
}

const pairsIn = (value: unknown): [string, unknown][] =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : []

/** Whether something is asked of the provider that it tells only when it is asked for it. */
export const asksPermissions = ({ provider, allowedGroups }: ProviderSettings): boolean =>
  provider === "salesforce" && allowedGroups.some((group) => !group.includes("="))

/** Whether what decides is still to be asked for: the ID token has it where the company has ticked a box for it. */
export const lacksGroups = ({ provider, allowedGroups }: ProviderSettings, claims: Claims): boolean =>
  provider === "salesforce" &&
  allowedGroups.length > 0 &&
  claims.custom_permissions === undefined &&
  claims.custom_attributes === undefined

/** At Entra ID: a member of another directory, or somebody who was invited by mail. */
function isGuest(provider: ProviderName, claims: Claims): boolean {
  if (provider !== "entra") return false
  const other = textOf(claims, "idp")
  const name = textOf(claims, "upn") ?? textOf(claims, "preferred_username") ?? ""
  return (
    [1, "1"].includes(claims.acct as number | string) ||
    name.includes("#EXT#") ||
    (other !== null && other !== claims.iss)
  )
}

/** Which company somebody is of, by what the provider answers for. */
function companyDomain(provider: ProviderName, claims: Claims): string | null {
  if (provider === "google") return textOf(claims, "hd")?.toLowerCase() ?? null
  if (provider === "entra") return domainOf(textOf(claims, "upn") ?? textOf(claims, "preferred_username"))
  return claims.email_verified === true ? domainOf(textOf(claims, "email")) : null
}

/** What an administrator can know of somebody before they come for the first time. A mail address is no such name. */
function namesOf(provider: ProviderName, claims: Claims): string[] {
  const names = {
    entra: ["oid", "upn", "preferred_username"],
    google: ["sub"],
    salesforce: ["sub", "user_id"],
  }[provider]
  return names.flatMap((name) => textOf(claims, name)?.toLowerCase() ?? [])
}

/**
 * Google proves addresses of the domain that it administers; Entra ID says so only by `xms_edov`, never by
 * `email_verified`; Salesforce by `email_verified` of the company's own My Domain.
 */
function provedEmail({ provider, allowedDomains }: ProviderSettings, claims: Claims): string | null {
  const email = textOf(claims, "email")?.toLowerCase() ?? null
  const hosted = textOf(claims, "hd")?.toLowerCase() ?? null
  const proved = {
    google:
      claims.email_verified === true &&
      hosted !== null &&
      allowedDomains.includes(hosted) &&
      domainOf(email) === hosted,
    entra: [true, 1, "1", "true"].includes(claims.xms_edov as never),
    salesforce: claims.email_verified === true,
  }[provider]
  return proved ? email : null
}
