/** A11: how long what is kept; what that would remove today; what it removed; holds, and customers who were erased. */

import type { Screen } from "views/parts/screen.ts"
import { RETENTION_PATH, RetentionPage, RetentionPreview, RetentionProgress } from "views/retention/page.tsx"
import type { SessionUser } from "~/account/queries.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import type { Reader } from "~/database/handles.ts"
import type { Areas } from "~/web/areas.ts"
import { changedSince, editing, unlessChanged, type Written } from "~/web/editing.ts"
import { type FieldErrors, wholeNumber } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { liftHold } from "./actions/holds.ts"
import { runNow, setRetention } from "./actions.ts"
import type { Counting } from "./queries/counting.ts"
import { erasuresOf, holdsOf, nextNight, retentionOf, runsOf } from "./queries.ts"
import { RETENTION, RETENTION_FIELDS, type Retention, refuseRetention } from "./rules.ts"

export type RetentionParts = { screenOf: (me: SessionUser, read: Reader) => Screen; counting: Counting }

export const retentionRoutes = ({ administration }: Areas, parts: RetentionParts) =>
  administration()
    .get(RETENTION_PATH, (visit) => retentionPage(visit, parts, {}))
    .post(RETENTION_PATH, (visit) => saveChoices(visit, parts))
    .get(`${RETENTION_PATH}/preview`, async (visit) => {
      const { me, read, query, html, wantsPanel, redirect } = visit
      if (!wantsPanel) return redirect(RETENTION_PATH)
      const retention = typedIn(query, retentionOf(read))
      const preview = await parts.counting.preview(me.tenant, retention)
      const isSaved = RETENTION.text(retention) === RETENTION.text(retentionOf(read))
      return html(
        <RetentionPreview
          screen={parts.screenOf(me, read)}
          preview={preview}
          retention={retention}
          isSaved={isSaved}
        />,
      )
    })
    .get(`${RETENTION_PATH}/progress`, ({ me, read, html, wantsPanel, redirect }) =>
      wantsPanel ? html(<RetentionProgress {...progressOf(parts, me, read)} />) : redirect(RETENTION_PATH),
    )
    .post(`${RETENTION_PATH}/run`, async ({ act, redirect }) => {
      await act(runNow)
      return redirect(`${RETENTION_PATH}?done=begun`)
    })
    .post(`${RETENTION_PATH}/holds/:id/lifting`, async (visit) => {
      const hold = visit.id("id")
      await visit.act((tx) => void liftHold(tx, hold))
      return visit.done(RETENTION_PATH)
    })

const WHOLE = { least: 0, most: RETENTION.choices.conversationsDays.most }
const days = wholeNumber(WHOLE)
const fields = Object.fromEntries(RETENTION_FIELDS.map((field) => [field, days])) as Record<
  keyof Retention,
  ReturnType<typeof wholeNumber>
>

const writtenIn = (retention: Retention): Written =>
  Object.fromEntries(RETENTION_FIELDS.map((field) => [field, [String(retention[field])]]))

type Shown = { written?: Written; errors?: FieldErrors; hasConflict?: boolean }

function retentionPage(visit: Visit, parts: RetentionParts, shown: Shown): Response {
  const { me, read, page, query, watch } = visit
  watch("retention")
  const { written, errors = {}, hasConflict = false } = shown
  const now = writtenIn(retentionOf(read))
  const done = (["saved", "begun"] as const).find((word) => word === query.get("done")) ?? null
  const props = {
    before: now,
    written: written ?? now,
    errors,
    holds: holdsOf(read),
    progress: progressOf(parts, me, read),
    done,
    conflict: hasConflict ? (lastChange(read, "tenant", me.tenant)?.name ?? "") : null,
  } as const
  const screen = parts.screenOf(me, read)
  const status = hasConflict ? 409 : Object.keys(errors).length > 0 ? 422 : 200
  return page(screen.t("retention.title"), <RetentionPage screen={screen} {...props} />, status)
}

const progressOf = ({ screenOf }: RetentionParts, me: SessionUser, read: Reader) => ({
  screen: screenOf(me, read),
  ...runsOf(read),
  nextNight: nextNight(read),
  erasures: erasuresOf(read),
})

async function saveChoices(visit: Visit, parts: RetentionParts): Promise<Response> {
  const form = visit.checkForm<Retention & { before: string }>({ ...fields, ...editing })
  if (!form.valid) return retentionPage(visit, parts, { written: form.written, errors: form.errors })
  const { written } = form
  const { before, ...chosen } = form.values
  const errors = refuseRetention(chosen)
  if (Object.keys(errors).length > 0) return retentionPage(visit, parts, { written, errors: errors as FieldErrors })
  if (changedSince(before, writtenIn(retentionOf(visit.read))).length > 0)
    return retentionPage(visit, parts, { written, hasConflict: true })
  await visit.act((tx) => {
    unlessChanged(before, writtenIn(retentionOf(tx)))
    setRetention(tx, chosen)
  })
  return visit.redirect(`${RETENTION_PATH}?done=saved`)
}

/** What stands in the form, as far as it can be counted with; else what holds. */
function typedIn(query: URLSearchParams, now: Retention): Retention {
  const typed = RETENTION_FIELDS.flatMap((field) => {
    const read = days(query.getAll(field))
    return "value" in read ? [[field, read.value] as const] : []
  })
  const wanted = { ...now, ...Object.fromEntries(typed) }
  return Object.keys(refuseRetention(wanted)).length > 0 ? now : wanted
}
