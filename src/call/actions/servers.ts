import { changesBetween } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { Reseal, Secrets } from "~/database/secrets.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { placeOfSecret } from "../rules/servers.ts"
import { loadServers, saveServers } from "../store.ts"

/** `secret` undefined: as it was; null: none. Answers whether anything is different now. */
export function setCallServers(
  tx: Tx,
  secrets: Secrets,
  given: { urls: readonly string[]; secret?: string | null },
): boolean {
  const kept = loadServers(tx)
  const place = placeOfSecret(tx.tenant)
  const known = kept.secret && secrets.open(kept.secret, place)
  const secret = given.secret === undefined ? known : given.secret
  if (JSON.stringify(kept.urls) === JSON.stringify(given.urls) && secret === known) return false
  saveServers(tx, { urls: [...given.urls], secret: secret === null ? null : secrets.seal(secret, place) })
  const changes = changesBetween({ urls: kept.urls, secret: known }, { urls: given.urls, secret }, ["secret"])
  const subject = { kind: "tenant", id: tx.tenant, name: tenantProfile(tx).name } as const
  tx.raise({ type: "audit.due", act: "tenant.call_servers_changed", subject, changes })
  return true
}

/** The secret of the tenant's relay, under another key. */
export function resealCallServers(tx: Tx, reseal: Reseal): void {
  const { urls, secret } = loadServers(tx)
  if (secret) saveServers(tx, { urls, secret: reseal(secret, placeOfSecret(tx.tenant)) })
}
