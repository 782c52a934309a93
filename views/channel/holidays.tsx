/** A3, hours: the days that are not like their weekday. */
import type { HoursDraft } from "~/channel/rules/hours-form.ts"
import { type PlainKey, refusalLine } from "../locales/index.ts"
import { Button, IconButton } from "../parts/button.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { HOLIDAYS_PATH } from "./holiday-import.tsx"
import type { HoursProps } from "./hours.tsx"
import { pressing } from "./page.tsx"

export function Holidays({ screen, draft, easterDays, editing, frame, others }: HoursProps) {
  const { t } = screen
  return (
    <>
      <h3>{t("hours.holidays")}</h3>
      <p class="field-hint">{t("hours.holidays_hint")}</p>
      <ul class="holidays">
        {draft.holidays.map((holiday, index) => (
          <Holiday
            screen={screen}
            holiday={holiday}
            index={index}
            easterDays={easterDays}
            error={editing.errors[`holiday-${index}`]}
          />
        ))}
      </ul>
      <div class="channel-deeds">
        <Button size="small" icon="plus" type="submit" more={pressing("holiday")}>
          {t("hours.add_holiday")}
        </Button>
        <Button size="small" icon="download" href={`${HOLIDAYS_PATH}?channel=${frame.id}`}>
          {t("holidays.of_a_year")}
        </Button>
        {others.length > 0 && (
          <span class="hours-copy">
            <select class="select" name="source" aria-label={t("hours.copy_from")} id={`hours-of-${frame.id}`}>
              {others.map(({ id, name }) => (
                <option value={id}>{name}</option>
              ))}
            </select>
            <Button size="small" icon="copy" type="submit" more={pressing("from")}>
              {t("hours.copy_from")}
            </Button>
          </span>
        )}
      </div>
    </>
  )
}

type HolidayProps = Pick<HoursProps, "screen" | "easterDays"> & {
  holiday: HoursDraft["holidays"][number]
  index: number
  error: HoursProps["editing"]["errors"][string] | undefined
}

function Holiday({ screen, holiday, index, easterDays, error }: HolidayProps) {
  const { t } = screen
  const { kind, date, name, hours } = holiday
  const isEaster = kind.startsWith("easter")
  const kinds = isEaster && !easterDays.includes(kind) ? [...easterDays, kind] : easterDays
  return (
    <li class={error ? "is-wrong" : null}>
      <select class="select" name="holidayKind" aria-label={t("hours.holiday_kind")}>
        {["once", "yearly"].map((one) => (
          <option value={one} selected={one === kind}>
            {t(`hours.holiday_${one as "once" | "yearly"}`)}
          </option>
        ))}
        {kinds.map((one) => (
          <option value={one} selected={one === kind}>
            {easterWords(screen, one)}
          </option>
        ))}
      </select>
      <input
        class="input"
        type={isEaster ? "hidden" : "date"}
        name="holidayDate"
        value={date}
        aria-label={t("hours.holiday_day")}
        aria-invalid={error && !isEaster ? "true" : null}
      />
      <input
        class="input"
        name="holidayName"
        value={name}
        maxlength={80}
        placeholder={t("hours.holiday_called")}
        aria-label={t("hours.holiday_called")}
      />
      <input
        class="input"
        name="holidayHours"
        value={hours}
        placeholder={t("hours.closed_all_day")}
        aria-label={t("hours.holiday_open")}
      />
      <IconButton
        icon="trash-2"
        type="submit"
        label={t("hours.forget", { name: name || date })}
        more={pressing(`forget:${index}`)}
      />
      {error && (
        <p class="field-error">
          <Icon name="circle-alert" size="small" />
          <span>{refusalLine(t, error)}</span>
        </p>
      )}
    </li>
  )
}

const EASTER_WORDS: Readonly<Record<string, PlainKey>> = {
  "easter-47": "hours.shrove_tuesday",
  "easter-3": "hours.maundy_thursday",
  "easter-2": "hours.good_friday",
  easter: "hours.easter",
  "easter+1": "hours.easter_monday",
  "easter+39": "hours.ascension",
  "easter+49": "hours.pentecost",
  "easter+50": "hours.whit_monday",
  "easter+60": "hours.corpus_christi",
}

function easterWords({ t }: Screen, kind: string): string {
  const known = EASTER_WORDS[kind]
  return known ? t(known) : t("hours.easter_days", { days: kind.slice("easter".length) })
}
