/** A11, sign-in: how long passwords are, who needs a second factor, when sessions end, and from where people come in. */
import type { Editing } from "views/admin/sheet.tsx"
import type { Screen } from "views/parts/screen.ts"
import { SignInSettings } from "views/tenant/sign-in.tsx"
import type { SessionUser } from "~/account/queries.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { Reader } from "~/database/handles.ts"
import { isInNetworks, networksReason } from "~/kernel/networks.ts"
import { refuse } from "~/kernel/step.ts"
import { addressOf } from "~/web/address.ts"
import type { Areas } from "~/web/areas.ts"
import { changedSince, editing, refusalOf, unlessChanged, type Written } from "~/web/editing.ts"
import { checkbox, choice, type Field, type FieldErrors, text, wholeNumber } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { updateTenant } from "../actions.ts"
import { tenantProfile } from "../queries.ts"
import { factorSettings, SIGN_IN_NUMBERS, type SignInNumber, writtenSignIn } from "../rules/sign-in-settings.ts"
import { SECOND_FACTOR_RULES, type SecondFactorRule, TENANT_SETTINGS, type TenantSettings } from "../rules.ts"

export type SignInParts = {
  screenOf: (me: SessionUser, read: Reader) => Screen
  database: AppDatabase
}

type Place = SignInParts & { path: string; isAppliance: boolean }

/** One page for a company and its admin, the same for those who run the appliance. */
export function signInRoutes({ administration, platform }: Areas, parts: SignInParts) {
  const company: Place = { ...parts, path: "/admin/sign-in", isAppliance: false }
  const appliance: Place = { ...parts, path: "/admin/appliance/sign-in", isAppliance: true }
  return [
    administration()
      .get("/admin/sign-in", (visit) => signInPage(visit, company, { errors: {} }))
      .post("/admin/sign-in", (visit) => saveSignIn(visit, company)),
    platform()
      .get("/admin/appliance/sign-in", (visit) => signInPage(visit, appliance, { errors: {} }))
      .post("/admin/appliance/sign-in", (visit) => saveSignIn(visit, appliance)),
  ]
}

type Typed = { written?: Written; errors: FieldErrors; conflict?: Editing["conflict"] }

function signInPage(visit: Visit, { screenOf, path, isAppliance }: Place, typed: Typed): Response {
  const { me, read, query, page, request } = visit
  const screen = screenOf(me, read)
  const now = writtenSignIn(tenantProfile(read).settings, isAppliance)
  const { errors, conflict = null } = typed
  const form: Editing = { written: typed.written ?? now, errors, conflict, before: now }
  const props = {
    screen,
    path,
    editing: form,
    factors: factorSettings(isAppliance),
    choices: TENANT_SETTINGS.choices,
    address: addressOf(request),
    isDone: query.get("done") === "saved",
  }
  const status = conflict ? 409 : Object.keys(errors).length > 0 ? 422 : 200
  return page(screen.t("sign_in_settings.title"), <SignInSettings {...props} />, status)
}

async function saveSignIn(visit: Visit, place: Place): Promise<Response> {
  const form = visit.checkForm(shapeOf(place))
  if (!form.valid) return signInPage(visit, place, form)
  const { before, confirmed, ...settings } = form.values
  const { written } = form
  const reason = networksError(settings.allowedNetworks, addressOf(visit.request), confirmed)
  if (reason) return signInPage(visit, place, { written, errors: { allowedNetworks: reason } })
  const { me, actor } = visit
  const refusal = await refusalOf(
    place.database.appliance.act((tx) => {
      tx.within(me.tenant, actor, (inside) =>
        unlessChanged(before, writtenSignIn(tenantProfile(inside).settings, place.isAppliance)),
      )
      updateTenant(tx, actor, me.tenant, { settings })
    }),
  )
  if (refusal === null) return visit.redirect(`${place.path}?done=saved`)
  if (refusal.refused !== "form.conflict") return signInPage(visit, place, { written, errors: { form: refusal } })
  const fields = changedSince(before, writtenSignIn(tenantProfile(visit.read).settings, place.isAppliance))
  const conflict = { by: lastChange(visit.read, "tenant", me.tenant), fields }
  return signInPage(visit, place, { written, errors: {}, conflict })
}

/** A list that leaves out whoever writes it would end their own session, and let nobody in to mend it. */
function networksError(networks: string, address: string, confirmed: boolean) {
  if (networksReason(networks) !== null) return refuse("networks.malformed")
  return isInNetworks(networks, address) || confirmed ? null : refuse("networks.without_you", { address })
}

type Shape = { [Name in SignInNumber]: Field<number> } & { [Name in string]: Field<SecondFactorRule> }

function shapeOf({ isAppliance }: Place) {
  const { choices } = TENANT_SETTINGS
  const numbers = SIGN_IN_NUMBERS.map((name) => [name, wholeNumber(choices[name])])
  const factors = factorSettings(isAppliance).map((name) => [name, choice(SECOND_FACTOR_RULES)])
  return {
    ...editing,
    singleSession: checkbox,
    allowedNetworks: oneLine,
    confirmed: checkbox,
    ...(Object.fromEntries([...numbers, ...factors]) as Shape as { [Name in SignInNumber]: Field<number> }),
  } satisfies Record<string, Field<TenantSettings[keyof TenantSettings]>>
}

const MOST_NETWORK_CHARACTERS = 1_000
const written = text({ most: MOST_NETWORK_CHARACTERS })
/** One under the other is as good as separated by commas. */
const oneLine: Field<string> = (given) => {
  const result = written(given)
  if ("refused" in result) return result
  return {
    value: result.value
      .split(/[\n,]/)
      .map((entry) => entry.trim())
      .filter((entry) => entry !== "")
      .join(", "),
  }
}
