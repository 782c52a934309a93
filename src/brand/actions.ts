import { createHash } from "node:crypto"
import { changesBetween } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import { Refused } from "~/kernel/step.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { type Brand, readAccent, readLogo } from "./rules.ts"
import { loadBrand, loadLogoBytes, saveBrand } from "./store.ts"

/** What is not named stays as it is; null takes it away. Refuses as `readAccent` and `readLogo`. Answers whether it is otherwise now. */
export function setBrand(
  tx: Tx,
  given: { name?: string | null; accent?: string | null; logo?: Uint8Array | null },
): boolean {
  const before = loadBrand(tx)
  const kept = loadLogoBytes(tx)
  const next: Brand = {
    name: given.name === undefined ? before.name : given.name,
    accent: given.accent === undefined ? before.accent : given.accent && accentOf(given.accent),
    logo: given.logo === undefined ? before.logo : given.logo && logoOf(given.logo),
  }
  if (JSON.stringify(next) === JSON.stringify(before)) return false
  saveBrand(tx, next, given.logo === undefined ? kept : given.logo)
  const subject = { kind: "tenant", id: tx.tenant, name: tenantProfile(tx).name } as const
  const changes = changesBetween(onRecord(before), onRecord(next))
  tx.raise({ type: "audit.due", act: "tenant.brand_changed", subject, changes })
  return true
}

const onRecord = ({ name, accent, logo }: Brand) => ({ shownName: name, accent, logo: logo?.hash ?? null })

function accentOf(written: string): string {
  const read = readAccent(written)
  if ("refused" in read) throw new Refused(read)
  return read.accent
}

function logoOf(bytes: Uint8Array): NonNullable<Brand["logo"]> {
  const read = readLogo(bytes)
  if ("refused" in read) throw new Refused(read)
  const { type, width, height } = read
  return { type, hash: hashOf(bytes), width, height }
}

/** What its address says of a picture: the same bytes, the same address. */
const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex").slice(0, 32)
