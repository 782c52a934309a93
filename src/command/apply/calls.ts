/** The servers of the file by which video calls find their way. */
import { setCallServers } from "~/call/actions/servers.ts"
import { setCallTemplate } from "~/call/actions/template.ts"
import { isIceUrl, MOST_ICE_URLS } from "~/call/rules/servers.ts"
import type { Tx } from "~/database/handles.ts"
import type { Application } from "./provision.ts"
import { listOf, object, orNull, type Shape, tell, text, verbatim } from "./shape.ts"

const url = text(200, (value) =>
  isIceUrl(value) ? null : "must be like stun:host:3478 or turn:host:3478?transport=udp",
)
const secret = verbatim((value) => (value.length > 0 && value.length <= 500 ? null : "must be 1 to 500 characters"))
const fields = object({ urls: listOf(url) }, { secret: orNull(secret) })

export type CallServersEntry = { urls: string[]; secret?: string | null }

export const callServersShape: Shape<CallServersEntry> = (given, path, problems) => {
  const read = fields(given, path, problems)
  if (read && read.urls.length > MOST_ICE_URLS)
    return tell(problems, `${path}.urls`, `must be at most ${MOST_ICE_URLS}`)
  return read
}

/** By its name at Meta: what of it fits is looked at when a link goes out. */
export const callTemplateShape: Shape<string | null> = orNull(
  text(512, (value) => (/^[a-z0-9_]+$/.test(value) ? null : "must be the name of a template")),
)

export function applyCallTemplate(
  { report }: Application,
  tx: Tx,
  name: string | null | undefined,
  slug: string,
): void {
  if (name === undefined) return
  const changed = setCallTemplate(tx, name)
  report.push({ object: `call template of ${slug}`, outcome: changed ? "changed" : "left alone" })
}

export function applyCallServers(
  { secrets, report }: Application,
  tx: Tx,
  entry: CallServersEntry | undefined,
  slug: string,
): void {
  if (!entry) return
  const changed = setCallServers(tx, secrets, entry)
  report.push({ object: `call servers of ${slug}`, outcome: changed ? "changed" : "left alone" })
}
