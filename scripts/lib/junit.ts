/** What a JUnit file of `bun test` says. */
export type Outcome = { passed: number; failed: number; skipped: number; failures: Failure[] }

export type Failure = { file: string; title: string }

const TEST_CASE = /<testcase ([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g

/**
 * The outcome of running `files`, given the JUnit text (null when none was written). A file that the report does not
 * mention did not load, had no test, or ended the process: each is a failure, so that silence never counts as success.
 */
export function outcomeOf(junit: string | null, files: readonly string[]): Outcome {
  const cases = [...(junit ?? "").matchAll(TEST_CASE)].map(testCase)
  const reported = new Set(cases.map((one) => one.file))
  const missing = files.filter((file) => !reported.has(file))
  const failed = cases.filter((one) => one.result === "failed")
  return {
    passed: cases.filter((one) => one.result === "passed").length,
    failed: failed.length + missing.length,
    skipped: cases.filter((one) => one.result === "skipped").length,
    failures: [
      ...failed.map(({ file, title }) => ({ file, title })),
      ...missing.map((file) => ({ file, title: `${file}: no test of this file was run` })),
    ],
  }
}

/** What a run says of all but some of its files. */
export function outcomeWithout(junit: string | null, files: readonly string[], left: readonly string[]): Outcome {
  const others = (junit ?? "").replaceAll(TEST_CASE, (text, attributes: string) =>
    left.includes(attribute(attributes, "file")) ? "" : text,
  )
  return outcomeOf(
    others,
    files.filter((file) => !left.includes(file)),
  )
}

export const sum = (outcomes: readonly Outcome[]): Outcome => ({
  passed: outcomes.reduce((total, one) => total + one.passed, 0),
  failed: outcomes.reduce((total, one) => total + one.failed, 0),
  skipped: outcomes.reduce((total, one) => total + one.skipped, 0),
  failures: outcomes.flatMap((one) => one.failures),
})

export const closingLine = ({ passed, failed, skipped }: Outcome): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`

type TestCase = { file: string; title: string; result: "passed" | "failed" | "skipped" }

function testCase([, attributes = "", body = ""]: RegExpExecArray | RegExpMatchArray): TestCase {
  const file = attribute(attributes, "file")
  const group = attribute(attributes, "classname")
  const line = attribute(attributes, "line")
  const title = `${line ? `${file}:${line}` : file}: ${group ? `${group} > ` : ""}${attribute(attributes, "name")}`
  if (/<(failure|error)\b/.test(body)) return { file, title, result: "failed" }
  return { file, title, result: /<skipped\b/.test(body) ? "skipped" : "passed" }
}

const attribute = (attributes: string, name: string): string =>
  withoutEntities(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? "")

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" }

const withoutEntities = (text: string): string =>
  text.replace(/&(?:#(\d+)|(\w+));/g, (entity, code: string | undefined, name: string | undefined) =>
    code ? String.fromCodePoint(Number(code)) : (ENTITIES[name ?? ""] ?? entity),
  )
