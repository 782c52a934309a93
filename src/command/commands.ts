/** Every command of the binary, and how their ends become exit codes. */
import { ConfigRefused } from "~/config.ts"
import { KeyRefused } from "~/database/key-file.ts"
import { DataFolderInUse } from "~/database/lock.ts"
import { MigrationRefused } from "~/database/migrate.ts"
import { nearest } from "~/kernel/nearest.ts"
import { apply } from "./apply.ts"
import { backup } from "./backup.ts"
import { type Bench, type Command, CommandFailed, InputInvalid, UsageRefused } from "./command.ts"
import { demo } from "./demo.ts"
import { doctor } from "./doctor.ts"
import { exportConfig } from "./export-config.ts"
import { helpFor, overview } from "./help.ts"
import { key } from "./key.ts"
import { restore } from "./restore.ts"
import { serve } from "./serve.ts"
import { simulate } from "./simulate.ts"
import { user } from "./user.ts"
import { verify } from "./verify.ts"
import { version } from "./version.ts"

export const COMMANDS: readonly Command[] = [
  serve,
  demo,
  apply,
  exportConfig,
  backup,
  restore,
  verify,
  doctor,
  user,
  key,
  simulate,
  version,
]

const DONE = 0
const FAILED = 1
const WRONG = 2

/** Runs what the command line says; answers the exit code. */
export async function runCommandLine(bench: Bench, [first, ...rest]: readonly string[]): Promise<number> {
  const { terminal } = bench
  const name = ALIASES[first ?? ""] ?? first
  if (name === "help") return printHelp(bench, rest)
  const command = COMMANDS.find((candidate) => candidate.name === name)
  if (!command) {
    if (name !== undefined) return sayUnknown(bench, name)
    for (const line of overview(COMMANDS)) terminal.say(line)
    return WRONG
  }
  if (rest.includes("--help")) return printHelp(bench, [command.name])
  try {
    await command.run(bench, rest)
    return DONE
  } catch (error) {
    return tell(bench, command, error)
  }
}

const ALIASES: Record<string, string> = { "--help": "help", "-h": "help", "--version": "version" }

function printHelp(bench: Bench, [name]: readonly string[]): number {
  const command = COMMANDS.find((candidate) => candidate.name === name)
  if (name !== undefined && !command) return sayUnknown(bench, name)
  for (const line of command ? helpFor(command) : overview(COMMANDS)) bench.terminal.result(line)
  return DONE
}

function sayUnknown({ terminal }: Bench, name: string): number {
  const meant = nearest(
    name,
    COMMANDS.map((candidate) => candidate.name),
  )
  terminal.say(`There is no command ${name}${meant ? `; did you mean ${meant}?` : "."} \`sportello help\` lists them.`)
  return WRONG
}

function tell({ terminal }: Bench, command: Command, error: unknown): number {
  if (error instanceof UsageRefused) {
    terminal.say(error.message)
    terminal.say(`Usage: sportello ${command.usage}`)
    return WRONG
  }
  if (error instanceof InputInvalid || error instanceof CommandFailed) {
    for (const line of error.lines) terminal.say(line)
    return error instanceof InputInvalid ? WRONG : FAILED
  }
  if (error instanceof ConfigRefused) {
    for (const sentence of error.sentences) terminal.say(sentence)
    return WRONG
  }
  if (error instanceof KeyRefused || error instanceof MigrationRefused) terminal.say(error.message)
  else if (error instanceof DataFolderInUse) terminal.say(`${error.message}: stop it first.`)
  else terminal.say(worldFailed(error))
  return FAILED
}

/** The system's own words: the operator has to mend the system. */
function worldFailed(error: unknown): string {
  const { name, message, code } = error as { name?: string; message?: string; code?: string }
  if (code === "SQLITE_NOTADB" || code === "SQLITE_CORRUPT")
    return `The database is damaged (${message}): keep its files, and restore the last backup.`
  if (code === "EADDRINUSE")
    return `Port ${portIn(message)} is in use by another program: stop that one, or choose another port.`
  return code ? `It did not work: ${message} (${code}).` : `Something unexpected happened: ${name}: ${message}`
}

/** The system names the port only in its sentence. */
const portIn = (message = "") => /\bport (\d+)/.exec(message)?.[1] ?? ""
