/** The files that every page needs, from the folder `public/` or from inside the binary. */
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { brotliCompressSync, constants, gzipSync } from "node:zlib"
import { type Encoding, takes } from "./compression.ts"

/** Where files embedded by `bun build --compile --asset public` are, or the folder of the source tree. */
export const publicFolder = (): string =>
  join(Bun.isStandaloneExecutable ? import.meta.dir : join(import.meta.dir, "../.."), "public")

/** A text that the program itself reads. */
export const publicText = (path: string): string => readFileSync(join(publicFolder(), path), "utf8")

export const ASSET_PREFIX = "/assets/"

export interface Assets {
  /** The address of a file of `public/`, with its hash: may be kept for ever. A file that is not there is a fault. */
  url(path: string): string
  /** The answer to `/assets/<path>`; null when there is no such file. */
  answer(request: Request): Response | null
}

type Asset = { body: Buffer<ArrayBuffer>; type: string; hash: string; packed: Map<Encoding, Buffer<ArrayBuffer>> }

/** Files that travel as one, by its path: what they are made of, in order. */
export type Bundles = Readonly<Record<string, readonly string[]>>

/** Reads every file at once; packs one when it is first asked for, so that the start does not wait for it. */
export function loadAssets(folder: string = publicFolder(), bundles: Bundles = {}): Assets {
  const assets = new Map<string, Asset>()
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    if (!path.split("/").some((part) => part.startsWith(".")) && statSync(join(folder, path)).isFile())
      assets.set(path, load(join(folder, path)))
  for (const [path, parts] of Object.entries(bundles)) assets.set(path, bundled(path, parts, assets))
  return {
    url(path) {
      const asset = assets.get(path)
      if (!asset) throw new Error(`no asset ${path}`)
      return `${ASSET_PREFIX}${path}?v=${asset.hash}`
    },
    answer(request) {
      const { pathname, searchParams } = new URL(request.url)
      const asset = pathname.startsWith(ASSET_PREFIX) ? assets.get(pathname.slice(ASSET_PREFIX.length)) : undefined
      return asset && request.method === "GET" ? answer(asset, request, searchParams.get("v") === asset.hash) : null
    },
  }
}

const load = (path: string): Asset => assetOf(path, Buffer.from(readFileSync(path)))

function assetOf(path: string, body: Buffer<ArrayBuffer>): Asset {
  const hash = new Bun.CryptoHasher("sha256").update(body).digest("base64url").slice(0, 16)
  return { body, type: Bun.file(path).type, hash, packed: new Map() }
}

/** A file that is not there is a fault. */
function bundled(path: string, parts: readonly string[], assets: ReadonlyMap<string, Asset>): Asset {
  const texts = parts.map((part) => {
    const asset = assets.get(part)
    if (!asset) throw new Error(`no asset ${part} for ${path}`)
    return path.endsWith(".js") ? lighterScript(part, asset.body.toString()) : lighterStyle(asset.body.toString())
  })
  return assetOf(path, Buffer.from(texts.join("\n")))
}

/** Without comments and blanks; what comes from packages is light already. */
function lighterScript(path: string, text: string): string {
  if (path.startsWith("vendor/")) return `${text};`
  return `${new Bun.Transpiler({ loader: "js", minifyWhitespace: true }).transformSync(text)};`
}

/** Comments and indentation are for whoever writes it; strings of ours hold neither. */
const lighterStyle = (text: string): string =>
  text
    .replace(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, "")
    .replace(/\s*\n\s*/g, "\n")
    .replace(/\n+/g, "\n")

/** Below this, packing costs more than it saves. */
const WORTH_PACKING_BYTES = 512

function answer(asset: Asset, request: Request, hashed: boolean): Response {
  const encoding = encodingFor(asset, request)
  const etag = `"${asset.hash}${encoding ? `-${encoding}` : ""}"`
  const headers: Record<string, string> = {
    etag,
    vary: "Accept-Encoding",
    "cache-control": hashed ? "public, max-age=31536000, immutable" : "no-cache",
  }
  if (matches(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers })
  headers["content-type"] = asset.type
  if (encoding) headers["content-encoding"] = encoding
  return new Response(encoding ? packed(asset, encoding) : asset.body, { headers })
}

function encodingFor({ type, body }: Asset, request: Request): Encoding | null {
  if (body.length < WORTH_PACKING_BYTES || !/^text|javascript|json|svg/.test(type)) return null
  return takes(request, "br") ? "br" : takes(request, "gzip") ? "gzip" : null
}

function packed({ body, packed }: Asset, encoding: Encoding): Buffer<ArrayBuffer> {
  let bytes = packed.get(encoding)
  if (!bytes) {
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
    bytes = Buffer.from(encoding === "br" ? brotliCompressSync(body, quality) : gzipSync(body, { level: 9 }))
    packed.set(encoding, bytes)
  }
  return bytes
}

const matches = (given: string | null, etag: string) =>
  given?.split(",").some((one) => one.trim().replace(/^W\//, "") === etag || one.trim() === "*") ?? false
