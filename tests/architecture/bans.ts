/** What may be said only in its one home, and what to say instead. */
import { dotted, isSyntax, lineOf, type Source, type Syntax, walk } from "./source.ts"

/** `names` are globals or chains of names; `new X()` with nothing between the brackets is written so. */
type Ban = { names: string[]; instead: string; homes: string[]; inside: string[] }

const PRODUCT = ["src/**", "views/**"]
const TESTS = ["tests/**"]

const BANS: Ban[] = [
  {
    names: ["Date.now", "Date()", "new Date()"],
    instead: "take a Clock",
    homes: ["src/kernel/clock.ts"],
    inside: PRODUCT,
  },
  {
    names: ["setTimeout", "setInterval", "setImmediate", "Bun.sleep", "Bun.sleepSync", "AbortSignal.timeout"],
    instead: "use Clock.wakeAt, nextTurn or onNextTurn",
    homes: ["src/kernel/clock.ts"],
    inside: PRODUCT,
  },
  {
    names: ["Math.random", "crypto.getRandomValues", "crypto.randomUUID", "Bun.randomUUIDv7"],
    instead: "take a Chance",
    homes: ["src/kernel/chance.ts"],
    inside: PRODUCT,
  },
  {
    names: ["process.env", "Bun.env", "import.meta.env"],
    instead: "read Config",
    homes: ["src/config.ts"],
    inside: PRODUCT,
  },
  { names: ["console"], instead: "take a Log", homes: ["src/kernel/log.ts"], inside: PRODUCT },
  {
    names: ["fetch", "Bun.fetch"],
    instead: "go through the outbound door, src/kernel/outbound.ts",
    homes: ["src/kernel/outbound.ts", "src/simulator/deliver.ts"],
    inside: PRODUCT,
  },
  { names: ["new Elysia"], instead: "ask src/web/areas.ts for a router", homes: ["src/web/areas.ts"], inside: PRODUCT },
  { names: ["sql.raw"], instead: "let Kysely write the statement", homes: [], inside: PRODUCT },
  {
    names: ["setTimeout", "setInterval", "Bun.sleep", "Bun.sleepSync", "page.waitForTimeout"],
    instead: "advance the VirtualClock, or wait for what is to happen",
    homes: ["tests/support/**"],
    inside: TESTS,
  },
  { names: ["process.env", "Bun.env"], instead: "ask tests/support", homes: ["tests/support/**"], inside: TESTS },
  { names: ["Math.random"], instead: "use SeededChance", homes: [], inside: TESTS },
  {
    names: ["only", "skip", "todo"].flatMap((way) => ["test", "describe", "it"].map((block) => `${block}.${way}`)),
    instead: "let every test run",
    homes: [],
    inside: TESTS,
  },
]

/** Chance by another door: these may be imported from node:crypto in the home of chance only. */
const RANDOM_IMPORTS = /^(randomUUID|randomBytes|randomInt|randomFill|randomFillSync|getRandomValues|webcrypto)$/
const EXCUSES = /\b(TODO|FIXME|XXX|HACK)\b|biome-ignore|eslint-disable|@ts-(ignore|expect-error|nocheck)/

export const banTrespasses = (sources: readonly Source[]): string[] =>
  sources.flatMap((source) => [...namedIn(source), ...randomImports(source)])

/** Comments that excuse instead of explaining. */
export const excuses = (sources: readonly Source[]): string[] =>
  sources.flatMap(({ path, comments }) =>
    comments
      .map((comment) => EXCUSES.exec(comment)?.[0])
      .filter((word) => word !== undefined)
      .map((word) => `${path} says ${word}: finish it, or say it in the open`),
  )

/** Tests that open a browser outside the suite that has the machine to itself (scripts/lib/suites.ts). */
export const browserTrespasses = (sources: readonly Source[]): string[] =>
  sources
    .filter(({ path }) => matches(path, TESTS) && !matches(path, ["tests/browser/**", "tests/support/**"]))
    .filter(({ imports }) => imports.some(({ target, typesOnly }) => target === "playwright-core" && !typesOnly))
    .map(({ path }) => `${path} opens a browser: move it to tests/browser`)

function namedIn(source: Source): string[] {
  const bans = BANS.filter((ban) => matches(source.path, ban.inside) && !matches(source.path, ban.homes))
  const own = namesBoundIn(source.program)
  const found: string[] = []
  walk(source.program, (node, above, field) => {
    if (isTypeSyntax(node)) return false
    const name = saidBy(node, above, field)
    const ban =
      name && !own.has(name.replace(/^new |\(\)$/g, "")) ? bans.find(({ names }) => names.includes(name)) : null
    if (ban) found.push(`${source.path}:${lineOf(source, node.start)} says ${name}: ${ban.instead}`)
  })
  return found
}

function randomImports({ path, imports }: Source): string[] {
  if (!matches(path, PRODUCT) || path === "src/kernel/chance.ts") return []
  return imports
    .filter(({ target }) => target === "node:crypto" || target === "crypto")
    .flatMap(({ names }) => names.filter((name) => RANDOM_IMPORTS.test(name)))
    .map((name) => `${path} imports ${name}: take a Chance`)
}

/** The name a node says in a place where it means a value, not a key, a property or a declaration. */
function saidBy(node: Syntax, above: Syntax, field: string): string | null {
  if (node.type === "NewExpression") return saidByNew(node)
  if (node.type === "CallExpression" && dotted(node.callee) === "Date") return "Date()"
  if (node.type === "MemberExpression") return dotted(node)
  if (node.type !== "Identifier") return null
  const isName =
    (above.type === "MemberExpression" && field === "property" && !above.computed) ||
    (field === "key" && !above.computed) ||
    (above.type === "NewExpression" && field === "callee") ||
    /Specifier$/.test(above.type)
  return isName ? null : (node.name as string)
}

function saidByNew(node: Syntax): string | null {
  const name = dotted(node.callee)
  if (name !== "Date") return name ? `new ${name}` : null
  return Array.isArray(node.arguments) && node.arguments.length === 0 ? "new Date()" : null
}

/** Types name things without using them; what an `as`, `!` or `satisfies` stands on is still a value. */
const isTypeSyntax = (node: Syntax): boolean =>
  node.type.startsWith("TS") && !/^TS(As|NonNull|Satisfies|Instantiation|TypeAssertion|Enum|Parameter)/.test(node.type)

/** Variables, functions and parameters that a file declares itself: such a name is no longer the global one. */
function namesBoundIn(program: Syntax): Set<string> {
  const names = new Set<string>()
  walk(program, (node) => {
    if (node.type === "VariableDeclarator") addPattern(node.id, names)
    if (/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) {
      addPattern(node.id, names)
      for (const parameter of node.params as unknown[]) addPattern(parameter, names)
    }
  })
  return names
}

function addPattern(node: unknown, names: Set<string>): void {
  if (!isSyntax(node)) return
  if (node.type === "Identifier") names.add(node.name as string)
  if (node.type === "AssignmentPattern") addPattern(node.left, names)
  if (node.type === "RestElement") addPattern(node.argument, names)
  if (node.type === "Property") addPattern(node.value, names)
  for (const part of [node.properties, node.elements].flat()) addPattern(part, names)
}

const matches = (path: string, globs: readonly string[]): boolean =>
  globs.some((glob) => new Bun.Glob(glob).match(path))
