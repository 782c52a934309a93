/** The world, drawn by us: no picture of a place comes from anybody else's server. */
import type { Drawing, Frame } from "~/location/rules/drawing.ts"
import type { Coordinates } from "~/location/rules.ts"

/** What a drawing is fetched as; its lines take their colours from where it is shown. */
const DRAWING = "map"

/** A piece of the map as a file of its own, to be taken in by `<use>`. */
export const MapFile = ({ drawing: { land, borders, towns }, frame: { width, height } }: MapFileProps) => (
  <svg xmlns="http://www.w3.org/2000/svg" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
    <g id={DRAWING}>
      <path d={land} fill="var(--map-land)" />
      <path d={borders} fill="none" stroke="var(--map-line)" stroke-width="1" stroke-linejoin="round" />
      <g fill="var(--map-ink)" font-size="11">
        {towns.map(({ x, y, name }) => (
          <>
            <circle cx={x} cy={y} r="2" />
            <text
              x={x + 5}
              y={y + 4}
              stroke="var(--map-land)"
              stroke-width={2.5}
              paint-order="stroke"
              stroke-linejoin="round"
            >
              {name}
            </text>
          </>
        ))}
      </g>
    </g>
  </svg>
)
type MapFileProps = { drawing: Drawing; frame: Frame }

/** As wide as a bubble. Its file is the same for places a few metres apart, and kept by the browser. */
export const MAP_PICTURE = { width: 300, height: 140 }

type MapPictureProps = { place: Coordinates; label: string }

/** A small still map with a pin in its middle, for bubbles and lists. */
export const MapPicture = ({ place: { latitude, longitude }, label }: MapPictureProps) => {
  const { width, height } = MAP_PICTURE
  return (
    <svg
      class="map-picture"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={label}
    >
      <use href={`/map/picture?latitude=${latitude}&longitude=${longitude}#${DRAWING}`} />
      <g transform={`translate(${width / 2} ${height / 2})`}>
        <Pin />
      </g>
    </svg>
  )
}

/** Its point is at 0 0. */
export const Pin = () => (
  <g class="map-pin">
    <path d="M0 0C-3.6-7.2-9-10.6-9-17.4a9 9 0 0 1 18 0C9-10.6 3.6-7.2 0 0Z" />
    <circle cy="-17.6" r="3.4" />
  </g>
)
