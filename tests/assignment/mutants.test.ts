import { afterAll, describe, expect, test } from "bun:test"
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import * as overflow from "~/assignment/rules/overflow.ts"
import * as rules from "~/assignment/rules.ts"
import { type Router, SHIPPED } from "./house.ts"
import { MUTATIONS, type Mutation } from "./mutations.ts"
import { anyMove, difference, MORNING, type Move } from "./play.ts"
import { SCENES } from "./scenes.ts"
import { complaints, overflowComplaints } from "./table.ts"

/** Copies of the router stand where `~/` still means the product, and git and the checkers do not look. */
const FOLDER = join(import.meta.dir, "../../test-results/mutants")
const ROUTER = join(import.meta.dir, "../../src/assignment")
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))

type Mutant = { rules: typeof rules; overflow: typeof overflow; router: Router }

async function mutantOf([file, from, to]: Mutation, index: number): Promise<Mutant> {
  const folder = join(FOLDER, String(index))
  mkdirSync(folder, { recursive: true })
  cpSync(ROUTER, folder, { recursive: true, filter: (path) => !path.endsWith(".tsx") })
  const text = readFileSync(join(folder, file), "utf8")
  if (!text.includes(from)) throw new Error(`there is no ${from} in ${file} any more`)
  writeFileSync(join(folder, file), text.replace(from, to))
  return {
    rules: await import(join(folder, "rules.ts")),
    overflow: await import(join(folder, "rules/overflow.ts")),
    router: {
      actions: await import(join(folder, "actions.ts")),
      routing: await import(join(folder, "queries/routing.ts")),
    },
  }
}

/** The same moves for everybody: the scenes, then days drawn from one seed. */
const DAYS: readonly (readonly Move[])[] = [
  ...Object.values(SCENES),
  ...fc.sample(fc.array(anyMove, { minLength: 40, maxLength: 60, size: "max" }), { numRuns: 16, seed: 7 }),
]

/** What gives the mutant away; null when nothing does. A mutant that breaks is given away by that. */
async function witness({ rules, overflow, router }: Mutant): Promise<string | null> {
  const said = [...told(() => complaints(rules)), ...told(() => overflowComplaints(overflow))]
  if (said.length > 0) return said[0] ?? null
  for (const day of DAYS) {
    const found = await difference([...MORNING, ...day], router).catch(String)
    if (found !== null) return found
  }
  return null
}

function told(judge: () => string[]): string[] {
  try {
    return judge()
  } catch (error) {
    return [String(error)]
  }
}

describe("The tests of the router", () => {
  test("find nothing wrong with the product", async () => {
    expect(await witness({ rules, overflow, router: SHIPPED })).toBeNull()
  }, 60_000)

  test("find every fault that is written into it", async () => {
    const alive: string[] = []
    for (const [index, mutation] of MUTATIONS.entries())
      if ((await witness(await mutantOf(mutation, index))) === null) alive.push(mutation.join(" | "))
    expect(alive).toEqual([])
  }, 120_000)
})
