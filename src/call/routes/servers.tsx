/** A11: the servers for video calls, set by the tenant's admin and tried from the admin's own browser. */
import { CallServersPage } from "views/call/servers.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import type { Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import { NotFound } from "~/kernel/step.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { changedSince, editing, unlessChanged, type Written } from "~/web/editing.ts"
import { checkbox, type FieldErrors, line, optional, text } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { setCallServers } from "../actions/servers.ts"
import { setCallTemplate } from "../actions/template.ts"
import { callTemplate, templateChoices } from "../queries/template.ts"
import { callServers, trialServers } from "../queries.ts"
import { readUrls } from "../rules/servers.ts"

export type CallServerParts = {
  screenOf: (me: SessionUser, read: Reader) => Screen
  secrets: Secrets
  /** Whether customers reach the public listener by HTTPS: no browser gives a camera otherwise. */
  isPublicSecure: boolean
  /** What every link to a call begins with. */
  callsAt: string
}

const PATH = "/admin/calls"
const DONE = ["saved", "template"] as const

export const callServerRoutes = ({ administration }: Areas, parts: CallServerParts) =>
  administration()
    .get(PATH, (visit) => serversPage(visit, parts, { errors: {} }))
    .post(PATH, (visit) => saveServers(visit, parts))
    .post(`${PATH}/template`, async (visit) => {
      const { template } = visit.form({ template: optional(line({ most: 512 })) })
      const isFit = templateChoices(visit.read, parts.callsAt).some(({ name }) => name === template)
      if (template !== null && !isFit) throw new NotFound()
      await visit.act((tx) => setCallTemplate(tx, template))
      return visit.redirect(`${PATH}?done=template`)
    })
    .get(`${PATH}/trial`, ({ read, json }) => json(trialServers(read, parts.secrets)))

type Typed = { written?: Written; errors: FieldErrors; hasConflict?: boolean }

function serversPage(visit: Visit, parts: CallServerParts, { written, errors, hasConflict = false }: Typed): Response {
  const { me, read, page, query } = visit
  const { urls, secret } = callServers(read, parts.secrets)
  const now = writtenServers(urls)
  const status = hasConflict ? 409 : Object.keys(errors).length > 0 ? 422 : 200
  const screen = parts.screenOf(me, read)
  const props = {
    screen,
    before: now,
    written: written ?? now,
    errors,
    hasSecret: secret !== null,
    isPublicSecure: parts.isPublicSecure,
    relayOnly: tenantSettings(read).callThroughRelayOnly,
    conflict: hasConflict ? lastChange(read, "tenant", me.tenant) : null,
    done: DONE.find((one) => one === query.get("done")) ?? null,
    template: { chosen: callTemplate(read), choices: templateChoices(read, parts.callsAt), callsAt: parts.callsAt },
  }
  return page(screen.t("call_servers.title"), <CallServersPage {...props} />, status)
}

const writtenServers = (urls: readonly string[]): Written => ({ urls: [urls.join("\n")] })

async function saveServers(visit: Visit, parts: CallServerParts): Promise<Response> {
  const form = visit.checkForm({
    ...editing,
    urls: text({ most: 2_000 }),
    secret: text({ most: 500 }),
    forget: checkbox,
  })
  if (!form.valid) return serversPage(visit, parts, { errors: form.errors })
  const { urls: typed, secret, forget, before } = form.values
  const written = { urls: [typed] }
  const read = readUrls(typed)
  if ("refused" in read) return serversPage(visit, parts, { written, errors: { urls: read } })
  if (changedSince(before, writtenServers(callServers(visit.read, parts.secrets).urls)).length > 0)
    return serversPage(visit, parts, { written, errors: {}, hasConflict: true })
  await visit.act((tx) => {
    unlessChanged(before, writtenServers(callServers(tx, parts.secrets).urls))
    const kept = forget ? { secret: null } : secret === "" ? {} : { secret }
    setCallServers(tx, parts.secrets, { urls: read.urls, ...kept })
  })
  return visit.redirect(`${PATH}?done=saved`)
}
