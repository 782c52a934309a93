/** A company's colour: read, judged, and made into those of the screens. */
import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { colourFrom, contrast, isReadable, nearestReadable, palettes } from "~/brand/rules/colour.ts"
import { accentStyles, readAccent, readLogo } from "~/brand/rules.ts"
import { png } from "../support/picture.ts"

const anyColour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`)

describe("A colour", () => {
  test.each([
    ["#0A7D5A", "#0a7d5a"],
    ["0a7d5a", "#0a7d5a"],
    [" #fa0 ", "#ffaa00"],
    ["green", null],
    ["#12345", null],
    ["#0a7d5a;}body{display:none", null],
  ])("%p is %p", (written, read) => expect(colourFrom(written)).toBe(read))

  test("contrast is WCAG's", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5)
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2)
  })

  test("too faint is refused with the nearest that can be read, which is taken", () => {
    const refused = readAccent("#ffcc00")
    expect(refused).toMatchObject({ refused: "brand.accent_contrast" })
    const nearest = "detail" in refused ? String(refused.detail?.nearest) : ""
    expect(readAccent(nearest)).toEqual({ accent: nearest })
    expect(readAccent("#00684a")).toEqual({ accent: "#00684a" })
    expect(readAccent("blue")).toEqual({ refused: "brand.no_colour" })
  })

  test("any colour has one near it, and what is made of a readable one is readable in both themes", () => {
    fc.assert(
      fc.property(anyColour, (hex) => {
        const accent = isReadable(hex) ? hex : nearestReadable(hex)
        expect([hex, isReadable(accent)]).toEqual([hex, true])
        const { light, dark } = palettes(accent)
        const pairs = [
          [light.ink, light.accent],
          [light.ink, light.hover],
          [light.text, light.soft],
          [light.accent, "#ffffff"],
          [dark.ink, dark.accent],
          [dark.ink, dark.hover],
          [dark.text, dark.soft],
          [dark.accent, "#1b222a"],
        ] as const
        for (const [one, other] of pairs)
          expect([hex, one, other, contrast(one, other) >= 4.5]).toEqual([hex, one, other, true])
      }),
      { numRuns: 300 },
    )
  })

  test("is written as styles that are nothing but colours", () =>
    expect(accentStyles("#00684a")).toMatch(
      /^:root\{(--accent(-\w+)?:light-dark\(#[0-9a-f]{6},#[0-9a-f]{6}\);){5}\}\n$/,
    ))
})

describe("A picture", () => {
  test("is what its bytes say, within its measures", () => {
    expect(readLogo(png(120, 40))).toEqual({ type: "image/png", width: 120, height: 40 })
    expect(readLogo(png(31, 40))).toMatchObject({ refused: "brand.logo_dimensions" })
    expect(readLogo(png(40, 2_001))).toMatchObject({ refused: "brand.logo_dimensions" })
    expect(readLogo(png(40, 40, 204_800))).toMatchObject({ type: "image/png" })
    expect(readLogo(png(40, 40, 204_801))).toMatchObject({ refused: "brand.logo_size" })
    for (const text of ["<svg xmlns='http://www.w3.org/2000/svg'/>", "GIF89a", "", "%PDF-1.4"])
      expect(readLogo(Buffer.from(text))).toEqual({ refused: "brand.logo_kind" })
  })
})
