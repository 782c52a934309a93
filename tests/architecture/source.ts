/** Reads source files as syntax: what they import, what they name, how long they are. */
import { readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { parseSync } from "oxc-parser"

/** A node of the syntax tree; `start` and `end` are offsets into the text. */
export type Syntax = { type: string; start: number; end: number; [field: string]: unknown }

/** `target` is a path in the project, or the name of a package. `names` are those imported; `*` for all. */
export type Import = { target: string; isPackage: boolean; typesOnly: boolean; names: string[] }

export type Source = { path: string; text: string; program: Syntax; comments: string[]; imports: Import[] }

/** The files of the project in the current directory that match one of `globs`. */
export function readSources(...globs: string[]): Source[] {
  const paths = globs.flatMap((glob) => [...new Bun.Glob(glob).scanSync(".")]).sort()
  return paths.map((path) => parse(path, readFileSync(path, "utf8")))
}

export function parse(path: string, text: string): Source {
  const { program, comments, errors, module } = parseSync(path, text)
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`)
  const root = program as unknown as Syntax
  const statics = module.staticImports.map((one) => ({
    ...resolve(path, one.moduleRequest.value),
    typesOnly: one.entries.length > 0 && one.entries.every((entry) => entry.isType),
    names: one.entries.map((entry) => entry.importName.name ?? "*"),
  }))
  const reexports = module.staticExports
    .flatMap((one) => one.entries)
    .filter((entry) => entry.moduleRequest)
    .map((entry) => ({
      ...resolve(path, entry.moduleRequest?.value ?? ""),
      typesOnly: entry.isType,
      names: [entry.importName.name ?? "*"],
    }))
  const imports = [...statics, ...reexports, ...importsInside(path, root)]
  return { path, text, program: root, comments: comments.map((comment) => comment.value), imports }
}

/** Calls `visit` for every node below `node`, with the node above it and the field that holds it; `false` goes no deeper. */
export function walk(node: Syntax, visit: (node: Syntax, above: Syntax, field: string) => unknown): void {
  for (const [field, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isSyntax(child) && visit(child, node, field) !== false) walk(child, visit)
    }
  }
}

export const isSyntax = (value: unknown): value is Syntax =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string"

/** The text of a string literal, or of a template without blanks; else null. */
export function literal(node: unknown): string | null {
  if (!isSyntax(node)) return null
  if (node.type === "Literal" && typeof node.value === "string") return node.value
  if (node.type !== "TemplateLiteral" || !Array.isArray(node.quasis) || node.quasis.length !== 1) return null
  return (node.quasis[0] as { value: { cooked: string } }).value.cooked
}

/** `a.b.c` as written, without a leading `globalThis.`; null when it is not a plain chain of names. */
export function dotted(node: unknown): string | null {
  if (!isSyntax(node)) return null
  if (node.type === "Identifier") return node.name as string
  if (node.type === "MetaProperty") return "import.meta"
  if (node.type !== "MemberExpression") return null
  const object = dotted(node.object)
  const property = node.computed ? literal(node.property) : dotted(node.property)
  if (object === null || property === null) return null
  return object === "globalThis" ? property : `${object}.${property}`
}

/** The line of a node, counted from 1. */
export const lineOf = (source: Source, offset: number): number => source.text.slice(0, offset).split("\n").length

/** `import(…)` as a value or a type, and workers named by `new URL(…, import.meta.url)`. */
function importsInside(path: string, root: Syntax): Import[] {
  const found: Import[] = []
  walk(root, (node) => {
    const asType = node.type === "TSImportType"
    const worker = node.type === "NewExpression" && dotted(node.callee) === "URL" && isOwnUrl(node.arguments)
    if (!asType && !worker && node.type !== "ImportExpression") return
    const target = literal(worker ? (node.arguments as unknown[])[0] : node.source)
    if (target !== null) found.push({ ...resolve(path, target), typesOnly: asType, names: ["*"] })
  })
  return found
}

const isOwnUrl = (args: unknown): boolean => Array.isArray(args) && dotted(args[1]) === "import.meta.url"

function resolve(from: string, to: string): { target: string; isPackage: boolean } {
  if (to.startsWith("~/")) return { target: `src/${to.slice(2)}`, isPackage: false }
  if (to.startsWith("views/")) return { target: to, isPackage: false }
  if (to.startsWith(".")) return { target: normalize(join(dirname(from), to)), isPackage: false }
  return { target: to, isPackage: true }
}
