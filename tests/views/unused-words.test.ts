import { describe, expect, test } from "bun:test"
import { catalogues } from "views/locales/index.ts"

/** Said by what is being built: it is in the catalogues before its screen is. */
const EXPECTED: readonly string[] = []

const ROOT = `${import.meta.dir}/../..`
const paths = ["src", "views", "public/scripts"]
  .flatMap((folder) => [...new Bun.Glob(`${folder}/**/*.{ts,tsx,js}`).scanSync(ROOT)])
  .filter((path) => !/^views\/locales\/(?:simulator\.)?\w{2}\.ts$/.test(path))
const files = await Promise.all(paths.map((path) => Bun.file(`${ROOT}/${path}`).text()))
const source = files.join("\n")

/** `t("list.title")`, and families: `status.${status}_hint` says every phrase of that form. */
const literals = new Set([...source.matchAll(/["'`]([a-z_]+(?:\.[a-z_]+)*)["'`]/g)].map(([, key]) => key ?? ""))
const families = [...source.matchAll(/`([a-z_]+\.(?:[a-z_]+\.)*(?:[a-z_]+_)?)\$\{[^}`]+\}(_[a-z_]+)?`/g)]
  .filter(([, start]) => start !== "refused.")
  .map(([, start = "", end = ""]) => new RegExp(`^${start.replaceAll(".", "\\.")}[a-zA-Z_]+${end}$`))

/** A refusal is thrown by the rest of its key: `refuse("message.empty")`. */
const isSaid = (key: string): boolean => literals.has(key) || families.some((family) => family.test(key))
const unsaid = Object.keys(catalogues.en).filter((key) => !isSaid(key.replace(/^refused\./, "")))

describe("what nobody says", () => {
  test("is in no catalogue", () => {
    expect(unsaid.filter((key) => !EXPECTED.includes(key))).toEqual([])
  })

  test("and what is expected is still unsaid, so that the list stays short", () => {
    expect(EXPECTED.filter((key) => !unsaid.includes(key))).toEqual([])
  })
})
