/** A3: the opening hours of a number. */
import { ChannelHoursForm } from "views/channel/hours.tsx"
import { ChannelPage, channelPath } from "views/channel/page.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import type { Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import type { Id } from "~/kernel/id.ts"
import { knownTimezones } from "~/kernel/timezones.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { type Conflict, changedSince, editing, refusalOf, unlessChanged } from "~/web/editing.ts"
import { choice, type Field, type FieldErrors, id as idField, line, optional, several, text } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { updateChannel } from "../actions.ts"
import { channelById, channelFrame, otherChannels } from "../queries/administering.ts"
import { serviceStatus } from "../queries/service.ts"
import {
  changedDraft,
  draftOf,
  EASTER_DAYS,
  type HoursDraft,
  minutesAWeek,
  readDraft,
  refuseNeverOpen,
  timeTyped,
  WEEKDAY_NAMES,
  writtenHours,
} from "../rules/hours-form.ts"
import { forcedAt, isOpen, nextOpeningOrClosing } from "../rules.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen; secrets: Secrets }

export const channelHoursRoutes = ({ administration }: Areas, parts: Parts) =>
  administration()
    .get("/admin/channels/:id/hours", (visit) => hoursPage(visit, parts, visit.id("id"), {}))
    .post("/admin/channels/:id/hours", (visit) => saveHours(visit, parts, visit.id("id")))

type Shown = { draft?: HoursDraft; timezone?: string; errors?: FieldErrors; conflict?: Conflict }

function hoursPage(visit: Visit, { screenOf }: Parts, id: Id, shown: Shown): Response {
  const { me, read, query, t, page } = visit
  const screen = screenOf(me, read)
  const channel = channelById(read, id)
  const frame = channelFrame(read, id)
  const { timezone: companyTimezone } = tenantProfile(read)
  const before = writtenHours(channel)
  const { draft = draftOf(channel.hours), timezone = channel.timezone ?? "", errors = {}, conflict = null } = shown
  const props = {
    screen,
    frame,
    draft,
    timezone,
    companyTimezone,
    timezones: knownTimezones(),
    weekdays: WEEKDAY_NAMES,
    easterDays: EASTER_DAYS,
    editing: { written: {}, errors, conflict, before },
    done: query.get("done") === "saved" ? { sentence: t("admin.done_saved") } : null,
    outlook: outlookOf(draft, { timezone: timezone || companyTimezone, now: read.now }),
    others: otherChannels(read, id).map(({ id, name }) => ({ id, name })),
    forced: forcedAt(channel, read.now),
    usualUntil: serviceStatus(read).usualUntil,
  }
  const status = conflict ? 409 : Object.keys(errors).length > 0 ? 422 : 200
  const inside = <ChannelHoursForm {...props} />
  return page(
    channel.name,
    <ChannelPage screen={screen} frame={frame} section="hours">
      {inside}
    </ChannelPage>,
    status,
  )
}

/** Open now, and until when, if these were the hours. */
function outlookOf(draft: HoursDraft, { timezone, now }: { timezone: string; now: number }) {
  const read = readDraft(draft)
  if ("errors" in read) return null
  const opening = { enabled: true, hours: read.hours, timezone, forced: null }
  return {
    open: isOpen(opening, timezone, now),
    nextChange: nextOpeningOrClosing(opening, timezone, now),
    minutesAWeek: minutesAWeek(read.hours),
  }
}

const MOST_ROWS = 200
const rows = (most: number): Field<string[]> => several(text({ most }), { most: MOST_ROWS })

const shape = {
  ...editing,
  kind: choice(["always", "weekly"]),
  timezone: choice(["", ...knownTimezones()]),
  day: several(choice(WEEKDAY_NAMES), { most: MOST_ROWS }),
  from: rows(10),
  to: rows(10),
  holidayKind: rows(12),
  holidayDate: rows(10),
  holidayName: rows(80),
  holidayHours: rows(100),
  do: optional(line({ most: 40 })),
  source: optional(idField),
}

/** Small buttons change the form alone; nothing is kept before «Save». */
async function saveHours(visit: Visit, parts: Parts, id: Id): Promise<Response> {
  const form = visit.checkForm(shape)
  if (!form.valid) return hoursPage(visit, parts, id, { errors: form.errors })
  const { before, timezone, do: deed, source, ...given } = form.values
  const draft = draftFrom(given)
  if (deed === "from" && source !== null) {
    const { hours, timezone: clock } = channelById(visit.read, source)
    return hoursPage(visit, parts, id, { draft: draftOf(hours), timezone: clock ?? "" })
  }
  const changed = deed === null ? null : (changedDraft(draft, deed) ?? draft)
  if (changed) return hoursPage(visit, parts, id, { draft: weeklyWhere(changed, draft), timezone })
  const read = readDraft(draft)
  if ("errors" in read) return hoursPage(visit, parts, id, { draft, timezone, errors: read.errors })
  const neverOpen = refuseNeverOpen(read.hours, timezone || tenantProfile(visit.read).timezone, visit.read.now)
  if (neverOpen) return hoursPage(visit, parts, id, { draft, timezone, errors: { kind: neverOpen } })
  const refusal = await refusalOf(
    visit.act((tx) => {
      unlessChanged(before, writtenHours(channelById(tx, id)))
      updateChannel(tx, parts.secrets, id, { hours: read.hours, timezone: timezone === "" ? null : timezone })
    }),
  )
  if (refusal === null) return visit.redirect(`${channelPath(id, "hours")}?done=saved`)
  if (refusal.refused !== "form.conflict")
    return hoursPage(visit, parts, id, { draft, timezone, errors: { form: refusal } })
  const fields = changedSince(before, writtenHours(channelById(visit.read, id)))
  const conflict = { by: lastChange(visit.read, "channel", id), fields }
  return hoursPage(visit, parts, id, { draft, timezone, conflict })
}

/** Whoever adds a shift wants a week. */
const weeklyWhere = (changed: HoursDraft, before: HoursDraft): HoursDraft =>
  changed.shifts.length > before.shifts.length ? { ...changed, kind: "weekly" } : changed

type Given = Record<"from" | "to" | "holidayKind" | "holidayDate" | "holidayName" | "holidayHours", string[]> & {
  kind: HoursDraft["kind"]
  day: HoursDraft["shifts"][number]["day"][]
}

const draftFrom = ({
  kind,
  day,
  from,
  to,
  holidayKind,
  holidayDate,
  holidayName,
  holidayHours,
}: Given): HoursDraft => ({
  kind,
  shifts: day.map((one, index) => ({ day: one, from: timeTyped(from[index] ?? ""), to: timeTyped(to[index] ?? "") })),
  holidays: holidayKind.map((one, index) => ({
    kind: one,
    date: holidayDate[index] ?? "",
    name: holidayName[index] ?? "",
    hours: holidayHours[index] ?? "",
  })),
})
