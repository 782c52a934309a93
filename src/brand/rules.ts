/** How a company looks to its people and its customers: the name it shows, its picture, and the colour of what is pressed. */
import { type Refusal, refuse } from "~/kernel/step.ts"
import { dimensionsOf, sniff } from "~/media/rules/sniff.ts"
import { colourFrom, isReadable, nearestReadable, palettes } from "./rules/colour.ts"

export type Logo = { type: LogoType; hash: string; width: number; height: number }
/** `name` null: the company's own. */
export type Brand = { name: string | null; accent: string | null; logo: Logo | null }

/** What a page needs: names of files under its own `/brand/`. Null: nobody chose anything, and it is Sportello's own. */
export type Look = {
  name: string
  accent: string | null
  styles: string | null
  /** `cid`: how a letter calls the picture that comes with it. */
  logo: { file: string; cid: string; width: number; height: number } | null
}

export const LOGO_TYPES = ["image/png", "image/jpeg", "image/webp"] as const
export type LogoType = (typeof LOGO_TYPES)[number]
export const LONGEST_BRAND_NAME = 40
export const MOST_LOGO_BYTES = 200 * 1_024
export const LEAST_SIDE = 32
export const MOST_SIDE = 2_000

/** What the bytes are, whatever a browser calls them. Refuses `brand.logo_size`, `brand.logo_kind`, `brand.logo_dimensions`. */
export function readLogo(bytes: Uint8Array): Omit<Logo, "hash"> | Refusal {
  if (bytes.length > MOST_LOGO_BYTES) return refuseLogoSize()
  const type = LOGO_TYPES.find((known) => known === sniff(bytes))
  const size = type && dimensionsOf(bytes, type)
  if (!type || !size) return refuse("brand.logo_kind")
  const fits = [size.width, size.height].every((side) => side >= LEAST_SIDE && side <= MOST_SIDE)
  return fits ? { type, ...size } : refuse("brand.logo_dimensions", { ...size, least: LEAST_SIDE, most: MOST_SIDE })
}

export const refuseLogoSize = (): Refusal => refuse("brand.logo_size", { kilobytes: MOST_LOGO_BYTES / 1_024 })

/** Refuses `brand.no_colour`, and `brand.accent_contrast` with the nearest that can be read in both themes. */
export function readAccent(written: string): { accent: string } | Refusal {
  const accent = colourFrom(written)
  if (accent === null) return refuse("brand.no_colour")
  return isReadable(accent) ? { accent } : refuse("brand.accent_contrast", { nearest: nearestReadable(accent) })
}

export const logoFile = ({ hash, type }: Logo): string => `${hash}.${type.slice("image/".length)}`
export const accentFile = (accent: string): string => `accent-${accent.slice(1)}.css`

const TOKENS = { accent: "accent", hover: "accent-hover", ink: "accent-ink", soft: "accent-soft", text: "accent-text" }

/** Beside the styles of every page, and after them. */
export function accentStyles(accent: string): string {
  const { light, dark } = palettes(accent)
  const lines = (Object.keys(TOKENS) as (keyof typeof TOKENS)[]).map(
    (part) => `--${TOKENS[part]}:light-dark(${light[part]},${dark[part]});`,
  )
  return `:root{${lines.join("")}}\n`
}
