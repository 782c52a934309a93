/** A11: what a tenant decides for itself: its name, clock and language, and every choice of TENANT_SETTINGS that has no page of its own. */
import type { Editing } from "views/admin/sheet.tsx"
import type { Screen } from "views/parts/screen.ts"
import { SETTINGS_PATH, type SettingLine, Settings } from "views/tenant/settings.tsx"
import type { SessionUser } from "~/account/queries.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { Reader } from "~/database/handles.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import { knownTimezones } from "~/kernel/timezones.ts"
import type { Areas } from "~/web/areas.ts"
import { changedSince, editing, errorsFor, refusalOf, unlessChanged, type Written } from "~/web/editing.ts"
import { checkbox, choice, type Field, type FieldErrors, line, text, wholeNumber } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { updateTenant } from "../actions.ts"
import { tenantOfId, tenantProfile } from "../queries.ts"
import { SETTING_GROUPS, type SettingGroup, type ShownSetting, writtenTenant } from "../rules/setting-groups.ts"
import { TENANT_SETTINGS } from "../rules.ts"

export type SettingsParts = {
  screenOf: (me: SessionUser, read: Reader) => Screen
  database: AppDatabase
  languages: readonly string[]
}

export const settingsRoutes = ({ administration }: Areas, parts: SettingsParts) =>
  administration()
    .get(SETTINGS_PATH, (visit) => settingsPage(visit, parts, { errors: {} }))
    .post(SETTINGS_PATH, (visit) => saveSettings(visit, parts))

type Typed = { written?: Written; errors: FieldErrors; conflict?: Editing["conflict"] }

function settingsPage(visit: Visit, { screenOf, languages }: SettingsParts, typed: Typed): Response {
  const { me, read, query, page } = visit
  const screen = screenOf(me, read)
  const now = writtenTenant(tenantProfile(read))
  const form: Editing = {
    written: typed.written ?? now,
    errors: typed.errors,
    conflict: typed.conflict ?? null,
    before: now,
  }
  const props = { screen, editing: form, groups: GROUPS, languages, timezones: knownTimezones() }
  const status = typed.conflict ? 409 : Object.keys(typed.errors).length > 0 ? 422 : 200
  const isDone = query.get("done") === "saved"
  return page(screen.t("settings.title"), <Settings {...props} isDone={isDone} />, status)
}

/** Every setting that is shown, with what it may be and what holds until somebody chooses. */
const GROUPS = (Object.keys(SETTING_GROUPS) as SettingGroup[]).map((group) => ({
  group,
  lines: SETTING_GROUPS[group].map((name): SettingLine => ({ name, kind: TENANT_SETTINGS.choices[name] })),
}))

const SHOWN = Object.values(SETTING_GROUPS).flat()

async function saveSettings(visit: Visit, parts: SettingsParts): Promise<Response> {
  const form = visit.checkForm(shapeOf(parts))
  if (!form.valid) return settingsPage(visit, parts, form)
  const { before, name, timezone, language, ...rest } = form.values
  const settings = Object.fromEntries(SHOWN.map((key) => [key, rest[key]]))
  const read = TENANT_SETTINGS.read(settings)
  const { written } = form
  if ("problems" in read) {
    const errors = Object.fromEntries(read.problems.map(({ path }) => [path.slice(1), refuse("field.malformed")]))
    return settingsPage(visit, parts, { written, errors })
  }
  const { me, actor } = visit
  const changes = { name, timezone, language, settings: read }
  const refusal = await refusalOf(
    parts.database.appliance.act((tx) => {
      unlessChanged(before, writtenTenant(tenantOfId(tx, me.tenant)))
      updateTenant(tx, actor, me.tenant, changes)
    }),
  )
  return refusal ? notSaved(visit, parts, { written, refusal, before }) : visit.redirect(`${SETTINGS_PATH}?done=saved`)
}

type NotSaved = { written: Written; refusal: Refusal; before: string }

function notSaved(visit: Visit, parts: SettingsParts, { written, refusal, before }: NotSaved): Response {
  if (refusal.refused !== "form.conflict")
    return settingsPage(visit, parts, { written, errors: errorsFor(refusal, { "tenant.": "name" }) })
  const fields = changedSince(before, writtenTenant(tenantProfile(visit.read)))
  const by = lastChange(visit.read, "tenant", visit.me.tenant)
  return settingsPage(visit, parts, { written, errors: {}, conflict: { by, fields } })
}

const LONGEST_ADDRESS = 500

type SettingFields = Record<ShownSetting, Field<number | string | boolean>>

function shapeOf({ languages }: SettingsParts) {
  const fields = SHOWN.map((name): [ShownSetting, Field<number | string | boolean>] => {
    const kind = TENANT_SETTINGS.choices[name]
    if ("least" in kind) return [name, wholeNumber(kind)]
    if ("words" in kind) return [name, choice(kind.words)]
    if ("longest" in kind) return [name, text({ most: kind.longest })]
    return [name, "isAddress" in kind ? text({ most: LONGEST_ADDRESS }) : checkbox]
  })
  return {
    ...editing,
    name: line({ most: 120 }),
    timezone: choice(knownTimezones()),
    language: choice(languages),
    ...(Object.fromEntries(fields) as SettingFields),
  }
}
