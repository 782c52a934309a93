/**
 * One colour of a company becomes those of the screens, in both themes, in OKLab (Björn Ottosson): the same hue, as light
 * and as strong as each part needs. What is written in it or on it is read by everybody (WCAG 2.2 AA).
 */

/** Lightness 0–1, chroma, hue in degrees. */
type Colour = { l: number; c: number; h: number }
type Rgb = readonly [number, number, number]

export type Palette = Readonly<Record<"accent" | "hover" | "ink" | "soft" | "text", string>>

/** AA for text of any size. */
const ENOUGH = 4.5
/** The darkest of the light theme's grounds that something coloured stands on (public/styles/base.css, sunken). */
const LIGHT_GROUND = toHex({ l: 0.945, c: 0.009, h: 200 })
/** The lightest of the dark theme's (raised). */
const DARK_GROUND = toHex({ l: 0.26, c: 0.016, h: 240 })
const WHITE = "#ffffff"

/** `#0a7d5a`, as it is kept; null for anything else. */
export function colourFrom(text: string): string | null {
  const [, digits = ""] = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(text.trim()) ?? []
  if (digits === "") return null
  const long = digits.length === 3 ? [...digits].map((one) => one + one).join("") : digits
  return `#${long.toLowerCase()}`
}

/** Whether white words on it, and words in it on our light grounds, can be read. */
export const isReadable = (hex: string): boolean =>
  contrast(hex, WHITE) >= ENOUGH && contrast(hex, LIGHT_GROUND) >= ENOUGH

/** The same hue, just dark enough. */
export function nearestReadable(hex: string): string {
  const { l, c, h } = fromHex(hex)
  for (let lightness = l; lightness > 0; lightness -= 0.005) {
    const darker = toHex({ l: lightness, c, h })
    if (isReadable(darker)) return darker
  }
  return "#000000"
}

export function palettes(hex: string): { light: Palette; dark: Palette } {
  const { l, c, h } = fromHex(hex)
  const soft = {
    light: toHex({ l: 0.945, c: Math.min(c, 0.035), h }),
    dark: toHex({ l: 0.3, c: Math.min(c, 0.05), h }),
  }
  return {
    light: {
      accent: hex,
      hover: toHex({ l: Math.max(0, l - 0.05), c, h }),
      ink: WHITE,
      soft: soft.light,
      text: until(soft.light, { l: Math.min(l, 0.42), c, h }, -0.01),
    },
    dark: {
      accent: until(DARK_GROUND, { l: 0.72, c: Math.min(c, 0.14), h }, 0.01),
      hover: toHex({ l: 0.77, c: Math.min(c, 0.14), h }),
      ink: toHex({ l: 0.2, c: Math.min(c, 0.04), h }),
      soft: soft.dark,
      text: until(soft.dark, { l: 0.82, c: Math.min(c, 0.12), h }, 0.01),
    },
  }
}

/** Lighter or darker until it can be read on `ground`. */
function until(ground: string, start: Colour, step: number): string {
  for (let l = start.l; l > 0 && l < 1; l += step) {
    const hex = toHex({ ...start, l })
    if (contrast(hex, ground) >= ENOUGH) return hex
  }
  return step < 0 ? "#000000" : WHITE
}

/** WCAG's contrast ratio, 1 to 21. */
export function contrast(one: string, other: string): number {
  const a = luminance(one)
  const b = luminance(other)
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function luminance(hex: string): number {
  const [r, g, b] = linear(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function linear(hex: string): Rgb {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

function fromHex(hex: string): Colour {
  const [r, g, b] = linear(hex)
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const l = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short
  const bb = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short
  return { l, c: Math.hypot(a, bb), h: (Math.atan2(bb, a) * 180) / Math.PI }
}

/** Weaker until a screen can show it. */
function toHex({ l, c, h }: Colour): string {
  let chroma = c
  while (chroma > 0 && !isShown(rgbOf({ l, c: chroma, h }))) chroma -= 0.004
  return `#${rgbOf({ l, c: Math.max(0, chroma), h })
    .map(hexOf)
    .join("")}`
}

function isShown(rgb: Rgb): boolean {
  return rgb.every((value) => value >= -0.0001 && value <= 1.0001)
}

function rgbOf({ l, c, h }: Colour): Rgb {
  const a = c * Math.cos((h * Math.PI) / 180)
  const b = c * Math.sin((h * Math.PI) / 180)
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
}

function hexOf(value: number): string {
  const clipped = Math.min(1, Math.max(0, value))
  const encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055
  return Math.round(encoded * 255)
    .toString(16)
    .padStart(2, "0")
}
