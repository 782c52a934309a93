/** What a company sets of its providers and its directory; by the administration's page and by the operator's file. */
import { changesBetween } from "~/audit/rules.ts"
import type { Reader, Tx } from "~/database/handles.ts"
import type { Reseal, Secrets } from "~/database/secrets.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, Refused } from "~/kernel/step.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { userSubject } from "../actions.ts"
import { type DirectoryServer, type DirectorySettings, refuseDirectory } from "../rules/directory.ts"
import {
  normalSettings,
  PROVIDER_NAMES,
  type ProviderName,
  type ProviderServer,
  type ProviderSettings,
  refuseSettings,
} from "../rules/provider.ts"
import { type KeptDirectory, loadDirectory, saveDirectory } from "../store/directory.ts"
import {
  dropLinksOf,
  dropProvider,
  type KeptProvider,
  loadProvider,
  loadProviders,
  saveProvider,
} from "../store/providers.ts"
import { loadUser } from "../store.ts"

const providerPlace = (tenant: Id, provider: ProviderName) => `signInProvider/clientSecret/${tenant}/${provider}`
const directoryPlace = (tenant: Id) => `directory/servicePassword/${tenant}`

/** A null secret keeps the one there is. Answers whether anything is different. Refuses `provider.…`. */
export function setProvider(
  tx: Tx,
  secrets: Secrets,
  given: ProviderSettings & { clientSecret: string | null },
): boolean {
  const { clientSecret: typed, ...settings } = given
  const next = normalSettings(settings)
  const refusal = refuseSettings(next)
  if (refusal) throw new Refused(refusal)
  const before = providerServer(tx, secrets, next.provider)
  const clientSecret = typed ?? before?.clientSecret ?? null
  demand(clientSecret !== null, "provider.secret_missing")
  const server = { ...next, clientSecret }
  const changes = changesBetween(before ?? {}, server, ["clientSecret"])
  if (Object.keys(changes).length === 0) return false
  const sealedSecret = secrets.seal(clientSecret, providerPlace(tx.tenant, next.provider))
  saveProvider(tx, { ...next, sealedSecret })
  note(tx, "sign_in.provider_changed", PROVIDER_NAMES[next.provider], changes)
  return true
}

/** Nobody comes in by it any more; whoever was linked is again when it is set up anew. */
export function removeProvider(tx: Tx, provider: ProviderName): void {
  const before = loadProvider(tx, provider)
  if (!before) return
  dropProvider(tx, provider)
  const { sealedSecret: _, ...settings } = before
  note(tx, "sign_in.provider_changed", PROVIDER_NAMES[provider], changesBetween(settings, {}))
}

/** The provider with what is needed to speak with it; null when the company has none. */
export function providerServer(reader: Reader, secrets: Secrets, provider: ProviderName): ProviderServer | null {
  const kept = loadProvider(reader, provider)
  return kept && openedProvider(reader, secrets, kept)
}

export function openedProvider(
  reader: Pick<Reader, "tenant">,
  secrets: Secrets,
  { sealedSecret, ...settings }: KeptProvider,
): ProviderServer {
  return { ...settings, clientSecret: secrets.open(sealedSecret, providerPlace(reader.tenant, settings.provider)) }
}

export type DirectoryChange = DirectorySettings & { servicePassword: string | null }

/** A null password keeps the one there is; null takes the directory away. Refuses `directory.…`. */
export function setDirectory(tx: Tx, secrets: Secrets, given: DirectoryChange | null): boolean {
  const before = directoryServer(tx, secrets)
  const next = given && { ...given, servicePassword: passwordOf(given, before) }
  const refusal = next && refuseDirectory(next, next.servicePassword !== null)
  if (refusal) throw new Refused(refusal)
  const changes = changesBetween(before ?? {}, next ?? {}, ["servicePassword"])
  if (Object.keys(changes).length === 0) return false
  saveDirectory(tx, next && sealed(tx, secrets, next))
  note(tx, "sign_in.directory_changed", tenantProfile(tx).name, changes)
  return true
}

/** Another server is not shown the password of this one. */
function passwordOf({ way, servicePassword, serviceName, url }: DirectoryChange, before: DirectoryServer | null) {
  if (way === "user") return null
  const isSame = before?.url === url && before.serviceName === serviceName
  return servicePassword ?? (isSame ? (before?.servicePassword ?? null) : null)
}

function sealed(tx: Tx, secrets: Secrets, { servicePassword, ...settings }: DirectoryServer): KeptDirectory {
  const place = directoryPlace(tx.tenant)
  return { ...settings, sealedPassword: servicePassword === null ? null : secrets.seal(servicePassword, place) }
}

export function directoryServer(reader: Reader, secrets: Secrets): DirectoryServer | null {
  const kept = loadDirectory(reader)
  if (!kept) return null
  const { sealedPassword, ...settings } = kept
  const servicePassword = sealedPassword && secrets.open(sealedPassword, directoryPlace(reader.tenant))
  return { ...settings, servicePassword }
}

/** What providers and directory keep secret, sealed anew. */
export function resealWaysIn(tx: Tx, reseal: Reseal): void {
  for (const kept of loadProviders(tx)) {
    const sealedSecret = reseal(kept.sealedSecret, providerPlace(tx.tenant, kept.provider))
    saveProvider(tx, { ...kept, sealedSecret })
  }
  const directory = loadDirectory(tx)
  if (directory?.sealedPassword) {
    const sealedPassword = reseal(directory.sealedPassword, directoryPlace(tx.tenant))
    saveDirectory(tx, { ...directory, sealedPassword })
  }
}

/** Whoever comes next by a provider is linked anew, by the rules for the first time. */
export function unlinkUser(tx: Tx, id: Id): void {
  const user = found(loadUser(tx, id))
  if (!dropLinksOf(tx, id)) return
  tx.raise({ type: "audit.due", act: "sign_in.unlinked", subject: userSubject(user), changes: {} })
  tx.raise({ type: "user.way_in_changed", user: id, change: { what: "sign_in.unlinked" } })
}

type Act = "sign_in.provider_changed" | "sign_in.directory_changed"
function note(tx: Tx, act: Act, name: string, changes: ReturnType<typeof changesBetween>): void {
  tx.raise({ type: "audit.due", act, subject: { kind: "settings", id: null, name }, changes })
}
