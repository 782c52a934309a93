/** A map to look around on: dragged, zoomed, walked over with the keyboard; a click or Enter puts the pin. */
import type { Coordinates } from "~/location/rules.ts"
import { IconButton } from "../parts/button.tsx"
import { Pin } from "../parts/map.tsx"
import type { Screen } from "../parts/screen.ts"

type Spot = Coordinates & { name: string }
type Props = { screen: Screen; spots: readonly Spot[]; centre: Coordinates | null; pin: Coordinates | null }

/** Where it opens when nothing is known: Europe. */
const ANYWHERE = { latitude: 46, longitude: 12 }

/** Drawn by public/scripts/map.js; tests hold its zooms to those that the server draws. */
export const WorldMap = ({ screen: { t }, spots, centre, pin }: Props) => {
  const middle = pin ?? centre ?? ANYWHERE
  return (
    <world-map
      class="map"
      role="application"
      tabindex={0}
      aria-label={t("map.title")}
      aria-describedby="map-help"
      data-latitude={middle.latitude}
      data-longitude={middle.longitude}
      data-zoom={pin ? 10 : centre ? 8 : 4}
      data-pinned={pin !== null}
      data-spots={JSON.stringify(spots.map(({ latitude, longitude, name }) => ({ latitude, longitude, name })))}
    >
      <svg class="map-canvas" aria-hidden="true">
        <g class="map-tiles" />
        <g class="map-spots" />
        <g class="map-chosen" visibility="hidden">
          <Pin />
        </g>
      </svg>
      <span class="map-cross" aria-hidden="true" />
      <span class="map-zoom">
        <IconButton icon="plus" label={t("map.zoom_in")} more={{ "data-zooms": "1" }} />
        <IconButton icon="minus" label={t("map.zoom_out")} more={{ "data-zooms": "-1" }} />
      </span>
      <small class="map-credit">Natural Earth · GeoNames</small>
      <p class="visually-hidden" id="map-help">
        {t("map.help")}
      </p>
    </world-map>
  )
}
