/** The world as the maps draw it: coasts and borders as lines, and the towns. Web Mercator, the whole width being 1. */
import type { Coordinates } from "../rules.ts"

/** Points one after the other, x before y; the box around them: west, north, east, south. */
export type Line = { points: Float64Array; box: Box }
export type Box = readonly [west: number, north: number, east: number, south: number]
export type Town = Coordinates & { name: string; country: string; people: number; x: number; y: number }
export type Atlas = { lines: readonly Line[]; rings: readonly Line[]; towns: readonly Town[] }

/** Where the map ends: beyond it Mercator's north is too far away. */
const MOST_LATITUDE = 85.0511

export function projected({ latitude, longitude }: Coordinates): { x: number; y: number } {
  const bounded = Math.max(-MOST_LATITUDE, Math.min(MOST_LATITUDE, latitude))
  const sine = Math.sin((bounded * Math.PI) / 180)
  return { x: longitude / 360 + 0.5, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) }
}

type WorldFile = {
  scale: [number, number]
  translate: [number, number]
  /** Differences from point to point. */
  arcs: number[][]
  /** Each names its lines, one that is walked backwards as ~index. */
  rings: number[][]
}

/** What scripts/vendor.ts has made of Natural Earth and GeoNames. */
export function readAtlas(world: string, towns: string): Atlas {
  const file = JSON.parse(world) as WorldFile
  const lines = file.arcs.map((arc) => lineOf(decoded(arc, file)))
  const rings = file.rings.map((ring) => lineOf(joined(ring.map((arc) => pointsOf(lines, arc)))))
  return { lines, rings, towns: towns.trimEnd().split("\n").map(readTown) }
}

function readTown(line: string): Town {
  const [name = "", country = "", latitude, longitude, people] = line.split("\t")
  const place = { latitude: Number(latitude), longitude: Number(longitude) }
  return { name, country, people: Number(people), ...place, ...projected(place) }
}

function decoded(arc: readonly number[], { scale, translate }: WorldFile): Float64Array {
  const points = new Float64Array(arc.length)
  let across = 0
  let down = 0
  for (let at = 0; at < arc.length; at += 2) {
    across += arc[at]!
    down += arc[at + 1]!
    const { x, y } = projected({
      longitude: across * scale[0] + translate[0],
      latitude: down * scale[1] + translate[1],
    })
    points.set([x, y], at)
  }
  return points
}

function pointsOf(lines: readonly Line[], arc: number): Float64Array {
  const { points } = lines[arc < 0 ? ~arc : arc]!
  if (arc >= 0) return points
  const backwards = new Float64Array(points.length)
  for (let at = 0; at < points.length; at += 2)
    backwards.set(points.subarray(points.length - at - 2, points.length - at), at)
  return backwards
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function lineOf(points: Float64Array): Line {
  let west = 1
  let north = 1
  let east = 0
  let south = 0
  for (let at = 0; at < points.length; at += 2) {
    const x = points[at]!
    const y = points[at + 1]!
    west = Math.min(west, x)
    east = Math.max(east, x)
    north = Math.min(north, y)
    south = Math.max(south, y)
  }
  return { points, box: [west, north, east, south] }
}

const MOST_TOWNS_FOUND = 5

/** Towns whose name begins with the words, the largest first; `folded` takes accents and case away. */
export function townsNamed(atlas: Atlas, words: string, folded: (text: string) => string): Town[] {
  const wanted = folded(words)
  if (wanted.length < 2) return []
  return atlas.towns.filter(({ name }) => folded(name).startsWith(wanted)).slice(0, MOST_TOWNS_FOUND)
}
