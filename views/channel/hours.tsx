/** A3, hours: the week shift by shift, holidays, whose clocks; what follows from it is said under it. */
import type { ChannelFrame } from "~/channel/queries/administering.ts"
import type { HoursDraft } from "~/channel/rules/hours-form.ts"
import { type Done, type Editing, SheetForm } from "../admin/sheet.tsx"
import { type PlainKey, refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button, IconButton } from "../parts/button.tsx"
import { FormToken, SelectField } from "../parts/field.tsx"
import { ChoiceField } from "../parts/form.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { Holidays } from "./holidays.tsx"
import { CHANNEL_PANEL, CHANNELS_PATH, channelPath, pressing, SavesOnEnter } from "./page.tsx"

export type HoursProps = {
  screen: Screen
  frame: ChannelFrame
  draft: HoursDraft
  /** Empty: the company's. */
  timezone: string
  timezones: readonly string[]
  companyTimezone: string
  weekdays: readonly string[]
  easterDays: readonly string[]
  editing: Editing
  done: Done | null
  /** What the hours as they stand in the form mean; null where something is wrong. */
  outlook: { open: boolean; nextChange: number | null; minutesAWeek: number } | null
  others: readonly { id: number; name: string }[]
  forced: { state: "open" | "closed"; until: number } | null
  usualUntil: string
}

export function ChannelHoursForm(props: HoursProps) {
  const { screen, frame, draft, timezone, timezones, companyTimezone, editing, done, weekdays } = props
  const { t } = screen
  return (
    <>
      <section class="card">
        <h2>{t("channels.section_hours")}</h2>
        <SheetForm
          screen={screen}
          panel={CHANNEL_PANEL}
          action={channelPath(frame.id, "hours")}
          closePath={CHANNELS_PATH}
          editing={editing}
          done={done}
          submitLabel={t("admin.save")}
          labels={labelsOf(screen, weekdays)}
        >
          <SavesOnEnter />
          <div class="columns">
            <ChoiceField
              name="kind"
              label={t("hours.kind")}
              value={draft.kind}
              error={editing.errors.kind && refusalLine(t, editing.errors.kind)}
              options={[
                { value: "weekly", label: t("hours.weekly") },
                { value: "always", label: t("hours.always") },
              ]}
            />
            <SelectField
              name="timezone"
              label={t("settings.timezone")}
              value={timezone}
              options={[
                { value: "", label: t("hours.company_clock", { zone: companyTimezone }) },
                ...timezones.map((zone) => ({ value: zone, label: zone })),
              ]}
            />
          </div>
          <div class="week">
            {weekdays.map((day) => (
              <Day screen={screen} draft={draft} editing={editing} day={day} />
            ))}
          </div>
          <p class="field-hint">{t("hours.hint")}</p>
          <Holidays {...props} />
          <Outlook {...props} />
        </SheetForm>
      </section>
      <Forcing {...props} />
    </>
  )
}

type DayProps = Pick<HoursProps, "screen" | "draft" | "editing"> & { day: string }

function Day({ screen, draft, editing, day }: DayProps) {
  const { t } = screen
  const error = editing.errors[day]
  const name = t(`hours.day_${day}` as PlainKey)
  const shifts = draft.shifts.map((shift, index) => ({ ...shift, index })).filter((shift) => shift.day === day)
  return (
    <fieldset class={`week-day${error ? " is-wrong" : ""}`}>
      <legend>{name}</legend>
      <div class="week-shifts">
        {shifts.length === 0 && <span class="week-closed">{t("hours.closed")}</span>}
        {shifts.map(({ from, to, index }) => (
          <span class="week-shift">
            <input type="hidden" name="day" value={day} />
            <TimeInput name="from" value={from} label={t("hours.from", { day: name })} isWrong={!!error} />
            <span aria-hidden="true">–</span>
            <TimeInput name="to" value={to} label={t("hours.to", { day: name })} isWrong={!!error} />
            <IconButton
              icon="x"
              type="submit"
              label={t("hours.drop", { day: name, from, to })}
              more={pressing(`drop:${index}`)}
            />
          </span>
        ))}
        {error && (
          <p class="field-error">
            <Icon name="circle-alert" size="small" />
            <span>{refusalLine(t, error)}</span>
          </p>
        )}
      </div>
      <div class="week-deeds">
        <Button
          kind="quiet"
          size="small"
          icon="plus"
          type="submit"
          more={{ ...pressing(`add:${day}`), "aria-label": t("hours.add", { day: name }) }}
        >
          {t("hours.shift")}
        </Button>
        <IconButton
          icon="copy"
          type="submit"
          label={t("hours.copy_day", { day: name })}
          more={pressing(`copy:${day}`)}
        />
      </div>
    </fieldset>
  )
}

type TimeProps = { name: string; value: string; label: string; isWrong: boolean }

const TimeInput = ({ name, value, label, isWrong }: TimeProps) => (
  <input
    class="input"
    name={name}
    value={value}
    aria-label={label}
    inputmode="numeric"
    maxlength={5}
    autocomplete="off"
    placeholder="09:00"
    aria-invalid={isWrong ? "true" : null}
  />
)

/** What follows from the hours as they stand in the form. */
function Outlook({ screen, outlook }: Pick<HoursProps, "screen" | "outlook">) {
  const { t, format, now } = screen
  if (!outlook) return null
  const { open, nextChange, minutesAWeek } = outlook
  const moment = nextChange === null ? null : format.moment(nextChange, now)
  const words =
    moment === null
      ? t(open ? "hours.outlook_always" : "hours.outlook_never")
      : t(open ? "hours.outlook_open" : "hours.outlook_closed", { moment })
  const length = { hours: Math.floor(minutesAWeek / 60), minutes: minutesAWeek % 60 }
  return (
    <div class="hours-outlook" role="status">
      <Icon name={open ? "circle-check" : "clock"} size="small" />
      <span>{`${words} ${t("hours.a_week", length)}`}</span>
      <Button size="small" kind="quiet" type="submit" more={pressing("look")}>
        {t("hours.look")}
      </Button>
    </div>
  )
}

/** A supervisor's word over the hours (S16): the same act as in the header. */
function Forcing({ screen, frame, forced, usualUntil }: HoursProps) {
  const { t, format, now } = screen
  const action = `/channels/${frame.id}/forced-hours`
  const back = <input type="hidden" name="next" value="hours" />
  return (
    <section class="card">
      <h2>{t("hours.forcing")}</h2>
      {forced ? (
        <Banner
          tone="info"
          title={t(`hours.forced_${forced.state}`, { moment: format.moment(forced.until, now) })}
          actions={
            <form method="post" action={`${action}/ending`}>
              <FormToken csrfToken={screen.csrfToken} />
              {back}
              <Button type="submit" size="small" icon="rotate-ccw">
                {t("service.back_to_hours")}
              </Button>
            </form>
          }
        />
      ) : (
        <p class="field-hint">{t("hours.forcing_hint")}</p>
      )}
      <form class="setup-try" method="post" action={action}>
        <FormToken csrfToken={screen.csrfToken} />
        {back}
        <div class="field">
          <label for="forced-until">{t("service.until")}</label>
          <input class="input" id="forced-until" type="time" name="until" value={usualUntil} required />
        </div>
        <Button type="submit" more={{ name: "state", value: "open" }}>
          {t("service.open_now")}
        </Button>
        <Button type="submit" more={{ name: "state", value: "closed" }}>
          {t("service.close_now")}
        </Button>
      </form>
    </section>
  )
}

const labelsOf = ({ t }: Screen, weekdays: readonly string[]): Record<string, string> => ({
  kind: t("hours.kind"),
  timezone: t("settings.timezone"),
  holidays: t("hours.holidays"),
  ...Object.fromEntries(weekdays.map((day) => [day, t(`hours.day_${day}` as PlainKey)])),
})
