/** Sign-in with the company's directory (LDAP, Active Directory): what a company sets, and what its groups decide. */
import type { Level } from "~/facts.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"

export const DIRECTORY_WAYS = ["user", "search"] as const
export type DirectoryWay = (typeof DIRECTORY_WAYS)[number]

/** Who is in the group is of this level, and serves these skillsets. */
export type GroupRule = { group: string; level: Level | null; skillsets: readonly string[] }

export type DirectorySettings = {
  enabled: boolean
  /** `ldap://host:389` or `ldaps://host:636`. */
  url: string
  /** Whether a plain connection is turned into one by TLS before anything is said. */
  startTls: boolean
  /** PEM of the authority that the server's certificate is of; null: those of the machine. */
  certificate: string | null
  /** As the user themselves by a name made of theirs, or searched for by a service account first. */
  way: DirectoryWay
  /** `uid={username},ou=people,dc=acme,dc=test` or `{username}@acme.test`. */
  bindName: string
  serviceName: string
  searchBase: string
  /** `(&(objectClass=person)(uid={username}))` */
  userFilter: string
  /** Where groups are looked for that the entry itself does not name. */
  groupBase: string
  /** Who is in none of them does not come in; none: everybody may. */
  allowedGroups: readonly string[]
  groupRules: readonly GroupRule[]
}
export type DirectoryServer = DirectorySettings & { servicePassword: string | null }

/** Why a directory did not say yes or no. */
export type DirectoryTrouble =
  | "unreachable"
  | "tls"
  | "slow"
  | "service_refused"
  | "search_refused"
  | "several"
  | "other"
export type DirectoryAnswer =
  | { result: "right"; name: string; groups: readonly string[] }
  | { result: "wrong" }
  | { result: "trouble"; trouble: DirectoryTrouble; answer: string | null }

/** Whoever speaks with directories (identity/directories.ts). */
export interface Directories {
  /** Whether the directory knows the person by that password, and which groups they are in. */
  check(server: DirectoryServer, username: string, password: string): Promise<DirectoryAnswer>
  /** Whether it can be reached, and takes the service account where there is one; null: all is well. */
  examine(server: DirectoryServer): Promise<Extract<DirectoryAnswer, { result: "trouble" }> | null>
}

const PLACEHOLDER = "{username}"
const has = (template: string) => template.split(PLACEHOLDER).length === 2
const MOST = 500

/** Why settings cannot be; null when they can. `hasPassword`: the service account has one. */
export function refuseDirectory(given: DirectorySettings, hasPassword: boolean): Refusal | null {
  const { url, startTls, way, bindName, serviceName, searchBase, userFilter, certificate } = given
  if (!isDirectoryUrl(url)) return refuse("directory.url_malformed")
  if (startTls && url.startsWith("ldaps:")) return refuse("directory.tls_twice")
  if (certificate !== null && !isCertificate(certificate)) return refuse("directory.certificate_malformed")
  if ([bindName, serviceName, searchBase, userFilter, given.groupBase].some((text) => text.length > MOST))
    return refuse("directory.too_long")
  if (way === "user" && !has(bindName)) return refuse("directory.bind_name_malformed", { username: PLACEHOLDER })
  if (way === "search" && serviceName.trim() === "") return refuse("directory.service_needed")
  if (way === "search" && !hasPassword) return refuse("directory.service_password_needed")
  if (way === "search" && searchBase.trim() === "") return refuse("directory.base_needed")
  if ((way === "search" || searchBase !== "") && !isFilter(userFilter))
    return refuse("directory.filter_malformed", { username: PLACEHOLDER })
  return null
}

function isDirectoryUrl(text: string): boolean {
  const url = URL.parse(text)
  if (!url || !/^ldaps?:$/.test(url.protocol) || url.hostname === "") return false
  return url.username === "" && url.search === "" && url.hash === "" && (url.pathname === "" || url.pathname === "/")
}

const isCertificate = (text: string): boolean =>
  /^-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*$/.test(
    text.trim().split(/(?<=-----END CERTIFICATE-----)\s*/)[0] ?? "",
  )

/** With the name in it once, in brackets that close. */
function isFilter(filter: string): boolean {
  if (!filter.startsWith("(") || !filter.endsWith(")") || filter.split(PLACEHOLDER).length < 2) return false
  let depth = 0
  for (const letter of filter) {
    if (letter === "(") depth++
    if (letter === ")") depth--
    if (depth < 0) return false
  }
  return depth === 0
}

/** RFC 4515: what is typed stays a value and becomes no filter. */
export const inFilter = (value: string): string =>
  value.replaceAll(/[\\*()\0]/g, (letter) => `\\${letter.charCodeAt(0).toString(16).padStart(2, "0")}`)

/** RFC 4514: what is typed stays a value and becomes no part of a name. */
export const inName = (value: string): string =>
  value
    .replaceAll(/[\\",+<>;=#\0]/g, (letter) => `\\${letter.charCodeAt(0).toString(16).padStart(2, "0")}`)
    .replaceAll(/^ | $/g, "\\20")

export const filterFor = (template: string, username: string): string =>
  template.replaceAll(PLACEHOLDER, () => inFilter(username))

/** A distinguished name, or a name like a mail address, in which nothing is to be escaped. */
export const bindNameFor = (template: string, username: string): string =>
  template.replaceAll(PLACEHOLDER, () => (template.includes("=") ? inName(username) : username))

/** The same group however its name is written. */
const normalGroup = (group: string): string =>
  group
    .toLowerCase()
    .replaceAll(/\s*([,=+])\s*/g, "$1")
    .trim()
/** `cn=agents,ou=groups,…` is also meant by `agents`. */
const shortName = (group: string): string => /^cn=([^,]+)/.exec(group)?.[1] ?? group

/** What the groups somebody is in decide; null: nothing. `levels` from the lowest to the highest. */
export type Decided = { level: Level | null; skillsets: readonly string[] | null }

const RANK: readonly Level[] = ["agent", "campaign_manager", "supervisor", "tenant_admin"]

/**
 * Where rules name levels, the groups decide the level: the highest of those that fit, else agent. Where rules name
 * skillsets, the groups decide them all. Refuses login.directory_group.
 */
export function decidedBy(
  { allowedGroups, groupRules }: DirectorySettings,
  groups: readonly string[],
): Decided | Refusal {
  const normal = groups.map(normalGroup)
  const known = new Set([...normal, ...normal.map(shortName)])
  const isIn = (group: string) => known.has(normalGroup(group))
  if (allowedGroups.length > 0 && !allowedGroups.some(isIn)) return refuse("login.directory_group")
  const fitting = groupRules.filter(({ group }) => isIn(group))
  const levels = fitting.flatMap(({ level }) => level ?? [])
  const highest = RANK.findLast((level) => levels.includes(level)) ?? "agent"
  return {
    level: groupRules.some(({ level }) => level !== null) ? highest : null,
    skillsets: groupRules.some(({ skillsets }) => skillsets.length > 0)
      ? [...new Set(fitting.flatMap(({ skillsets }) => skillsets))]
      : null,
  }
}
