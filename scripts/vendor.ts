/**
 * Copies into public/ what comes from packages (htmx, uPlot, the icons of lucide, the world's map, the emoji), cuts Inter to
 * what our pages show, and makes the notification sound. Its outputs are committed, so that the product can be read and run without it; tests/views/vendor.test.ts says
 * that they are what this makes.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import subsetFont from "subset-font"
import { ICONS } from "views/parts/icons.ts"
import { EMOJI_LANGUAGES, emojiOf } from "./vendor/emoji.ts"
import { cities, worldMap } from "./vendor/map.ts"

const COPIES = {
  "vendor/htmx.js": "htmx.org/dist/htmx.min.js",
  "vendor/uplot.js": "uplot/dist/uPlot.iife.min.js",
}

const SAMPLES_PER_SECOND = 16_000
/** Two soft bells, a fourth apart: heard across a room, not across a floor. */
const NOTES = [
  { hertz: 659.25, from: 0 },
  { hertz: 880, from: 0.14 },
]

/** Every vendored file by its path under public/, with its bytes. */
export async function vendored(): Promise<Map<string, Uint8Array>> {
  const root = join(import.meta.dir, "..", "node_modules")
  const files = new Map<string, Uint8Array>()
  for (const [to, from] of Object.entries(COPIES)) {
    const body = readFileSync(join(root, from))
    files.set(to, to.endsWith(".js") ? withoutSourceMap(body) : body)
  }
  for (const part of ["latin", "latin-ext"] as const) files.set(`fonts/inter-${part}.woff2`, await font(root, part))
  files.set("icons.svg", new TextEncoder().encode(sprite(join(root, "lucide-static/icons"))))
  files.set("sounds/notification.wav", chime())
  const text = new TextEncoder()
  files.set("map/world.json", text.encode(worldMap(root)))
  files.set("map/cities.txt", text.encode(cities(root)))
  for (const language of EMOJI_LANGUAGES) files.set(`emoji/${language}.json`, text.encode(emojiOf(root, language)))
  return files
}

/** Every letter stays; what goes are weights no style asks for, and the ligatures that turn a typed «->» into an arrow. */
const FONT = {
  targetFormat: "woff2" as const,
  variationAxes: { wght: { min: 400, max: 700 } },
  keepFeatures: ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"],
}

function font(root: string, part: "latin" | "latin-ext"): Promise<Uint8Array> {
  const folder = join(root, "@fontsource-variable/inter")
  const ranges: Record<string, string> = JSON.parse(readFileSync(join(folder, "unicode.json"), "utf8"))
  return subsetFont(readFileSync(join(folder, `files/inter-${part}-wght-normal.woff2`)), lettersOf(ranges[part]!), FONT)
}

/** Of ranges as a stylesheet writes them: `U+0100-02BA,U+2113`. */
const lettersOf = (ranges: string): string =>
  ranges
    .split(",")
    .flatMap((range) => {
      const [first = 0, last = first] = range
        .replace("U+", "")
        .split("-")
        .map((digits) => Number.parseInt(digits, 16))
      return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index))
    })
    .join("")

/** The map is not shipped, and a browser's tools would ask for it. */
function withoutSourceMap(body: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(body).replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n")
  return new TextEncoder().encode(text)
}

function sprite(folder: string): string {
  const symbols = ICONS.map((name) => {
    const shape = readFileSync(join(folder, `${name}.svg`), "utf8")
      .replace(/<!--[\s\S]*?-->/g, "")
      .replace(/<svg[^>]*>/, "")
      .replace("</svg>", "")
      .replace(/\s+/g, " ")
      .trim()
    const stroke = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    return `<symbol id="${name}" viewBox="0 0 24 24" ${stroke}>${shape}</symbol>\n`
  })
  return `<!-- lucide.dev, ISC licence -->\n<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("")}</svg>\n`
}

function chime(): Uint8Array {
  const count = Math.round(SAMPLES_PER_SECOND * 0.75)
  const wave = new DataView(new ArrayBuffer(44 + 2 * count))
  const write = (at: number, text: string) => {
    for (const [i, letter] of [...text].entries()) wave.setUint8(at + i, letter.charCodeAt(0))
  }
  write(0, "RIFF")
  wave.setUint32(4, 36 + 2 * count, true)
  write(8, "WAVEfmt ")
  wave.setUint32(16, 16, true)
  wave.setUint16(20, 1, true)
  wave.setUint16(22, 1, true)
  wave.setUint32(24, SAMPLES_PER_SECOND, true)
  wave.setUint32(28, 2 * SAMPLES_PER_SECOND, true)
  wave.setUint16(32, 2, true)
  wave.setUint16(34, 16, true)
  write(36, "data")
  wave.setUint32(40, 2 * count, true)
  for (let i = 0; i < count; i++) wave.setInt16(44 + 2 * i, Math.round(9_000 * soundAt(i / SAMPLES_PER_SECOND)), true)
  return new Uint8Array(wave.buffer)
}

function soundAt(seconds: number): number {
  return NOTES.reduce((sum, { hertz, from }) => {
    const since = seconds - from
    if (since < 0) return sum
    const swell = Math.min(1, since / 0.008) * Math.exp(-since * 7)
    return sum + swell * (Math.sin(2 * Math.PI * hertz * since) + 0.25 * Math.sin(4 * Math.PI * hertz * since))
  }, 0)
}

if (import.meta.main) {
  const root = join(import.meta.dir, "..", "public")
  for (const [path, body] of await vendored()) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), body)
  }
}
