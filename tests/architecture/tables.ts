/** Who writes which table: each is written by one noun's store, and that store's writers serve its own actions alone. */
import { dotted, isSyntax, lineOf, literal, type Source, type Syntax, walk } from "./source.ts"

type Write = { table: string | null; at: number }

/** These calls start a statement that changes rows; the first argument names the table. */
const WRITES = /(^|\.)(insertInto|replaceInto|updateTable|deleteFrom|mergeInto|inserting)$/
const WRITING_SQL = /^\s*(?:insert(?: or \w+)? into|replace into|update|delete from)\s+"?(\w+)"?(?=[\s(]|$)/i
/** Tames a restored copy that nobody has open yet, in whichever tables; its own tests watch it. */
const RESTORE = "src/database/restore.ts"
/** Rooms with tables of their own and no roles: any of their files may write them. */
const ROLELESS_OWNERS = /^src\/(database|whatsapp|outbox)\//
const STORE = /^src\/[a-z-]+\/store(\.ts|\/)/

export function tableTrespasses(sources: readonly Source[]): string[] {
  const product = sources.filter(
    ({ path }) => path.startsWith("src/") && !path.startsWith("src/simulator/") && path !== RESTORE,
  )
  return [...writesOutsideStores(product), ...sharedTables(product), ...borrowedWriters(product)]
}

function writesOutsideStores(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => !STORE.test(path) && !ROLELESS_OWNERS.test(path))
    .flatMap((source) =>
      writesIn(source.program).map(({ table, at }) => {
        return `${source.path}:${lineOf(source, at)} writes ${table ?? "a table"}: only a store may`
      }),
    )
}

function sharedTables(sources: readonly Source[]): string[] {
  const owners = new Map<string, Set<string>>()
  for (const { path, program } of sources) {
    if (!STORE.test(path) && !ROLELESS_OWNERS.test(path)) continue
    for (const { table } of writesIn(program)) {
      if (table !== null) owners.set(table, (owners.get(table) ?? new Set()).add(folderOf(path)))
    }
  }
  return [...owners]
    .filter(([, folders]) => folders.size > 1)
    .map(([table, folders]) => `table ${table} is written by ${[...folders].sort().join(" and ")}: it has one owner`)
}

/** Others may read through a store; what writes is for the actions of its own noun. */
function borrowedWriters(sources: readonly Source[]): string[] {
  const writers = new Map(sources.filter(({ path }) => STORE.test(path)).map((one) => [one.path, writersOf(one)]))
  return sources.flatMap((source) =>
    source.imports.flatMap(({ target, names, typesOnly }) => {
      const writing = writers.get(target)
      if (!writing || typesOnly || mayWrite(source.path, target)) return []
      const used = names.includes("*") ? membersOfNamespace(source, writing) : names.filter((name) => writing.has(name))
      return used.map((name) => `${source.path} imports ${name}, which writes, from ${target}: others may read only`)
    }),
  )
}

const mayWrite = (path: string, store: string): boolean =>
  folderOf(path) === folderOf(store) && /\/(actions|store)(\.ts|\/)/.test(path)

/** Names of a file that write, themselves or through another name of the same file. */
function writersOf({ program }: Source): Set<string> {
  const parts = (program.body as Syntax[]).flatMap(namedParts)
  const writers = new Set(parts.filter(([, part]) => writesIn(part).length > 0).map(([name]) => name))
  for (let before = -1; before !== writers.size; ) {
    before = writers.size
    for (const [name, part] of parts) if (mentions(part, writers)) writers.add(name)
  }
  return writers
}

/** The functions and constants that a statement of a file declares. */
function namedParts(statement: Syntax): [name: string, part: Syntax][] {
  const declared = isSyntax(statement.declaration) ? statement.declaration : statement
  if (declared.type === "FunctionDeclaration") return [[dotted(declared.id) ?? "", declared]]
  if (declared.type !== "VariableDeclaration") return []
  return (declared.declarations as Syntax[]).map((one) => [dotted(one.id) ?? "", one])
}

function mentions(part: Syntax, names: ReadonlySet<string>): boolean {
  let found = false
  walk(part, (node, above, field) => {
    const isKey = field === "key" || field === "id" || (above.type === "MemberExpression" && field === "property")
    found ||= node.type === "Identifier" && !isKey && names.has(node.name as string)
  })
  return found
}

function writesIn(part: Syntax): Write[] {
  const found: Write[] = []
  walk(part, (node) => {
    if (node.type === "CallExpression" && WRITES.test(lastNameOf(node.callee))) {
      const [table] = node.arguments as unknown[]
      found.push({ table: literal(table)?.split(/\s/)[0] ?? null, at: node.start })
    }
    const sql = WRITING_SQL.exec(literal(node) ?? "")
    if (sql) found.push({ table: sql[1] ?? null, at: node.start })
  })
  return found
}

/** The method of a call chain, however long it is: `insertInto` of `query.with(…).insertInto`. */
function lastNameOf(callee: unknown): string {
  if (!isSyntax(callee)) return ""
  return dotted(callee.type === "MemberExpression" ? callee.property : callee) ?? ""
}

/** `store.save` of an `import * as store`. */
function membersOfNamespace({ program }: Source, names: ReadonlySet<string>): string[] {
  const found = new Set<string>()
  walk(program, (node) => {
    const member = node.type === "MemberExpression" ? dotted(node.property) : null
    if (member !== null && names.has(member)) found.add(member)
  })
  return [...found]
}

const folderOf = (path: string): string => path.split("/").slice(0, 2).join("/")
