/** Where a browser that ended by itself is written down: the path of its test file, a line each. */
export const GONE = "test-results/browsers-gone"

/** What scripts/test was asked to do. */
export type Request = { patterns: string[]; options: string[] }

/** `files` run in one process, one after the other. */
export type Suite = {
  name: "all but the browser" | "browser" | "browser again"
  files: string[]
  needsChromium: boolean
}

/** Options of `bun test` whose value is the next argument. */
const TAKES_VALUE = new Set(["-t", "--test-name-pattern", "--timeout", "--seed", "--rerun-each", "--retry"])

/** `--long` is for the tests themselves: scripts/test puts it into their environment. */
export function parseRequest(args: readonly string[]): Request {
  const request: Request = { patterns: [], options: [] }
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ""
    const value = TAKES_VALUE.has(arg) ? args[++at] : undefined
    if (arg === "--long") continue
    if (arg.startsWith("-")) request.options.push(arg, ...(value === undefined ? [] : [value]))
    else request.patterns.push(arg.replace(/^\.\//, ""))
  }
  return request
}

/** The files that contain one of `patterns` in their path (all without patterns); browsers have the machine to themselves. */
export function suitesOf(files: readonly string[], patterns: readonly string[]): Suite[] {
  const chosen = files.filter((file) => patterns.length === 0 || patterns.some((part) => file.includes(part))).sort()
  const inBrowser = (file: string) => file.startsWith("tests/browser/")
  const suites: Suite[] = [
    { name: "all but the browser", files: chosen.filter((file) => !inBrowser(file)), needsChromium: false },
    { name: "browser", files: chosen.filter(inBrowser), needsChromium: true },
  ]
  return suites.filter((suite) => suite.files.length > 0)
}
