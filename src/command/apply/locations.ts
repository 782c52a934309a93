/** Locations of the file, known by name. */
import type { Tx } from "~/database/handles.ts"
import { limits } from "~/kernel/limits.ts"
import { setLocation } from "~/location/actions.ts"
import type { Application } from "./provision.ts"
import { unlessRefused } from "./refusing.ts"
import { object, type Shape, tell, text } from "./shape.ts"

const line = (most: number) => text(most, (value) => (/\p{Cc}/u.test(value) ? "must be one line" : null))
const degrees =
  (most: number): Shape<number> =>
  (given, path, problems) =>
    typeof given === "number" && Math.abs(given) <= most
      ? given
      : tell(problems, path, `must be a number from -${most} to ${most}`)

export const locationShape = object(
  { name: line(limits.placeNameCharacters), latitude: degrees(90), longitude: degrees(180) },
  { address: line(limits.placeAddressCharacters) },
)
type LocationEntry = NonNullable<ReturnType<typeof locationShape>>

export function applyLocations(
  { report, problems }: Application,
  tx: Tx,
  entries: readonly LocationEntry[],
  { slug, path }: { slug: string; path: string },
): void {
  for (const [index, { address = "", ...entry }] of entries.entries())
    unlessRefused(problems, `${path}.locations[${index}]`, () =>
      report.push({ object: `location ${entry.name} of ${slug}`, outcome: setLocation(tx, { ...entry, address }) }),
    )
}
