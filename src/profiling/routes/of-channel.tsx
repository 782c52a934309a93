/** A3: which tree of reasons a number's closings choose from. */
import { ChannelPage, channelPath } from "views/channel/page.tsx"
import type { Screen } from "views/parts/screen.ts"
import { ProfilingOfChannel } from "views/profiling/of-channel.tsx"
import type { SessionUser } from "~/account/queries.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import { channelFrame } from "~/channel/queries/administering.ts"
import { channelSettings } from "~/channel/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import type { Areas } from "~/web/areas.ts"
import { type Conflict, changedSince, editing, refusalOf, unlessChanged } from "~/web/editing.ts"
import { choice, type FieldErrors } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { setTreeOfChannel } from "../actions.ts"
import { firstReasons, treeNameOf, treeNames } from "../queries/of-channel.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const profilingOfChannelRoutes = ({ administration }: Areas, parts: Parts) =>
  administration()
    .get("/admin/channels/:id/profiling", (visit) => profilingPage(visit, parts, visit.id("id"), {}))
    .post("/admin/channels/:id/profiling", (visit) => saveProfiling(visit, parts, visit.id("id")))

type Shown = { chosen?: string; errors?: FieldErrors; conflict?: Conflict }

const written = (read: Reader, id: Id) => ({ profiling: [treeNameOf(read, id)] })

function profilingPage(visit: Visit, { screenOf }: Parts, id: Id, { chosen, errors = {}, conflict }: Shown): Response {
  const { me, read, query, t, page } = visit
  const screen = screenOf(me, read)
  const frame = channelFrame(read, id)
  const before = written(read, id)
  const name = chosen ?? treeNameOf(read, id)
  const props = {
    screen,
    frame,
    trees: treeNames(read),
    reasons: firstReasons(read, name),
    editing: { written: { profiling: [name] }, errors, conflict: conflict ?? null, before },
    done: query.get("done") === "saved" ? { sentence: t("admin.done_saved") } : null,
    demand: channelSettings(read, id).profilingReason,
  }
  const status = conflict ? 409 : Object.keys(errors).length > 0 ? 422 : 200
  const inside = <ProfilingOfChannel {...props} />
  return page(
    frame.name,
    <ChannelPage screen={screen} frame={frame} section="profiling">
      {inside}
    </ChannelPage>,
    status,
  )
}

async function saveProfiling(visit: Visit, parts: Parts, id: Id): Promise<Response> {
  const form = visit.checkForm({ ...editing, profiling: choice(["", ...treeNames(visit.read)]) })
  if (!form.valid) return profilingPage(visit, parts, id, { errors: form.errors })
  const { before, profiling } = form.values
  const refusal = await refusalOf(
    visit.act((tx) => {
      channelFrame(tx, id)
      unlessChanged(before, written(tx, id))
      setTreeOfChannel(tx, id, profiling === "" ? null : profiling)
    }),
  )
  if (refusal === null) return visit.redirect(`${channelPath(id, "profiling")}?done=saved`)
  if (refusal.refused !== "form.conflict")
    return profilingPage(visit, parts, id, { chosen: profiling, errors: { form: refusal } })
  const fields = changedSince(before, written(visit.read, id))
  const conflict = { by: lastChange(visit.read, "channel", id), fields }
  return profilingPage(visit, parts, id, { chosen: profiling, conflict })
}
