/** A5: the tenant's places, each on the map, for agents to send. */
import type { ListAsk, ListPage } from "~/kernel/list.ts"
import type { LOCATION_LIST } from "~/location/rules/list.ts"
import type { Location } from "~/location/rules.ts"
import { fieldOf } from "../admin/field.ts"
import { AdminListing } from "../admin/list.tsx"
import { ConfirmSheet, type Done, type Editing, Sheet, SheetForm } from "../admin/sheet.tsx"
import type { Child } from "../jsx-runtime.ts"
import { type ListColumn, panelLink } from "../list/list.tsx"
import { Button } from "../parts/button.tsx"
import { TextField } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"
import { WorldMap } from "./map.tsx"

export const LOCATIONS_PATH = "/admin/locations"
const PANEL = "locations"

type LocationsProps = {
  screen: Screen
  shape: typeof LOCATION_LIST
  ask: ListAsk
  page: ListPage<Location>
  current: number | null
  newPath: string
  sheet: Child
}

export const Locations = ({ screen, shape, ask, page, current, newPath, sheet }: LocationsProps) => {
  const { t } = screen
  return (
    <AdminListing
      screen={screen}
      shape={shape}
      ask={ask}
      page={page}
      panel={PANEL}
      path={LOCATIONS_PATH}
      title={t("places.title")}
      searchLabel={t("locations.search")}
      columns={locationColumns(screen)}
      filters={[]}
      empty={{ icon: "map-pin", title: t("locations.empty"), text: t("locations.empty_detail") }}
      current={current}
      newPath={newPath}
      newLabel={t("locations.new")}
      sheet={sheet}
      done={t("admin.done_saved")}
    />
  )
}

export const locationColumns = ({ t }: Screen): ListColumn<Location>[] => [
  { key: "name", label: t("locations.name"), draw: ({ name }) => name, cell: ({ name }) => name },
  { key: "address", label: t("locations.address"), draw: ({ address }) => address, cell: ({ address }) => address },
  { key: "coordinates", label: t("locations.coordinates"), draw: coordinates, cell: coordinates },
]

const coordinates = ({ latitude, longitude }: Location) => `${latitude}, ${longitude}`

type SheetProps = {
  screen: Screen
  location: Location | null
  editing: Editing
  action: string
  closePath: string
  deletionPath: string
  done: Done | null
}

export function LocationSheet({ screen, location, editing, action, closePath, deletionPath, done }: SheetProps) {
  const { t } = screen
  const field = fieldOf(t, editing)
  const labels = {
    name: t("locations.name"),
    address: t("locations.address"),
    latitude: t("locations.latitude"),
    longitude: t("locations.longitude"),
  }
  const remove = location && (
    <Button kind="danger" href={deletionPath} more={panelLink(PANEL, deletionPath)}>
      {t("locations.delete")}
    </Button>
  )
  return (
    <Sheet screen={screen} panel={PANEL} closePath={closePath} title={location?.name ?? t("locations.new")}>
      <SheetForm
        screen={screen}
        panel={PANEL}
        action={action}
        closePath={closePath}
        editing={editing}
        labels={labels}
        done={done}
        submitLabel={t(location ? "locations.save" : "locations.create")}
        foot={remove}
      >
        <TextField {...field("name")} label={labels.name} autocomplete="off" more={{ maxlength: 100 }} />
        <TextField
          {...field("address")}
          label={labels.address}
          optional={t("admin.optional")}
          autocomplete="off"
          more={{ maxlength: 300 }}
        />
        <div class="columns">
          <TextField
            {...field("latitude")}
            label={labels.latitude}
            more={{ inputmode: "decimal", "data-place": true }}
          />
          <TextField
            {...field("longitude")}
            label={labels.longitude}
            more={{ inputmode: "decimal", "data-place": true }}
          />
        </div>
        <p class="field-hint">{t("locations.map_hint")}</p>
        <div class="locations-map">
          <WorldMap screen={screen} spots={[]} centre={null} pin={location} />
        </div>
      </SheetForm>
    </Sheet>
  )
}

type DeletionProps = Pick<SheetProps, "screen" | "action" | "closePath"> & { location: Location }

export const LocationDeletion = ({ screen, location, action, closePath }: DeletionProps) => (
  <ConfirmSheet
    screen={screen}
    panel={PANEL}
    action={action}
    closePath={closePath}
    label={screen.t("locations.delete")}
    title={screen.t("locations.delete_title", { name: location.name })}
  >
    <p>{screen.t("locations.delete_detail")}</p>
  </ConfirmSheet>
)
