/** A company's colour and picture as files: named by what is in them, so that they are kept for ever by whoever asked once. */
import type { ApplianceReader, Reader } from "~/database/handles.ts"
import { found, NotFound } from "~/kernel/step.ts"
import { colourFrom, isReadable } from "../rules/colour.ts"
import { accentStyles } from "../rules.ts"
import { loadBrand, logoByHash } from "../store.ts"

const FOR_EVER = "public, max-age=31536000, immutable"
/** Whatever a picture says, it is a picture. */
const HARMLESS = { "content-security-policy": "default-src 'none'; sandbox", "x-content-type-options": "nosniff" }

/** «Not found» for any other name; on both listeners, for anybody who knows it. */
export function brandFile(appliance: ApplianceReader, request: Request, file: string): Response {
  const etag = `"${file}"`
  const headers = { ...HARMLESS, etag, "cache-control": FOR_EVER }
  const isKnown = request.headers.get("if-none-match") === etag
  const [, digits] = /^accent-([0-9a-f]{6})\.css$/.exec(file) ?? []
  if (digits) {
    const accent = colourFrom(digits)
    if (accent === null || !isReadable(accent)) throw new NotFound()
    if (isKnown) return new Response(null, { status: 304, headers })
    return new Response(accentStyles(accent), { headers: { ...headers, "content-type": "text/css; charset=utf-8" } })
  }
  const [, hash = ""] = /^([0-9a-f]{32})\.(?:png|jpeg|webp)$/.exec(file) ?? []
  const { bytes, type } = found(hash === "" ? null : logoByHash(appliance, hash))
  if (isKnown) return new Response(null, { status: 304, headers })
  return new Response(Buffer.from(bytes), { headers: { ...headers, "content-type": type } })
}

/** As fields of the form. */
export function writtenBrand(reader: Reader): Record<string, string[]> {
  const { name, accent } = loadBrand(reader)
  return { name: [name ?? ""], accent: [accent ?? ""], ownAccent: accent === null ? [] : ["on"] }
}
