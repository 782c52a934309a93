/** The map of the world for whoever is signed in, and the tenant's places. */
import { FoundPlaces, Places, type SearchedPlaces } from "views/location/picker.tsx"
import { MAP_PICTURE, MapFile } from "views/parts/map.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Outbound } from "~/kernel/outbound.ts"
import { found } from "~/kernel/step.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { publicText } from "~/web/assets.ts"
import type { Visit } from "~/web/visit.ts"
import { geocode } from "./queries/geocoding.ts"
import { locationsFor } from "./queries.ts"
import { type Atlas, projected, readAtlas, townsNamed } from "./rules/atlas.ts"
import { drawn, type Frame, LEAST_ZOOM, MOST_ZOOM, TILE } from "./rules/drawing.ts"
import { coordinatesIn } from "./rules.ts"

type Parts = {
  screenOf: (me: SessionUser, read: Reader) => Screen
  outbound: Outbound
}

export const locationRoutes = (areas: Areas, parts: Parts) => [map(areas), picker(areas, parts)]

const LONGEST_SEARCHED = 2_000

const picker = ({ desk }: Areas, { screenOf, outbound }: Parts) =>
  desk()
    .get("/conversations/:id/locations", ({ me, read, actor, id, html }) =>
      html(<Places screen={screenOf(me, read)} {...locationsFor(read, actor, id("id"))} />),
    )
    .get("/locations/search", async ({ me, read, query, html }) => {
      const words = (query.get("words") ?? "").slice(0, LONGEST_SEARCHED).trim()
      const found = await search(words, { outbound, base: tenantSettings(read).geocoderUrl, language: me.language })
      return html(<FoundPlaces screen={screenOf(me, read)} found={found} />)
    })

type Searching = { outbound: Outbound; base: string; language: string }

/** Coordinates say it all; else towns, and addresses where somebody can be asked. */
async function search(words: string, { outbound, base, language }: Searching): Promise<SearchedPlaces> {
  const point = coordinatesIn(words)
  const isEnough = point !== null || words.length < 2 || words.includes("://")
  if (isEnough) return { point, towns: [], geocoding: { result: "off" } }
  return {
    point,
    towns: townsNamed(atlas(), words, folded),
    geocoding: await geocode(outbound, base, words, language),
  }
}

const folded = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

const map = ({ signedIn }: Areas) =>
  signedIn()
    .get("/map/tile", (visit) => {
      const zoom = number(visit, "zoom", LEAST_ZOOM)
      const x = number(visit, "x", 0)
      const y = number(visit, "y", 0)
      const most = 2 ** zoom
      const isThere = [zoom, x, y].every(Number.isInteger) && zoom >= LEAST_ZOOM && zoom <= MOST_ZOOM
      found(isThere && x >= 0 && y >= 0 && x < most && y < most ? true : null)
      return file({ zoom, left: x * TILE, top: y * TILE, width: TILE, height: TILE })
    })
    .get("/map/picture", (visit) => {
      const place = { latitude: number(visit, "latitude", 0), longitude: number(visit, "longitude", 0) }
      found(Number.isFinite(place.latitude) && Number.isFinite(place.longitude) ? place : null)
      return file(pictureOf(place))
    })

const number = ({ query }: Pick<Visit, "query">, name: string, otherwise: number) =>
  Number(query.get(name) ?? otherwise)

const PICTURE_ZOOM = 7

function pictureOf(place: Parameters<typeof projected>[0]): Frame {
  const { x, y } = projected(place)
  const { width, height } = MAP_PICTURE
  const scale = TILE * 2 ** PICTURE_ZOOM
  return { zoom: PICTURE_ZOOM, left: x * scale - width / 2, top: y * scale - height / 2, width, height }
}

/** The same for everybody and for as long as this binary runs; a new one may draw otherwise. */
const file = (frame: Frame) =>
  new Response((<MapFile drawing={drawn(atlas(), frame)} frame={frame} />).toString(), {
    headers: { "content-type": "image/svg+xml; charset=utf-8", "cache-control": "private, max-age=86400" },
  })

let known: Atlas | null = null

/** Read when somebody first looks at a map. */
function atlas(): Atlas {
  known ??= readAtlas(publicText("map/world.json"), publicText("map/cities.txt"))
  return known
}
