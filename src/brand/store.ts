import type { ApplianceReader, Reader, Tx } from "~/database/handles.ts"
import { applianceQuery, applianceStatement, inserting, query, remembered, statement } from "~/database/statement.ts"
import type { Brand, Logo, LogoType } from "./rules.ts"

const PICTURE = ["logoType", "logoHash", "logoWidth", "logoHeight"] as const
const look = remembered(statement(() => query.selectFrom("brand").select(["name", "accent", ...PICTURE])))
const picture = statement(() => query.selectFrom("brand").select("logo"))
const add = inserting("brand", ["name", "accent", ...PICTURE, "logo"])
const remove = statement(() => query.deleteFrom("brand"))
const byHash = applianceStatement((p: { hash: string }) =>
  applianceQuery.selectFrom("brand").select(["logo", "logoType"]).where("logoHash", "=", p.hash).limit(1),
)

const PLAIN: Brand = { name: null, accent: null, logo: null }

export function loadBrand(reader: Reader): Brand {
  const row = reader.one(look)
  if (!row) return PLAIN
  const { name, accent, logoType, logoHash: hash, logoWidth: width, logoHeight: height } = row
  const logo: Logo | null =
    hash === null ? null : { type: logoType as LogoType, hash, width: width ?? 0, height: height ?? 0 }
  return { name, accent, logo }
}

export const loadLogoBytes = (reader: Reader): Uint8Array | null => reader.one(picture)?.logo ?? null

/** Whoever's it is: a picture is shown to anybody who knows its hash. */
export function logoByHash(reader: ApplianceReader, hash: string): { bytes: Uint8Array; type: string } | null {
  const row = reader.one(byHash, { hash })
  return row?.logo && row.logoType ? { bytes: row.logo, type: row.logoType } : null
}

export function saveBrand(tx: Tx, { name, accent, logo }: Brand, bytes: Uint8Array | null): void {
  tx.run(remove)
  if (name === null && accent === null && logo === null) return
  tx.run(add, {
    name,
    accent,
    logoType: logo?.type ?? null,
    logoHash: logo?.hash ?? null,
    logoWidth: logo?.width ?? null,
    logoHeight: logo?.height ?? null,
    logo: logo && bytes,
  })
}
