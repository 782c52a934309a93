/** Compiles dist/sportello from the project in the current directory, unless the last build had the same sources. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { fingerprint } from "./fingerprint.ts"

const EXECUTABLE = "dist/sportello"
const STAMP = "dist/sportello.sources"
/** Compiled aside under the same name (the name is part of the bytes) and moved, so that a running one is untouched. */
const ASIDE = "dist/aside/sportello"

const sources = () =>
  `${Bun.version} ${fingerprint(
    ".",
    "src views public migrations package.json bun.lock tsconfig.json scripts/vendor.ts scripts/vendor scripts/lib/build.ts".split(
      " ",
    ),
  )}`

if (!isUpToDate()) {
  say("build: compiling dist/sportello")
  mkdirSync("dist/aside", { recursive: true })
  run("bun", "scripts/vendor.ts")
  const built = sources()
  run("bun", "build", ...compileOptions(), "--outfile", ASIDE)
  renameSync(ASIDE, EXECUTABLE)
  rmSync("dist/aside", { recursive: true })
  writeFileSync(STAMP, built)
}

function isUpToDate(): boolean {
  return existsSync(EXECUTABLE) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === sources()
}

/** A compiled binary would read .env and run bunfig's preload from the directory it is started in: both are off. */
function compileOptions(): string[] {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string }
  const workers = [...new Bun.Glob("src/**/{worker,*-worker}.ts").scanSync(".")].sort()
  return [
    "--compile",
    "--minify",
    "--sourcemap",
    "--bytecode",
    "--format=esm",
    "--no-compile-autoload-dotenv",
    "--no-compile-autoload-bunfig",
    "--define",
    `BUILD_VERSION=${JSON.stringify(version)}`,
    "src/main.ts",
    ...workers,
    "--asset",
    "public",
    "--asset",
    "migrations",
  ]
}

function run(...command: string[]): void {
  const { exitCode, stdout, stderr } = Bun.spawnSync(command)
  if (exitCode === 0) return
  process.stderr.write(stdout)
  process.stderr.write(stderr)
  say(`build: ${command.slice(0, 2).join(" ")} failed`)
  process.exit(1)
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
