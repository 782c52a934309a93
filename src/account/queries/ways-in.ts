/** Which ways in a company has beside its own passwords. */

import { lookOf } from "~/brand/queries.ts"
import type { Look } from "~/brand/rules.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { ApplianceReader, Reader } from "~/database/handles.ts"
import { applianceQuery, applianceStatement, query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { tenantList, tenantOfSlug } from "~/tenant/queries.ts"
import type { ProviderName } from "../rules/provider.ts"
import { loadDirectory } from "../store/directory.ts"
import { linksOf, loadProviders } from "../store/providers.ts"

const anyProvider = applianceStatement(() =>
  applianceQuery.selectFrom("signInProvider").select("provider").where("enabled", "=", 1).limit(1),
)
const served = statement((p: { user: Id }) =>
  query.selectFrom("skillsetMember").select("skillset").where("user", "=", p.user),
)

export const skillsetsServed = (reader: Reader, user: Id): Id[] =>
  reader.all(served, { user }).map(({ skillset }) => skillset)

export const hasProviders = (read: ApplianceReader): boolean => read.one(anyProvider) !== null

/** What the login page offers: a company it is for, that company's providers, and whether one may name another. */
export type LoginCompany = {
  slug: string | null
  providers: readonly ProviderName[]
  /** Another company may be named. */
  mayChoose: boolean
  /** One was asked for that has nothing to offer, or is none: the same to whoever asks. */
  isUnknown: boolean
}

/** By what was asked for, else what this browser used last, else the only one there is. */
export function loginCompany(database: AppDatabase, asked: string | null, remembered: string | null): LoginCompany {
  const { read } = database.appliance
  if (!hasProviders(read)) return { slug: null, providers: [], mayChoose: false, isUnknown: Boolean(asked) }
  const companies = tenantList(read)
  const only = companies.length === 1 ? (companies[0]?.slug ?? null) : null
  const slug = asked === null ? (remembered ?? only) : asked === "" ? only : asked
  const tenant = slug === null ? null : tenantOfSlug(read, slug)
  const providers =
    tenant === null
      ? []
      : loadProviders(database.tenant(tenant).read)
          .filter(({ enabled }) => enabled)
          .map(({ provider }) => provider)
  const mayChoose = only === null
  if (providers.length === 0) return { slug: null, providers, mayChoose, isUnknown: Boolean(asked) }
  return { slug, providers, mayChoose, isUnknown: false }
}

/** How the company looks whose login page it is; null: it is nobody's, or as Sportello looks. */
export function loginLook(database: AppDatabase, asked: string | null, remembered: string | null): Look | null {
  const { read } = database.appliance
  const companies = tenantList(read)
  const only = companies.length === 1 ? (companies[0]?.slug ?? null) : null
  const slug = asked === "" ? only : (asked ?? remembered ?? only)
  const tenant = slug === null ? null : tenantOfSlug(read, slug)
  return tenant === null ? null : lookOf(database.tenant(tenant).read)
}

/** What the administration shows of each: never a secret. */
export function waysIn(reader: Reader) {
  const providers = loadProviders(reader).map(({ sealedSecret: _, ...settings }) => settings)
  const kept = loadDirectory(reader)
  if (!kept) return { providers, directory: null }
  const { sealedPassword, ...directory } = kept
  return { providers, directory: { ...directory, hasPassword: sealedPassword !== null } }
}
export type WaysIn = ReturnType<typeof waysIn>

/** With which providers somebody is linked, since when. */
export const linksOfUser = (reader: Reader, user: Id) =>
  linksOf(reader, user).map(({ provider, linkedAt }) => ({ provider, linkedAt }))
