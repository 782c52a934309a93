/** Runs the tests of the project in the current directory, suite after suite, and prints the closing line. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { closingLine, type Outcome, outcomeOf, outcomeWithout, sum } from "./junit.ts"
import { GONE, parseRequest, type Request, type Suite, suitesOf } from "./suites.ts"

const RESULTS = "test-results"
/** Against what hangs; no test is about how long it takes. */
const PATIENCE_MS = 180_000

const request = parseRequest(Bun.argv.slice(2))
const suites = suitesOf([...new Bun.Glob("tests/**/*.test.{ts,tsx}").scanSync(".")], request.patterns)
mkdirSync(RESULTS, { recursive: true })
const outcome = sum(suites.map((suite) => runSuite(suite, request)))
for (const { title } of outcome.failures) say(`failed: ${title}`)
writeFileSync(join(RESULTS, "closing-line"), `${closingLine(outcome)}\n`)
say(closingLine(outcome))
process.exit(outcome.failed > 0 || outcome.passed === 0 ? 1 : 0)

function runSuite(suite: Suite, request: Request): Outcome {
  if (suite.needsChromium && !hasChromium()) return { passed: 0, failed: 0, skipped: suite.files.length, failures: [] }
  rmSync(GONE, { force: true })
  const report = reportOf(suite, request)
  const outcome = outcomeOf(report, suite.files)
  const again = filesWithoutBrowser().filter((file) => outcome.failures.some((failure) => failure.file === file))
  if (again.length === 0) return outcome
  say(`The browser ended by itself; run once more: ${again.join(", ")}`)
  const second = reportOf({ ...suite, name: "browser again", files: again }, request)
  return sum([outcomeWithout(report, suite.files, again), outcomeOf(second, again)])
}

/** The files in which a browser ended without having been closed. */
function filesWithoutBrowser(): string[] {
  const lines = existsSync(GONE) ? readFileSync(GONE, "utf8").split("\n") : []
  return [...new Set(lines.filter(Boolean))]
}

/** Runs the files of a suite in one process: its JUnit text, null when none was written. */
function reportOf(suite: Suite, { options }: Request): string | null {
  const report = join(RESULTS, `${suite.name.replaceAll(" ", "-")}.xml`)
  rmSync(report, { force: true })
  say(`== ${suite.name}: ${suite.files.length} files`)
  Bun.spawnSync(
    [
      "bun",
      "test",
      "--isolate",
      "--only-failures",
      "--reporter=junit",
      `--reporter-outfile=${report}`,
      `--timeout=${PATIENCE_MS}`,
      ...options,
      ...suite.files.map((file) => `./${file}`),
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  )
  return existsSync(report) ? readFileSync(report, "utf8") : null
}

/** The sentence about what is missing is the script's own; the skipped files show in the closing line. */
function hasChromium(): boolean {
  const isThere = (script: string) =>
    Bun.spawnSync([script], { stdio: ["ignore", "inherit", "inherit"] }).exitCode === 0
  // Without these, the tests that need them alone are left out.
  isThere("scripts/lib/opus-tools.sh")
  isThere("scripts/lib/coturn.sh")
  isThere("scripts/lib/iproute2.sh")
  return isThere("scripts/lib/chromium.sh")
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
