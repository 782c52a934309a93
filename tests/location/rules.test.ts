/** Places as people write them, and the world as it is drawn. */
import { describe, expect, test } from "bun:test"
import { projected, readAtlas, townsNamed } from "~/location/rules/atlas.ts"
import { drawn, type Frame, TILE } from "~/location/rules/drawing.ts"
import { coordinatesIn, kilometresBetween } from "~/location/rules.ts"
import { publicText } from "~/web/assets.ts"

const MILAN = { latitude: 45.4642, longitude: 9.19 }
const ROME = { latitude: 41.9, longitude: 12.5 }

describe("Coordinates", () => {
  const WRITTEN: readonly (readonly [text: string, place: typeof ROME | null])[] = [
    ["41.9, 12.5", ROME],
    [" 41.9 12.5 ", ROME],
    ["(41.9; 12.5)", ROME],
    ["41,9 12,5", ROME],
    ["41,9; 12,5", ROME],
    ["-33.8688, 151.2093", { latitude: -33.8688, longitude: 151.2093 }],
    [`41°54'0"N 12°30'0"E`, ROME],
    ["41° 54′ 0″ N, 12° 30′ 0″ O", { latitude: 41.9, longitude: -12.5 }],
    ["41.123456789, 12.5", { latitude: 41.12346, longitude: 12.5 }],
    ["https://www.google.com/maps?q=41.9,12.5", ROME],
    ["https://www.google.com/maps/place/Roma/@41.7,12.1,12z/data=!3m1!4b1!4m6!3m5!8m2!3d41.9!4d12.5", ROME],
    ["https://www.google.com/maps/@41.9,12.5,15z", ROME],
    ["https://www.google.com/maps/search/?api=1&query=41.9%2C12.5", ROME],
    ["https://maps.apple.com/?ll=41.9,12.5&q=Roma", ROME],
    ["https://maps.apple.com/place?coordinate=41.9,12.5&name=Roma", ROME],
    ["https://www.openstreetmap.org/?mlat=41.9&mlon=12.5#map=12/41.7/12.1", ROME],
    ["https://www.openstreetmap.org/#map=12/41.9/12.5", ROME],
    ["geo:41.9,12.5?z=11", ROME],
    ["91, 12.5", null],
    ["41.9, 181", null],
    ["Via Roma 1, Milano", null],
    ["20121 Milano", null],
    ["https://maps.app.goo.gl/abc123", null],
    ["https://example.com/41.9/12.5", null],
    ["", null],
  ]
  test.each(WRITTEN)("«%s»", (text, place) => expect(coordinatesIn(text)).toEqual(place))

  test("are as far apart as the crow flies", () => {
    expect(Math.round(kilometresBetween(MILAN, ROME))).toBe(477)
    expect(kilometresBetween(MILAN, MILAN)).toBe(0)
  })
})

describe("The map", () => {
  const atlas = readAtlas(publicText("map/world.json"), publicText("map/cities.txt"))
  const around = (place: typeof ROME, zoom: number, size = 300): Frame => {
    const { x, y } = projected(place)
    const scale = TILE * 2 ** zoom
    return { zoom, left: x * scale - size / 2, top: y * scale - size / 2, width: size, height: size }
  }

  test("is land where there is land, and sea where there is sea", () => {
    expect(drawn(atlas, around(MILAN, 9)).land).not.toBe("")
    expect(drawn(atlas, around({ latitude: 40, longitude: -40 }, 9)).land).toBe("")
  })

  test("has coasts and borders in it, and nothing that is far away", () => {
    const { borders } = drawn(atlas, around(ROME, 7))
    const numbers = borders.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? []
    expect(numbers.length).toBeGreaterThan(20)
    expect(drawn(atlas, around({ latitude: 40, longitude: -40 }, 9)).borders).toBe("")
  })

  test("names the largest towns first, and none over another", () => {
    const { towns } = drawn(atlas, around(MILAN, 7))
    expect(towns[0]?.name).toBe("Milan")
    for (const [at, one] of towns.entries())
      for (const other of towns.slice(at + 1))
        expect(Math.abs(one.y - other.y) > 14 || Math.abs(one.x - other.x) > 12).toBe(true)
  })

  test("says the same of a town at the edge of two pieces", () => {
    const [left, right] = [0, 1].map((x) =>
      drawn(atlas, { zoom: 6, left: (33 + x) * TILE, top: 22 * TILE, width: TILE, height: TILE }),
    )
    const onEdge = left!.towns.filter(({ x }) => x > TILE - 60 && x < TILE)
    expect(onEdge.length).toBeGreaterThan(0)
    for (const { name, x, y } of onEdge)
      expect(right?.towns).toContainEqual({ name, x: Math.round((x - TILE) * 10) / 10, y })
  })

  test("knows towns by how their names begin", () => {
    const folded = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    expect(townsNamed(atlas, "munic", folded)[0]).toMatchObject({ name: "Munich", country: "DE" })
    expect(townsNamed(atlas, "sao p", folded)[0]?.name).toBe("São Paulo")
    expect(townsNamed(atlas, "m", folded)).toEqual([])
  })
})
