/** A5: places, by the tenant's admin: the list, and beside it one of them on the map. */
import type { Done, Editing } from "views/admin/sheet.tsx"
import type { Child } from "views/jsx-runtime.ts"
import { listAddress } from "views/list/address.ts"
import { LOCATIONS_PATH, LocationDeletion, LocationSheet, Locations, locationColumns } from "views/location/admin.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { limits } from "~/kernel/limits.ts"
import { readAsk } from "~/kernel/list.ts"
import { chosenColumns } from "~/list/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { changedSince, editing, errorsFor, refusalOf, unlessChanged, type Written } from "~/web/editing.ts"
import { degrees, type FieldErrors, line, optional } from "~/web/form.ts"
import { listFile } from "~/web/list-file.ts"
import type { Visit } from "~/web/visit.ts"
import { addLocation, changeLocation, type LocationDetails, removeLocation } from "../actions.ts"
import { locations, oneLocation } from "../queries/list.ts"
import { LOCATION_LIST } from "../rules/list.ts"
import type { Location } from "../rules.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const locationAdminRoutes = ({ administration }: Areas, parts: Parts) =>
  administration()
    .get(LOCATIONS_PATH, (visit) => listPage(visit, parts))
    .post(`${LOCATIONS_PATH}/export`, (visit) => {
      const screen = parts.screenOf(visit.me, visit.read)
      const ask = askOf(visit)
      const rows = locations.portions(visit.read, ask)
      return listFile(visit, ask, locationColumns(screen), rows, screen.t("places.title"))
    })
    .get(`${LOCATIONS_PATH}/new`, (visit) => newPage(visit, parts, { errors: {} }))
    .post(LOCATIONS_PATH, (visit) => create(visit, parts))
    .get(`${LOCATIONS_PATH}/:id`, (visit) => onePage(visit, parts, visit.id("id"), { errors: {} }))
    .post(`${LOCATIONS_PATH}/:id`, (visit) => save(visit, parts, visit.id("id")))
    .get(`${LOCATIONS_PATH}/:id/deletion`, (visit) => {
      const location = oneLocation(visit.read, visit.id("id"))
      const path = `${LOCATIONS_PATH}/${location.id}`
      const paths = { action: hrefOf(visit, `${path}/deletion`), closePath: hrefOf(visit, path) }
      const sheet = <LocationDeletion screen={parts.screenOf(visit.me, visit.read)} location={location} {...paths} />
      return listPage(visit, parts, { sheet, current: location.id })
    })
    .post(`${LOCATIONS_PATH}/:id/deletion`, async (visit) => {
      const id = visit.id("id")
      await visit.act((tx) => removeLocation(tx, id))
      return visit.redirect(hrefOf(visit, LOCATIONS_PATH))
    })

const FIELDS = {
  name: line({ most: limits.placeNameCharacters }),
  address: optional(line({ most: limits.placeAddressCharacters })),
  latitude: degrees(90),
  longitude: degrees(180),
}
/** At which field a refusal is said. */
const SAID_AT = { "location.name_taken": "name", "location.impossible": "latitude" }

const written = ({ name, address, latitude, longitude }: LocationDetails): Written => ({
  name: [name],
  address: [address],
  latitude: [String(latitude)],
  longitude: [String(longitude)],
})

type Asking = Pick<Visit, "query" | "read" | "me">
const askOf = ({ query, read, me }: Asking) =>
  readAsk(LOCATION_LIST, query, chosenColumns(read, me.id, LOCATION_LIST.name))

/** `path` with the list as it stands. */
function hrefOf(visit: Asking, path: string, done?: string): string {
  const ask = askOf(visit)
  const address = listAddress(path, ask, ask.cursor)
  return done ? `${address}${address.includes("?") ? "&" : "?"}done=${done}` : address
}

type Beside = { sheet: Child; current: Id | null; status?: number }

function listPage(visit: Visit, { screenOf }: Parts, beside?: Beside): Response {
  const screen = screenOf(visit.me, visit.read)
  const ask = askOf(visit)
  const { sheet = null, current = null, status } = beside ?? {}
  const list = { screen, shape: LOCATION_LIST, ask, page: locations.page(visit.read, ask) }
  const newPath = hrefOf(visit, `${LOCATIONS_PATH}/new`)
  return visit.page(
    screen.t("places.title"),
    <Locations {...list} sheet={sheet} current={current} newPath={newPath} />,
    status,
  )
}

type Typed = { written?: Written; errors: FieldErrors; conflict?: Editing["conflict"] }

function newPage(visit: Visit, parts: Parts, typed: Typed): Response {
  const editing = { written: typed.written ?? {}, errors: typed.errors, conflict: null, before: null }
  const paths = { action: hrefOf(visit, LOCATIONS_PATH), closePath: hrefOf(visit, LOCATIONS_PATH), deletionPath: "" }
  const screen = parts.screenOf(visit.me, visit.read)
  const sheet = <LocationSheet screen={screen} location={null} editing={editing} {...paths} done={null} />
  return listPage(visit, parts, { sheet, current: null, ...statusFor(typed) })
}

function onePage(visit: Visit, parts: Parts, id: Id, typed: Typed): Response {
  const location = oneLocation(visit.read, id)
  const before = written(location)
  const editing = { written: typed.written ?? before, errors: typed.errors, conflict: typed.conflict ?? null, before }
  const path = `${LOCATIONS_PATH}/${id}`
  const paths = { action: hrefOf(visit, path), deletionPath: hrefOf(visit, `${path}/deletion`) }
  const screen = parts.screenOf(visit.me, visit.read)
  const closePath = hrefOf(visit, LOCATIONS_PATH)
  const sheet = (
    <LocationSheet
      screen={screen}
      location={location}
      editing={editing}
      {...paths}
      closePath={closePath}
      done={doneOf(visit)}
    />
  )
  return listPage(visit, parts, { sheet, current: id, ...statusFor(typed) })
}

function doneOf({ query, t }: Visit): Done | null {
  const done = query.get("done")
  return done === "created" || done === "saved" ? { sentence: t(`admin.done_${done}`) } : null
}

function statusFor({ errors, conflict }: Typed): { status?: number } {
  if (conflict) return { status: 409 }
  return Object.keys(errors).length > 0 ? { status: 422 } : {}
}

async function create(visit: Visit, parts: Parts): Promise<Response> {
  const form = visit.checkForm(FIELDS)
  if (!form.valid) return newPage(visit, parts, form)
  let id: Id = 0
  const refusal = await refusalOf(
    visit.act((tx) => {
      id = addLocation(tx, detailsOf(form.values))
    }),
  )
  if (refusal) return newPage(visit, parts, { written: form.written, errors: errorsFor(refusal, SAID_AT) })
  return visit.redirect(hrefOf(visit, `${LOCATIONS_PATH}/${id}`, "created"))
}

const detailsOf = ({ address, ...rest }: Omit<LocationDetails, "address"> & { address: string | null }) => ({
  ...rest,
  address: address ?? "",
})

async function save(visit: Visit, parts: Parts, id: Id): Promise<Response> {
  oneLocation(visit.read, id)
  const form = visit.checkForm({ ...FIELDS, ...editing })
  if (!form.valid) return onePage(visit, parts, id, form)
  const { before, ...values } = form.values
  const refusal = await refusalOf(
    visit.act((tx) => {
      const now: Location = oneLocation(tx, id)
      unlessChanged(before, written(now))
      changeLocation(tx, id, detailsOf(values), now.version)
    }),
  )
  if (refusal === null) return visit.redirect(hrefOf(visit, `${LOCATIONS_PATH}/${id}`, "saved"))
  if (refusal.refused !== "form.conflict")
    return onePage(visit, parts, id, { written: form.written, errors: errorsFor(refusal, SAID_AT) })
  const fields = changedSince(before, written(oneLocation(visit.read, id)))
  const conflict = { by: lastChange(visit.read, "location", id), fields }
  return onePage(visit, parts, id, { written: form.written, errors: {}, conflict })
}
