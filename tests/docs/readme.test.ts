/** What the README promises is what there is. */
import { describe, expect, test } from "bun:test"
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { COMMANDS } from "~/command/commands.ts"
import { overview } from "~/command/help.ts"
import { VARIABLES } from "~/config.ts"

const ROOT = join(import.meta.dir, "../..")
const README = readFileSync(join(ROOT, "README.md"), "utf8")
const exists = (path: string) => existsSync(join(ROOT, path))
const words = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? "")

describe("The README", () => {
  test("lists every environment variable with its default and its meaning, in the order of the program", () => {
    const rows = README.split("\n").filter((line) => line.startsWith("| `SPORTELLO_"))
    const cells = rows.map((row) => row.split("|").map((cell) => cell.trim()))
    const listed = cells.map(([, name, standard, help]) => ({ name, standard: standard?.replaceAll("`", ""), help }))
    const table = VARIABLES.map(({ name, standard, help }) => ({
      name: `\`${name}\``,
      standard: standard ?? "–",
      help,
    }))
    expect(listed).toEqual(table)
  })

  test("names no variable that is not a setting", () => {
    const named = [...new Set(README.match(/SPORTELLO_[A-Z_]+/g))]
    expect(named.filter((name) => !VARIABLES.some((variable) => variable.name === name))).toEqual([])
  })

  test("names only scripts and files that are there", () => {
    const paths = [
      ...words(README).flatMap((code) => code.match(/^(?:scripts|src|views|tests|public|migrations)\/[\w./-]+/g) ?? []),
      ...[...README.matchAll(/\]\(([^)#:]+)\)/g)].map(([, target]) => target ?? ""),
      ...words(README).filter((code) => /^[\w-]+\.(service|toml|json)$|^Dockerfile$/.test(code)),
    ].filter((path) => path !== "company.json")
    expect(paths.length).toBeGreaterThan(5)
    expect(paths.filter((path) => !exists(path))).toEqual([])
  })

  test("names only modules of the program that are there, and roles that the noun has", () => {
    const modules = words(README).filter((code) => /^[a-z]+\/[a-z]+(\.tsx?)?( \w+)?$/.test(code) && isRoom(code))
    expect(modules).toContain("whatsapp/intake.ts")
    const missing = modules.filter((code) => {
      const [path = ""] = code.split(" ")
      return !["", ".ts", ".tsx"].some((ending) => exists(`src/${path}${ending}`))
    })
    expect(missing).toEqual([])
  })

  test("draws the house with every room of src, and no other", () => {
    const [, map = ""] = /## The house[\s\S]*?```\n([\s\S]*?)```/.exec(README) ?? []
    const drawn = [...map.matchAll(/(?<![\w/-])([a-z][a-z-]*)\/(?=\s|$)/gm)].map(([, name]) => name ?? "")
    const rooms = readdirSync(join(ROOT, "src")).filter((name) => statSync(join(ROOT, "src", name)).isDirectory())
    expect([...new Set(drawn)].sort()).toEqual(rooms.sort())
    const files = [...map.matchAll(/\b([a-z]+\.ts)\b/g)].map(([, name]) => `src/${name}`)
    expect(files.filter((path) => !exists(path))).toEqual([])
  })

  test("speaks only of commands that the program has", () => {
    const spoken = [...README.matchAll(/`?(?:^|\s|`)sportello ([a-z-]+)/gm)].map(([, name]) => name ?? "")
    expect(spoken).toContain("backup")
    const known = [...COMMANDS.map(({ name }) => name), "help"]
    expect(spoken.filter((name) => !known.includes(name))).toEqual([])
  })
})

describe("The help of the program", () => {
  test("lists every command of the source folder once, and every variable", () => {
    const text = overview(COMMANDS).join("\n")
    for (const { name } of COMMANDS) expect(text.split(`  sportello ${name} `)).toHaveLength(2)
    for (const { name } of VARIABLES) expect(text).toContain(`  ${name}`)
  })
})

function isRoom(code: string): boolean {
  return exists(`src/${code.split("/")[0]}`)
}
