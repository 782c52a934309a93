/** A3: a year's holidays for several numbers at once: public ones of a country, or a calendar file or list from elsewhere. */
import { HOLIDAYS_PATH, HolidayImport } from "views/channel/holiday-import.tsx"
import { CHANNELS_PATH, channelPath } from "views/channel/page.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import type { Calendar } from "~/hours/rules/calendar.ts"
import { type Id, parseId } from "~/kernel/id.ts"
import { refuse } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { choice, type FieldErrors, id as idField, several, text, wholeNumber } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { addHolidays } from "../actions/holidays.ts"
import { channelHoursOf } from "../queries/administering.ts"
import {
  calendarIn,
  HOLIDAY_COUNTRIES,
  type HolidayCountry,
  plannedFor,
  previewOf,
  publicOf,
} from "../queries/holidays.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen; secrets: Secrets }

export const holidayRoutes = ({ administration }: Areas, parts: Parts) =>
  administration()
    .get(HOLIDAYS_PATH, (visit) => {
      const asked = askedFor(visit)
      return holidaysPage(visit, parts, asked, visit.query.has("country") ? publicOf(asked) : null)
    })
    .post(HOLIDAYS_PATH, (visit) => preview(visit, parts))
    .post(`${HOLIDAYS_PATH}/adding`, (visit) => add(visit, parts))

/** What stands in the form. */
type Asked = { numbers: readonly Id[]; year: number; country: HolidayCountry; list: string }

const FIRST_YEAR = 2020
const LAST_YEAR = 2099
const MOST_NUMBERS = 200
const MOST_DAYS = 366
const LONGEST_LIST = 200_000

const fields = {
  numbers: several(idField, { most: MOST_NUMBERS }),
  year: wholeNumber({ least: FIRST_YEAR, most: LAST_YEAR }),
}

/** The address may say for which number, which year and which country; else what is planned for now. */
function askedFor({ read, query }: Visit): Asked {
  const planned = plannedFor(read)
  const year = Number(query.get("year") ?? planned.year)
  const all = channelHoursOf(read).map(({ id }) => id)
  const one = parseId(query.get("channel") ?? "")
  return {
    numbers: one === null ? all : all.filter((id) => id === one),
    year: year >= FIRST_YEAR && year <= LAST_YEAR ? year : planned.year,
    country: HOLIDAY_COUNTRIES.find((known) => known === query.get("country")) ?? planned.country,
    list: "",
  }
}

type Shown = { errors?: FieldErrors; status?: number }

function holidaysPage(visit: Visit, { screenOf }: Parts, asked: Asked, found: Calendar | null, shown: Shown = {}) {
  const { me, read, query, page, t } = visit
  const numbers = channelHoursOf(read)
  const done = query.get("done")
  const props = {
    screen: screenOf(me, read),
    numbers,
    asked,
    countries: HOLIDAY_COUNTRIES,
    errors: shown.errors ?? {},
    preview: found && previewOf(read, asked, found),
    added: done === null ? null : Number(done),
  }
  return page(t("holidays.title"), <HolidayImport {...props} />, shown.status ?? 200)
}

async function preview(visit: Visit, parts: Parts): Promise<Response> {
  const form = visit.checkForm({
    ...fields,
    country: choice(HOLIDAY_COUNTRIES),
    list: text({ most: LONGEST_LIST }),
    source: choice(["country", "list"]),
  })
  const { written } = form
  const typed = { ...askedFor(visit), list: written.list?.[0] ?? "" }
  if (!form.valid) return holidaysPage(visit, parts, typed, null, { errors: form.errors, status: 422 })
  const { source, ...asked } = form.values
  const errors: Record<string, ReturnType<typeof refuse>> = {}
  if (asked.numbers.length === 0) errors.numbers = refuse("holidays.no_number")
  if (source === "list" && asked.list.trim() === "") errors.list = refuse("field.required")
  if (Object.keys(errors).length > 0) return holidaysPage(visit, parts, asked, null, { errors, status: 422 })
  return holidaysPage(visit, parts, asked, source === "country" ? publicOf(asked) : calendarIn(asked.list, asked.year))
}

/** What was shown comes back as lines of a list, those that were left out not. */
async function add(visit: Visit, parts: Parts): Promise<Response> {
  const { numbers, year, entry } = visit.form({ ...fields, entry: several(text({ most: 400 }), { most: MOST_DAYS }) })
  const { days } = calendarIn(entry.map((line) => line.replaceAll("\n", " ")).join("\n"), year)
  const count = await visit.act((tx) => addHolidays(tx, parts.secrets, numbers, days))
  const [one] = numbers
  const back = numbers.length === 1 && one !== undefined ? channelPath(one, "hours") : `${CHANNELS_PATH}/holidays`
  return visit.redirect(numbers.length === 1 ? `${back}?done=saved` : `${back}?done=${count}&year=${year}`)
}
