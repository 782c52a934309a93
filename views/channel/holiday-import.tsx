/** A3: a year's holidays: asked for, looked at day by day, and put into the hours of several numbers at once. */
import type { HolidayPreview } from "~/channel/rules/holiday-import.ts"
import { refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { FormToken, SelectField } from "../parts/field.tsx"
import { AreaField, ChecksField, FormGroup, NumberField } from "../parts/form.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { CHANNELS_PATH } from "./page.tsx"

export const HOLIDAYS_PATH = `${CHANNELS_PATH}/holidays`

export type HolidayImportProps = {
  screen: Screen
  numbers: readonly { id: number; name: string; hours: { kind: "always" | "weekly" } }[]
  asked: { numbers: readonly number[]; year: number; country: string; list: string }
  countries: readonly string[]
  errors: Readonly<Record<string, { refused: string }>>
  preview: HolidayPreview | null
  /** How many numbers have just been given holidays. */
  added: number | null
}

export const HolidayImport = (props: HolidayImportProps) => {
  const { screen, numbers, preview, added } = props
  const { t } = screen
  return (
    <div class="page settings-page">
      <nav class="crumbs" aria-label={t("channels.way")}>
        <a href={CHANNELS_PATH}>{t("channels.title")}</a>
        <Icon name="chevron-right" size="small" />
        <span aria-current="page">{t("holidays.title")}</span>
      </nav>
      <h1>{t("holidays.title")}</h1>
      <p class="panel-intro">{t("holidays.intro")}</p>
      {added !== null && <Banner tone="ok" title={t("holidays.added", { count: added })} isAnnounced />}
      {numbers.length === 0 ? (
        <EmptyState icon="phone" title={t("holidays.no_numbers")}>
          {t("holidays.no_numbers_hint")}
        </EmptyState>
      ) : (
        <Asking {...props} />
      )}
      {preview && <Preview {...props} preview={preview} />}
    </div>
  )
}

function Asking({ screen, numbers, asked, countries, errors }: HolidayImportProps) {
  const { t, format } = screen
  const wrong = (name: string) => errors[name] && refusalLine(t, errors[name])
  return (
    <form class="card" method="post" action={HOLIDAYS_PATH}>
      <FormToken csrfToken={screen.csrfToken} />
      <div class="columns">
        <ChecksField
          name="numbers"
          label={t("holidays.numbers")}
          error={wrong("numbers")}
          none=""
          chosen={asked.numbers.map(String)}
          options={numbers.map(({ id, name, hours }) => ({
            value: String(id),
            label: name,
            aside: hours.kind === "always" ? t("hours.always") : null,
          }))}
        />
        <NumberField
          name="year"
          label={t("holidays.year")}
          value={String(asked.year)}
          least={2020}
          most={2099}
          error={wrong("year")}
        />
      </div>
      <FormGroup legend={t("holidays.public")}>
        <SelectField
          name="country"
          label={t("holidays.country")}
          value={asked.country}
          hint={t("holidays.country_hint")}
          error={wrong("country")}
          options={countries.map((code) => ({ value: code, label: format.country(code) }))}
        />
        <p>
          <Button kind="primary" type="submit" more={{ name: "source", value: "country" }}>
            {t("holidays.look_public")}
          </Button>
        </p>
      </FormGroup>
      <FormGroup legend={t("holidays.list")}>
        <div class="field">
          <label for="holiday-file">{t("holidays.file")}</label>
          <input
            class="input"
            type="file"
            id="holiday-file"
            accept=".ics,.csv,.txt,text/calendar"
            data-fills="field-list"
          />
        </div>
        <AreaField
          name="list"
          label={t("holidays.lines")}
          hint={t("holidays.lines_hint")}
          value={asked.list}
          rows={6}
          error={wrong("list")}
          more={{ spellcheck: "false" }}
        />
        <p>
          <Button type="submit" more={{ name: "source", value: "list" }}>
            {t("holidays.look_list")}
          </Button>
        </p>
      </FormGroup>
    </form>
  )
}

function Preview({ screen, asked, preview }: HolidayImportProps & { preview: HolidayPreview }) {
  const { t } = screen
  const { days, year, aroundTheClock } = preview
  const fresh = days.filter(({ isNew }) => isNew).length
  return (
    <form class="card" method="post" action={`${HOLIDAYS_PATH}/adding`} aria-labelledby="holiday-preview">
      <FormToken csrfToken={screen.csrfToken} />
      <input type="hidden" name="year" value={year} />
      {asked.numbers.map((id) => (
        <input type="hidden" name="numbers" value={id} />
      ))}
      <h2 id="holiday-preview">{t("holidays.found", { count: days.length, year: String(year) })}</h2>
      <Remarks screen={screen} preview={preview} />
      {days.length > 0 && (
        <ul class="holiday-preview">
          {days.map((day) => (
            <Day screen={screen} day={day} />
          ))}
        </ul>
      )}
      {days.length > 0 && fresh === 0 && aroundTheClock.length < asked.numbers.length && (
        <p class="panel-intro">{t("holidays.nothing_new")}</p>
      )}
      {fresh > 0 && (
        <p>
          <Button kind="primary" type="submit">
            {t("holidays.add", { count: asked.numbers.length })}
          </Button>
        </p>
      )}
    </form>
  )
}

/** What of the text is left out, and why. */
function Remarks({ screen: { t }, preview }: { screen: Screen; preview: HolidayPreview }) {
  const { problems, otherYears, aroundTheClock } = preview
  return (
    <>
      {problems.length > 0 && (
        <Banner tone="warn" title={t("holidays.not_read", { count: problems.length })}>
          <ul>
            {problems.slice(0, MOST_PROBLEMS).map(({ line, text, reason }) => (
              <li>{t(`holidays.problem_${reason}` as "holidays.problem_no_date", { line, text })}</li>
            ))}
          </ul>
        </Banner>
      )}
      {otherYears > 0 && <p class="field-hint">{t("holidays.other_years", { count: otherYears })}</p>}
      {aroundTheClock.length > 0 && (
        <p class="field-hint">{t("holidays.around_the_clock", { names: aroundTheClock.join(", ") })}</p>
      )}
    </>
  )
}

const MOST_PROBLEMS = 20

function Day({ screen: { t, format }, day }: { screen: Screen; day: HolidayPreview["days"][number] }) {
  const { date, name, hours, there, isNew } = day
  return (
    <li class="holiday-line">
      <label class="holiday-taken">
        <input type="checkbox" name="entry" value={`${date}; ${name}; ${hours}`} checked={isNew} disabled={!isNew} />
        <span class="holiday-day">{format.calendarDay(date)}</span>
        <span>{name}</span>
      </label>
      <Chip>{hours === "" ? t("hours.closed_all_day") : hours}</Chip>
      {there.length > 0 && (
        <p class="holiday-there">
          {there
            .map(({ number, name: known, isHalf }) =>
              t(isHalf ? "holidays.there_half" : "holidays.there", { number, name: known }),
            )
            .join(" · ")}
        </p>
      )}
    </li>
  )
}
