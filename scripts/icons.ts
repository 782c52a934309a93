/**
 * Draws the mark (public/favicon.svg) as the pictures that devices ask for: `bun scripts/icons.ts`. Its outputs are
 * committed. Phones cut the corners themselves and show transparent ones black, so theirs are filled.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { crc32, deflateSync } from "node:zlib"
import { chromium } from "playwright-core"
import { CHROMIUM } from "../tests/support/office.ts"

const PICTURES = [
  { name: "icon-32.png", size: 32, isFilled: false },
  { name: "icon-192.png", size: 192, isFilled: false },
  { name: "apple-touch-icon.png", size: 180, isFilled: true },
]

const folder = join(import.meta.dir, "../public")
const mark = readFileSync(join(folder, "favicon.svg"), "utf8")
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] })
const page = await browser.newPage()
for (const { name, size, isFilled } of PICTURES) {
  const svg = isFilled ? mark.replace(' rx="9"', "") : mark
  writeFileSync(join(folder, name), pngOf(size, Uint8Array.from(await page.evaluate<number[]>(pixelsOf(svg, size)))))
}
await browser.close()

/** What the page is asked: the picture's pixels, red, green, blue and opacity. */
function pixelsOf(svg: string, size: number): string {
  return `(async () => {
  const image = new Image(${size}, ${size})
  image.src = "data:image/svg+xml,${encodeURIComponent(svg)}"
  await image.decode()
  const canvas = new OffscreenCanvas(${size}, ${size}).getContext("2d")
  canvas.drawImage(image, 0, 0, ${size}, ${size})
  return [...canvas.getImageData(0, 0, ${size}, ${size}).data]
})()`
}

/** Browsers dither gradients, which no packing likes: a sixty-fourth of a shade is not seen, and weighs half. */
function pngOf(size: number, pixels: Uint8Array): Buffer {
  const rows = Array.from({ length: size }, (_, row) => [
    0,
    ...pixels.slice(row * size * 4, (row + 1) * size * 4).map((shade) => Math.min(255, Math.round(shade / 4) * 4)),
  ])
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  head.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const data = deflateSync(Uint8Array.from(rows.flat()), { level: 9 })
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))])
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), body])
  const length = Buffer.alloc(4)
  const sum = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}
