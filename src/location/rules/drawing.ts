/** A piece of the map as SVG draws it: land, coasts and borders as paths, the towns that have room for their names. */
import type { Atlas, Box, Line, Town } from "./atlas.ts"

/** The picture's upper left corner in pixels of the world at `zoom`, and its size. */
export type Frame = { zoom: number; left: number; top: number; width: number; height: number }
export type Drawing = { land: string; borders: string; towns: readonly { x: number; y: number; name: string }[] }

export const TILE = 256
export const LEAST_ZOOM = 1
export const MOST_ZOOM = 12

/** Drawn beyond the edge: what is cut there is not seen, and names reach over from the neighbour. */
const MARGIN = 12
const NAMES_MARGIN = 160

export function drawn(atlas: Atlas, frame: Frame): Drawing {
  const scale = TILE * 2 ** frame.zoom
  const seen = around(frame, MARGIN, scale)
  const toPixels = (points: Float64Array) => thinned(points, frame, scale)
  const land = atlas.rings.filter(({ box }) => meets(box, seen)).map(({ points }) => clipped(toPixels(points), frame))
  const borders = atlas.lines.filter(({ box }) => meets(box, seen)).map((line) => visible(line, frame, scale))
  return { land: land.map(ring).join(""), borders: borders.join(""), towns: named(atlas.towns, frame, scale) }
}

const around = ({ left, top, width, height }: Frame, margin: number, scale: number): Box => [
  (left - margin) / scale,
  (top - margin) / scale,
  (left + width + margin) / scale,
  (top + height + margin) / scale,
]

const meets = ([west, north, east, south]: Box, [left, top, right, bottom]: Box) =>
  west <= right && east >= left && north <= bottom && south >= top

type Point = readonly [x: number, y: number]

/** In pixels of the picture; what is nearer than a pixel to the point before is left out. */
function thinned(points: Float64Array, { left, top }: Frame, scale: number): Point[] {
  const kept: Point[] = []
  let lastX = Number.POSITIVE_INFINITY
  let lastY = 0
  for (let at = 0; at < points.length; at += 2) {
    const x = points[at]! * scale - left
    const y = points[at + 1]! * scale - top
    const isEnd = at === 0 || at + 2 >= points.length
    if (!isEnd && Math.abs(x - lastX) < 1 && Math.abs(y - lastY) < 1) continue
    kept.push([x, y])
    ;[lastX, lastY] = [x, y]
  }
  return kept
}

/** What of a ring lies within the picture and its margin: cut along one side after the other. */
function clipped(points: readonly Point[], { width, height }: Frame): Point[] {
  const sides: [inside: (point: Point) => boolean, axis: 0 | 1, at: number][] = [
    [([x]) => x >= -MARGIN, 0, -MARGIN],
    [([x]) => x <= width + MARGIN, 0, width + MARGIN],
    [([, y]) => y >= -MARGIN, 1, -MARGIN],
    [([, y]) => y <= height + MARGIN, 1, height + MARGIN],
  ]
  let rest: readonly Point[] = points
  for (const [isInside, axis, at] of sides) rest = cutAlong(rest, isInside, axis, at)
  return [...rest]
}

function cutAlong(points: readonly Point[], isInside: (point: Point) => boolean, axis: 0 | 1, at: number): Point[] {
  const rest: Point[] = []
  let before = points.at(-1)
  for (const point of points) {
    if (before && isInside(point) !== isInside(before)) rest.push(crossing(before, point, axis, at))
    if (isInside(point)) rest.push(point)
    before = point
  }
  return rest
}

function crossing(from: Point, to: Point, axis: 0 | 1, at: number): Point {
  const share = (at - from[axis]) / (to[axis] - from[axis])
  const other = axis === 0 ? 1 : 0
  const value = from[other] + share * (to[other] - from[other])
  return axis === 0 ? [at, value] : [value, at]
}

const ring = (points: readonly Point[]): string => (points.length < 3 ? "" : `${path(points)}Z`)
const path = (points: readonly Point[]): string => `M${points.map(([x, y]) => `${short(x)} ${short(y)}`).join("L")}`
const short = (value: number): number => Math.round(value * 10) / 10

/** The parts of a line that are near the picture. */
function visible({ points }: Line, frame: Frame, scale: number): string {
  const parts: Point[][] = []
  let part: Point[] = []
  const isNear = ([x, y]: Point) =>
    x >= -MARGIN && y >= -MARGIN && x <= frame.width + MARGIN && y <= frame.height + MARGIN
  const all = thinned(points, frame, scale)
  for (const [at, point] of all.entries()) {
    const before = all[at - 1]
    const after = all[at + 1]
    if (isNear(point) || (before && isCrossing(before, point, frame)) || (after && isCrossing(point, after, frame)))
      part.push(point)
    else if (part.length > 0) {
      parts.push(part)
      part = []
    }
  }
  return [...parts, part]
    .filter(({ length }) => length > 1)
    .map(path)
    .join("")
}

/** A long step may pass over the picture without a point in it. */
const isCrossing = (a: Point, b: Point, { width, height }: Frame): boolean =>
  Math.min(a[0], b[0]) <= width &&
  Math.max(a[0], b[0]) >= 0 &&
  Math.min(a[1], b[1]) <= height &&
  Math.max(a[1], b[1]) >= 0

/** How large a town must be to be named, zoom by zoom. */
const LEAST_PEOPLE = [2e7, 1e7, 8e6, 5e6, 2e6, 8e5, 3e5, 1e5, 5e4, 2.5e4]

/** The larger ones first; a name that would lie on another is left out. */
function named(towns: readonly Town[], frame: Frame, scale: number): Drawing["towns"] {
  const least = LEAST_PEOPLE[frame.zoom] ?? 0
  const box = around(frame, NAMES_MARGIN, scale)
  const placed: { x: number; y: number; name: string; width: number }[] = []
  for (const { name, people, x: east, y: south } of towns) {
    if (people < least) break
    if (east < box[0] || east > box[2] || south < box[1] || south > box[3]) continue
    const x = east * scale - frame.left
    const y = south * scale - frame.top
    const width = 12 + name.length * 6.5
    const isFree = placed.every(
      (other) => Math.abs(other.y - y) > 14 || other.x + other.width < x || x + width < other.x,
    )
    if (isFree) placed.push({ x: short(x), y: short(y), name, width })
  }
  return placed.map(({ x, y, name }) => ({ x, y, name }))
}
