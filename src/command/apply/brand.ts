/** How a company looks, as the file says it: `{ "name": "Acme", "accent": "#0a7d5a", "logo": "data:image/png;base64,…" }`. */
import { setBrand } from "~/brand/actions.ts"
import { LONGEST_BRAND_NAME, readAccent, readLogo } from "~/brand/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { Application } from "./provision.ts"
import { object, orNull, type Shape, text, verbatim } from "./shape.ts"

const ADDRESS = /^data:image\/(?:png|jpeg|webp);base64,([A-Za-z0-9+/]+={0,2})$/

const accent = text(20, (value) => {
  const read = readAccent(value)
  if (!("refused" in read)) return null
  const nearest = read.detail?.nearest
  return nearest === undefined ? "must be a colour like #0a7d5a" : `cannot be read in both themes; ${nearest} can`
})
const logo = verbatim((value) => {
  const bytes = bytesOf(value)
  const isPicture = bytes !== null && !("refused" in readLogo(bytes))
  return isPicture
    ? null
    : "must be data:image/png;base64,… (PNG, JPEG or WebP) of at most 200 KB, 32 to 2000 pixels a side"
})

export type BrandEntry = { name?: string | null; accent?: string | null; logo?: string | null }
export const brandShape: Shape<BrandEntry> = object(
  {},
  { name: orNull(text(LONGEST_BRAND_NAME)), accent: orNull(accent), logo: orNull(logo) },
)

export function applyBrand({ report }: Application, tx: Tx, entry: BrandEntry | undefined, slug: string): void {
  if (!entry) return
  const { logo: written, ...rest } = entry
  const picture = written === undefined ? {} : { logo: written === null ? null : bytesOf(written) }
  const changed = setBrand(tx, { ...rest, ...picture })
  report.push({ object: `brand of ${slug}`, outcome: changed ? "changed" : "left alone" })
}

function bytesOf(written: string): Uint8Array | null {
  const [, base64] = ADDRESS.exec(written) ?? []
  return base64 === undefined ? null : Buffer.from(base64, "base64")
}
