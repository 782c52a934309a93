/** What operators and scripts rely on (6-contract.md), as far as the page is at hand. */
import { describe, expect, test } from "bun:test"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { COMMANDS } from "~/command/commands.ts"
import { VARIABLES } from "~/config.ts"

const CONTRACT = ["../../../shared", "../../../../shared"]
  .map((folder) => join(import.meta.dir, folder, "design/6-contract.md"))
  .find(existsSync)

describe.skipIf(CONTRACT === undefined)("The contract", () => {
  const text = CONTRACT === undefined ? "" : readFileSync(CONTRACT, "utf8")
  const command = (name: string) => COMMANDS.find((candidate) => candidate.name === name)

  /** Came after the contract was written down. */
  const LATER = ["export-config", "key"]

  test("names every command of the binary, and no other", () => {
    const [, line = ""] = /`sportello (serve [^`]*)`/.exec(text) ?? []
    const named = line.split("|").map((part) => part.trim().split(" ")[0] ?? "")
    const known = [...COMMANDS.map(({ name }) => name), "help"].filter((name) => !LATER.includes(name))
    expect(named.filter((name) => !LATER.includes(name)).sort()).toEqual(known.sort())
  })

  test("names the options of the demo and of apply as the commands take them", () => {
    const [, demo = ""] = /Options pass through: `([^`]*)`/.exec(text) ?? []
    const taken = [...(command("demo")?.usage.matchAll(/\[(.*?)\]/g) ?? [])].map(([, option]) => option ?? "")
    expect(demo.split(/ (?=--)/)).toEqual(taken)
    const [, apply] = /## `(apply FILE)`/.exec(text) ?? []
    expect(command("apply")?.usage).toBe(`${apply} [--dry-run]`)
  })

  test("has a default and a name for every variable that the program reads", () => {
    const rows = [...text.matchAll(/^\| (`SPORTELLO_[^|]*) \| ([^|]*) \|/gm)]
    const named = rows.flatMap(([, names = ""]) => names.match(/SPORTELLO_[A-Z_]+/g) ?? [])
    const known = VARIABLES.map(({ name }) => name).filter((name) => name !== "SPORTELLO_TLS")
    expect(named.sort()).toEqual([...known].sort())
    for (const [, names = "", standard = ""] of rows) {
      if (!standard.startsWith("`")) continue
      const variable = VARIABLES.find(({ name }) => names.includes(`\`${name}\``))
      expect(`\`${variable?.standard}\``).toBe(standard.trim())
    }
  })

  test("names scripts that are there", () => {
    const named = [...new Set(text.match(/scripts\/[a-z]+/g))]
    expect(named.length).toBeGreaterThan(3)
    expect(named.filter((path) => !existsSync(join(import.meta.dir, "../..", path)))).toEqual([])
  })
})
