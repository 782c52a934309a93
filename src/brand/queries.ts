/** How a company looks, for whoever shows something of it. */
import type { Reader } from "~/database/handles.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { accentFile, type Brand, type Look, logoFile } from "./rules.ts"
import { loadBrand, loadLogoBytes } from "./store.ts"

/** No name of anything in a letter looks like this by chance. */
export const LETTER_LOGO_CID = "logo@sportello"

export function lookOf(reader: Reader): Look | null {
  const brand = loadBrand(reader)
  if (brand.name === null && brand.accent === null && brand.logo === null) return null
  const { accent, logo } = brand
  return {
    name: brand.name ?? tenantProfile(reader).name,
    accent,
    styles: accent && accentFile(accent),
    logo: logo && { file: logoFile(logo), cid: LETTER_LOGO_CID, width: logo.width, height: logo.height },
  }
}

/** The name by which it is known to customers and in letters. */
export const shownName = (reader: Reader): string => loadBrand(reader).name ?? tenantProfile(reader).name

export const brandOf = (reader: Reader): Brand => loadBrand(reader)

export function logoPicture(reader: Reader): { type: string; bytes: Uint8Array } | null {
  const { logo } = loadBrand(reader)
  const bytes = logo && loadLogoBytes(reader)
  return logo && bytes && { type: logo.type, bytes }
}

/** The picture whole, as the file of `apply` writes it. */
export function logoAddress(reader: Reader): string | null {
  const { logo } = loadBrand(reader)
  const bytes = logo && loadLogoBytes(reader)
  return logo && bytes && `data:${logo.type};base64,${Buffer.from(bytes).toString("base64")}`
}
