/** One call of the Graph API as its handlers see it. */
import type { Activity } from "./activity.ts"
import type { Faults } from "./faults.ts"
import type { JsonObject } from "./json.ts"
import type { Statuses } from "./statuses.ts"
import type { Webhooks } from "./webhooks.ts"
import type { WireSubject } from "./wire.ts"
import type { World } from "./world.ts"

export type Services = { world: World; faults: Faults; webhooks: Webhooks; statuses: Statuses; activity: Activity }

export type Upload = { bytes: Uint8Array<ArrayBuffer>; mimeType: string; filename: string | null }

export type Call = Services & {
  request: Request
  url: URL
  method: string
  /** `v26.0`; the newest when the path names none. */
  version: string
  /** The parsed JSON or form body, over the query's parameters. */
  body: JsonObject
  /** The file of a multipart body; null otherwise. */
  upload: Upload | null
  token: string
  /** Says on the wire list what this call was about. */
  about: (subject: WireSubject, who?: string | null) => void
  /** Webhooks already posted reach the product before the answer does, by fault. */
  answersLast: boolean
}

/** Answers the JSON of a 200, or bytes; throws `GraphError`. */
export type Handler<Target> = (target: Target, call: Call) => JsonObject | Response
/** `METHOD edge` → handler; the edge is empty for the object itself. */
export type Edges<Target> = Record<string, Handler<Target>>

/** Meta's `?fields=a,b{c}`: the top-level names, or null when none were asked for. */
export function fieldsOf(call: Call): string[] | null {
  const fields = call.url.searchParams.get("fields")
  return fields === null || fields === ""
    ? null
    : fields.split(/,(?![^{(]*[})])/).map((name) => name.replace(/[{(.].*$/, ""))
}

/** `all` reduced to what `fields` asks for; the id is always there. */
export function pick(all: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(all).filter(([name]) => name === "id" || fields.includes(name)))
}
