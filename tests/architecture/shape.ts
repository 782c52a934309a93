/** The shape of the house: sizes of files and functions, what stands in which folder, what nobody needs. */
import { NOUNS } from "./law.ts"
import { lineOf, type Source, type Syntax, walk } from "./source.ts"

const FILE_LINES = 250
const FUNCTION_LINES = 40
/** Markup is long because a page is, not because it is hard to follow. */
const VIEW_LINES = 80
/** A list that is read by searching, not from top to bottom: columns by table. */
const LIST = "src/database/tables.ts"

/** Beside the roles: what a noun reads or reckons in a thread of its own. */
const ROLE_FILE = /^(rules|store|actions|queries)(\.ts|\/[a-z-]+\.ts)$|^routes(\.tsx|\/[a-z-]+\.tsx)$|^worker\.ts$/
const OTHER_ROOMS = ["kernel", "database", "whatsapp", "outbox", "identity", "simulator", "demo", "web", "command"]
const FUNCTION = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/
/** What the machine enters by; everything else lives because something imports it. */
const ENTRANCES = /^(src\/main\.ts|views\/jsx-runtime\.ts|.*\.d\.ts)$/

export const longFiles = (sources: readonly Source[]): string[] =>
  sources
    .filter(({ path }) => path !== LIST)
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }))
    .filter(({ lines }) => lines > FILE_LINES)
    .map(({ path, lines }) => `${path} has ${lines} lines, more than ${FILE_LINES}: it holds more than one idea`)

/** A function's own lines: those of functions written inside it are theirs. */
export const longFunctions = (sources: readonly Source[]): string[] =>
  sources.flatMap((source) => {
    const limit = source.path.startsWith("views/") && source.path.endsWith(".tsx") ? VIEW_LINES : FUNCTION_LINES
    return functionsIn(source.program)
      .map((node) => ({ line: lineOf(source, node.start), lines: ownLines(source, node) }))
      .filter(({ lines }) => lines > limit)
      .map(({ line, lines }) => `${source.path}:${line} is a function of ${lines} lines, more than ${limit}`)
  })

/** Files of `src` and `views` that nothing but a test imports. */
export function orphans(sources: readonly Source[]): string[] {
  const imported = new Set(
    sources
      .filter(({ path }) => !path.startsWith("tests/"))
      .flatMap(({ path, imports }) => imports.map(({ target }) => target).filter((target) => target !== path)),
  )
  return sources
    .map(({ path }) => path)
    .filter((path) => /^(src|views)\//.test(path) && !imported.has(path) && !ENTRANCES.test(path))
    .map((path) => `${path} is imported by nobody`)
}

/** Files of `src` that stand in no room, or play no role in their noun. */
export const misplacedFiles = (paths: readonly string[]): string[] =>
  paths.flatMap((path) => {
    const [top, room = "", ...rest] = path.split("/")
    if (top !== "src" || rest.length === 0 || OTHER_ROOMS.includes(room)) return []
    if (!NOUNS.includes(room)) return [`${path}: ${room} is neither a noun of the product nor a room of the house`]
    return ROLE_FILE.test(rest.join("/")) ? [] : [`${path} plays none of the five roles of a noun`]
  })

/** Migrations are numbered from 0001 without gaps, so that everybody applies the same ones in the same order. */
export const misnumberedMigrations = (names: readonly string[]): string[] =>
  [...names].sort().flatMap((name, index) => {
    const number = String(index + 1).padStart(4, "0")
    if (!/^\d{4}_[a-z0-9]+(?:[-_][a-z0-9]+)*\.sql$/.test(name))
      return [`${name} is not named like 0001_what-it-does.sql`]
    return name.startsWith(number) ? [] : [`${name} stands where ${number} is expected`]
  })

function functionsIn(node: Syntax): Syntax[] {
  const found: Syntax[] = []
  walk(node, (inner) => {
    if (FUNCTION.test(inner.type)) found.push(inner)
  })
  return found
}

function ownLines(source: Source, node: Syntax): number {
  const inner: Syntax[] = []
  walk(node, (child) => {
    if (!FUNCTION.test(child.type)) return true
    inner.push(child)
    return false
  })
  return inner.reduce((lines, child) => lines - (linesOf(source, child) - 1), linesOf(source, node))
}

const linesOf = ({ text }: Source, { start, end }: Syntax): number => text.slice(start, end).split("\n").length
