/** Places above the message field: the tenant's own, those that are searched for, and any point of the map. */
import type { Id } from "~/kernel/id.ts"
import type { FoundPlace, Geocoding } from "~/location/queries/geocoding.ts"
import type { NearbyLocation } from "~/location/queries.ts"
import type { Town } from "~/location/rules/atlas.ts"
import type { Coordinates } from "~/location/rules.ts"
import { Button, IconButton } from "../parts/button.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { WorldMap } from "./map.tsx"

const PANEL = "places"

export const PlaceButton = ({ t }: Screen) => (
  <IconButton
    icon="map-pin"
    label={t("places.choose")}
    more={{ "data-opens": PANEL, "aria-controls": PANEL, "aria-expanded": "false" }}
  />
)

/** Stands there closed; what is in it comes from its own address when it opens. */
export const PlacePanel = ({ screen: { t }, conversation }: { screen: Screen; conversation: Id }) => (
  <section
    class="composer-panel places"
    id={PANEL}
    role="dialog"
    aria-label={t("places.title")}
    hidden
    data-from={`/conversations/${conversation}/locations`}
    data-conversation={conversation}
  >
    <div class="composer-panel-head">
      <label class="search-frame">
        <span class="visually-hidden">{t("places.search")}</span>
        <Icon name="search" size="small" />
        <input
          class="input"
          id="place-search"
          type="search"
          maxlength={2_000}
          autocomplete="off"
          role="combobox"
          aria-controls="place-list"
          aria-expanded="true"
          placeholder={t("places.search")}
        />
      </label>
      <IconButton icon="x" label={t("places.close")} more={{ "data-closes": PANEL }} />
    </div>
    <div class="places-body" id="places-body">
      <p class="places-none">{t("places.loading")}</p>
    </div>
    <div class="places-foot">
      <p class="places-chosen" id="place-chosen" role="status">
        {t("places.nothing")}
      </p>
      <label class="places-name" hidden>
        <span class="visually-hidden">{t("places.name")}</span>
        <input class="input" id="place-name" maxlength="100" placeholder={t("places.name")} autocomplete="off" />
      </label>
      <Button more={{ "data-closes": PANEL }}>{t("places.cancel")}</Button>
      <Button kind="primary" icon="send" disabled more={{ "data-sends": "place" }}>
        {t("places.send")}
      </Button>
    </div>
  </section>
)

type PlacesProps = { screen: Screen; locations: readonly NearbyLocation[]; shared: Coordinates | null }

/** What the panel opens with. */
export const Places = ({ screen, locations, shared }: PlacesProps) => (
  <>
    <div class="places-list">
      <ul id="place-list" role="listbox" aria-label={screen.t("places.title")}>
        {locations.map((location) => (
          <PlaceOption {...location} own more={distance(screen, location)} />
        ))}
      </ul>
      <div id="place-found" role="status" />
      {locations.length === 0 && (
        <p class="places-none" id="places-own-none">
          {screen.t("places.none_at_all")}
        </p>
      )}
    </div>
    <WorldMap screen={screen} spots={locations} centre={shared ?? locations[0] ?? null} pin={null} />
  </>
)

const distance = ({ t, format }: Screen, { kilometres }: NearbyLocation): string => {
  if (kilometres === null) return ""
  return t("places.kilometres", {
    distance: format.number(kilometres < 10 ? Math.round(kilometres * 10) / 10 : Math.round(kilometres)),
  })
}

type OptionProps = Coordinates & { name: string; address: string; own?: boolean; more?: string; zoom?: number }

const PlaceOption = ({ name, address, latitude, longitude, own = false, more = "", zoom }: OptionProps) => (
  <li
    class="place-option"
    role="option"
    aria-selected="false"
    data-name={name}
    data-address={address}
    data-latitude={latitude}
    data-longitude={longitude}
    data-own={own}
    data-zoom={zoom}
  >
    <strong dir="auto">{name}</strong>
    {more !== "" && <span>{more}</span>}
    {address !== "" && <small dir="auto">{address}</small>}
  </li>
)

export type SearchedPlaces = {
  /** What was written were coordinates, or a link to a map. */
  point: Coordinates | null
  towns: readonly Town[]
  geocoding: Geocoding
}

/** What a search brings besides the tenant's own places, which the page filters by itself. */
export const FoundPlaces = ({ screen, found }: { screen: Screen; found: SearchedPlaces }) => {
  const { t } = screen
  const { point, towns, geocoding } = found
  const places = geocoding.result === "ok" ? geocoding.places : []
  return (
    <>
      {point && <PointFound screen={screen} point={point} />}
      {places.length > 0 && <Found title={t("places.by_address")} places={places} zoom={12} />}
      {towns.length > 0 && <Found title={t("places.towns")} places={towns.map(townPlace)} zoom={10} />}
      {geocoding.result === "failed" && <p class="places-none">{t("places.search_failed")}</p>}
    </>
  )
}

const PointFound = ({ screen: { t }, point }: { screen: Screen; point: Coordinates }) => (
  <ul role="listbox" aria-label={t("places.point")}>
    <PlaceOption {...point} name="" address={t("places.point")} zoom={12} />
  </ul>
)

const Found = ({ title, places, zoom }: { title: string; places: readonly FoundPlace[]; zoom: number }) => (
  <>
    <h3>{title}</h3>
    <ul role="listbox" aria-label={title}>
      {places.map((place) => (
        <PlaceOption {...place} zoom={zoom} />
      ))}
    </ul>
  </>
)

const townPlace = ({ name, country, latitude, longitude }: Town): FoundPlace => ({
  name,
  address: country,
  latitude,
  longitude,
})
