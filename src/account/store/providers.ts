/** How the providers people sign in with are kept, whom they mean, and who is on the way to one. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { ExternalIdentityRow, Flag, ProviderVisitRow, SignInProviderRow } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { PROVIDER_VISIT_LIFE } from "../rules/entering.ts"
import { type Linkable, type ProviderName, type ProviderSettings, wordsIn } from "../rules/provider.ts"

const SETTINGS = [
  "enabled",
  "clientId",
  "clientSecret",
  "account",
  "issuer",
  "allowedDomains",
  "allowedGroups",
  "guests",
  "linksByEmail",
  "trustsFactor",
] as const
const all = statement(() => query.selectFrom("signInProvider").selectAll().orderBy("provider"))
const add = inserting("signInProvider", ["provider", ...SETTINGS])
const change = statement((p: SignInProviderRow) =>
  query.updateTable("signInProvider").set(slotRow(SETTINGS)).where("provider", "=", p.provider),
)
const remove = statement((p: { provider: ProviderName }) =>
  query.deleteFrom("signInProvider").where("provider", "=", p.provider),
)

export type KeptProvider = ProviderSettings & { sealedSecret: Uint8Array }

const lines = (words: readonly string[]) => words.join("\n")
const flag = (value: boolean): Flag => (value ? 1 : 0)

export const loadProviders = (reader: Reader): KeptProvider[] =>
  reader.all(all).map(({ clientSecret, ...row }) => ({
    provider: row.provider,
    clientId: row.clientId,
    account: row.account,
    issuer: row.issuer,
    enabled: row.enabled === 1,
    guests: row.guests === 1,
    linksByEmail: row.linksByEmail === 1,
    trustsFactor: row.trustsFactor === 1,
    sealedSecret: clientSecret,
    allowedDomains: wordsIn(row.allowedDomains),
    allowedGroups: row.allowedGroups.split("\n").filter(Boolean),
  }))

export const loadProvider = (reader: Reader, provider: ProviderName): KeptProvider | null =>
  loadProviders(reader).find((one) => one.provider === provider) ?? null

export function saveProvider(tx: Tx, { sealedSecret, ...settings }: KeptProvider): void {
  const row = {
    ...settings,
    clientSecret: sealedSecret,
    enabled: flag(settings.enabled),
    guests: flag(settings.guests),
    linksByEmail: flag(settings.linksByEmail),
    trustsFactor: flag(settings.trustsFactor),
    allowedDomains: lines(settings.allowedDomains),
    allowedGroups: lines(settings.allowedGroups),
  }
  if (tx.run(change, row) === 0) tx.run(add, row)
}
export const dropProvider = (tx: Tx, provider: ProviderName): void => void tx.run(remove, { provider })

const addIdentity = inserting("externalIdentity", ["provider", "issuer", "subject", "user", "linkedAt"])
const identity = statement((p: Pick<ExternalIdentityRow, "provider" | "issuer" | "subject">) =>
  query
    .selectFrom("externalIdentity")
    .select("user")
    .where("provider", "=", p.provider)
    .where("issuer", "=", p.issuer)
    .where("subject", "=", p.subject),
)
const identitiesOf = statement((p: { user: Id }) =>
  query
    .selectFrom("externalIdentity")
    .select(["provider", "issuer", "subject", "linkedAt"])
    .where("user", "=", p.user)
    .orderBy("provider"),
)
const removeIdentities = statement((p: { user: Id }) => query.deleteFrom("externalIdentity").where("user", "=", p.user))

/** The user a provider means by that name; null: it has not been linked with anybody. */
export const linkedUser = (
  reader: Reader,
  one: Pick<ExternalIdentityRow, "provider" | "issuer" | "subject">,
): Id | null => reader.one(identity, one)?.user ?? null
export const linksOf = (reader: Reader, user: Id): Omit<ExternalIdentityRow, "user">[] =>
  reader.all(identitiesOf, { user })
export const linkIdentity = (tx: Tx, link: Omit<ExternalIdentityRow, "linkedAt">): void =>
  void tx.run(addIdentity, { ...link, linkedAt: tx.now })
export const dropLinksOf = (tx: Tx, user: Id): boolean => tx.run(removeIdentities, { user }) > 0

const elsewhere = statement((p: { provider: ProviderName }) =>
  query
    .selectFrom("user")
    .leftJoin("externalIdentity as link", (join) =>
      join.onRef("link.user", "=", "user.id").on("link.provider", "=", p.provider),
    )
    .select(["user.id", "user.enabled", "user.externalId", "user.email", "link.subject"])
    .where("user.loginType", "=", "external")
    .where("user.deletedAt", "is", null),
)

/** Whoever may be meant by somebody who comes for the first time. */
export const linkableUsers = (reader: Reader, provider: ProviderName): Linkable[] =>
  reader.all(elsewhere, { provider }).map(({ subject, enabled, ...row }) => ({
    ...row,
    enabled: enabled === 1,
    isLinked: subject !== null,
  }))

const addVisit = inserting("providerVisit", ["stateHash", "startedAt"])
const removeVisit = statement((p: Pick<ProviderVisitRow, "stateHash">) =>
  query.deleteFrom("providerVisit").where("stateHash", "=", p.stateHash),
)
const removeOldVisits = statement((p: { before: Instant }) =>
  query.deleteFrom("providerVisit").where("startedAt", "<=", p.before),
)

/** Somebody is sent to a provider; those who stayed away are forgotten. */
export function beginVisit(tx: Tx, stateHash: Uint8Array): void {
  tx.run(removeOldVisits, { before: tx.now - PROVIDER_VISIT_LIFE })
  tx.run(addVisit, { stateHash, startedAt: tx.now })
}
/** They are back; answers false the second time, and when it took too long. */
export function endVisit(tx: Tx, stateHash: Uint8Array): boolean {
  tx.run(removeOldVisits, { before: tx.now - PROVIDER_VISIT_LIFE })
  return tx.run(removeVisit, { stateHash }) > 0
}
