/** Media: upload, look up, download, delete (wire reference §6). */
import { createHash } from "node:crypto"
import { days, type Milliseconds, minutes } from "~/kernel/clock.ts"
import type { Call, Edges } from "./graph-call.ts"
import { badParameter, GraphError } from "./graph-errors.ts"
import { type JsonObject, textOf } from "./json.ts"
import { type Line, type Medium, objectId, type World } from "./world.ts"

const UPLOADED_KEPT = days(30)
export const RECEIVED_KEPT = days(7)
const URL_VALID = minutes(5)

const MEGABYTE = 1024 * 1024
/** Most bytes by MIME type; a document may be of any type that has a name. */
const LIMITS: readonly { types: RegExp; bytes: number }[] = [
  { types: /^audio\/(aac|amr|mpeg|mp4|ogg)$/, bytes: 16 * MEGABYTE },
  { types: /^image\/(jpeg|png)$/, bytes: 5 * MEGABYTE },
  { types: /^image\/webp$/, bytes: 500 * 1024 },
  { types: /^video\/(mp4|3gpp)$/, bytes: 16 * MEGABYTE },
  { types: /^(?!application\/octet-stream$)[\w.+-]+\/[\w.+-]+$/, bytes: 100 * MEGABYTE },
]

export const MEDIUM_EDGES: Edges<Medium> = {
  GET: (medium, call) => describeMedium(medium, call),
  DELETE: (medium, { world }) => {
    world.media.delete(medium.id)
    return { success: true }
  },
}

export function uploadMedium(line: Line, call: Call): JsonObject {
  const { world, body, upload } = call
  if (body.messaging_product !== "whatsapp") throw badParameter("The parameter messaging_product is required.")
  if (!upload) throw badParameter("The parameter file is required.")
  const mimeType = upload.mimeType || textOf(body.type)
  const limit = LIMITS.find(({ types }) => types.test(mimeType.split(";")[0] ?? ""))
  if (!limit) throw badParameter(`Param file must be a file of a known type. Received file of type '${mimeType}'.`)
  if (upload.bytes.length > limit.bytes)
    throw new GraphError(131053, {
      details: `File size is ${upload.bytes.length} bytes; at most ${limit.bytes} allowed.`,
    })
  const { bytes, filename } = upload
  return { id: addMedium(world, line.phoneNumberId, { bytes, mimeType, filename }, UPLOADED_KEPT).id }
}

export function addMedium(
  world: World,
  phoneNumberId: string,
  file: Pick<Medium, "bytes" | "mimeType" | "filename">,
  kept: Milliseconds,
): Medium {
  const sha256 = createHash("sha256").update(file.bytes).digest("base64")
  const medium = { id: objectId(world), phoneNumberId, ...file, sha256, expiresAt: world.clock.now() + kept }
  world.media.set(medium.id, medium)
  return medium
}

/** A download URL, valid for five minutes and only with the number's token. */
export function mediumUrl(world: World, medium: Medium): string {
  const expiry = Math.floor((world.clock.now() + URL_VALID) / 1_000)
  return `${world.url}${DOWNLOAD_PATH}?mid=${medium.id}&ext=${expiry}&hash=${hashOf(world, medium.id, expiry)}`
}

export const DOWNLOAD_PATH = "/whatsapp_business/attachments/"

/** Answers a download URL: the bytes, or 404 when it is over or nobody's. */
export function download(call: Pick<Call, "world" | "faults">, request: Request): Response {
  const { world, faults } = call
  const { searchParams } = new URL(request.url)
  const medium = world.media.get(searchParams.get("mid") ?? "")
  const expiry = Number(searchParams.get("ext"))
  const line = world.lines.get(medium?.phoneNumberId ?? "")
  const now = world.clock.now()
  if (!medium || !line || now > medium.expiresAt || now / 1_000 > expiry) return gone(404)
  if (searchParams.get("hash") !== hashOf(world, medium.id, expiry)) return gone(404)
  if (request.headers.get("authorization") !== `Bearer ${line.accessToken}`) return gone(401)
  const where = { phoneNumberId: line.phoneNumberId, on: "media" } as const
  if (faults.strike("media-missing", where)) return gone(404)
  const bytes = faults.strike("media-altered", where) ? medium.bytes.slice().fill(0, 0, 1) : medium.bytes
  return new Response(bytes, { headers: { "content-type": medium.mimeType, "content-length": String(bytes.length) } })
}

function describeMedium(medium: Medium, call: Call): JsonObject {
  const { world, url } = call
  const owner = url.searchParams.get("phone_number_id")
  if (world.clock.now() > medium.expiresAt || (owner !== null && owner !== medium.phoneNumberId))
    throw new GraphError(131009, { details: `Media ID ${medium.id} was not found.` })
  return {
    messaging_product: "whatsapp",
    url: mediumUrl(world, medium),
    mime_type: medium.mimeType,
    sha256: Buffer.from(medium.sha256, "base64").toString("hex"),
    file_size: String(medium.bytes.length),
    id: medium.id,
  }
}

/** Ties the parts of a URL together, so that changing one breaks it. */
const hashOf = (world: World, id: string, expiry: number): string =>
  createHash("sha256")
    .update(`${id}.${expiry}.${[...world.lines.keys()].join()}`)
    .digest("base64url")
    .slice(0, 24)

const gone = (status: number): Response => new Response(null, { status })
