/** Does an operation where the database is: in the running appliance by its socket, else here, under the lock. */
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createPasswords } from "~/account/actions/passwords.ts"
import { type Config, prepareDataFolder } from "~/config.ts"
import { type ControlAnswer, ControlUnreachable, callControl } from "~/control.ts"
import { databasePath, type OpenFolder, openDataFolder, socketPath } from "~/database/folder.ts"
import { DataFolderInUse } from "~/database/lock.ts"
import { shippedMigrations } from "~/database/shipped.ts"
import { openUntouched, schemaStanding } from "~/database/verify.ts"
import { jsonLog } from "~/kernel/log.ts"
import { writeLetters } from "~/letters.tsx"
import { intranetUrl } from "~/listeners.ts"
import { followUp } from "~/reactions.ts"
import { type Bench, CommandFailed, InputInvalid } from "./command.ts"
import { answerOperation, type Inputs, type Outputs } from "./operations.ts"

/** Throws InputInvalid or CommandFailed, as the operation says. */
export async function perform<Name extends keyof Inputs & keyof Outputs>(
  bench: Bench,
  name: Name,
  input: Inputs[Name],
): Promise<Outputs[Name]> {
  const config = bench.config()
  prepareDataFolder(config.dataFolder)
  const folder = await openUnlessRunning(bench, config)
  const answer = folder ? await here(bench, config, folder, name, input) : await there(config, name, input)
  if ("result" in answer) return answer.result as Outputs[Name]
  throw answer.failure.kind === "invalid"
    ? new InputInvalid(answer.failure.lines)
    : new CommandFailed(answer.failure.lines)
}

/**
 * Applies a file for a look only. A database at rest must have this release's schema already; where there is none yet,
 * a new one is tried in a folder that is thrown away.
 */
export async function rehearse(bench: Bench, document: unknown): Promise<Outputs["apply"]> {
  const config = bench.config()
  const path = databasePath(config.dataFolder)
  const input = { document, dryRun: true }
  if (existsSync(path)) {
    if (pendingAtRest(path) > 0)
      throw new CommandFailed(["The database needs an upgrade first: start this version once, then try again."])
    return perform(bench, "apply", input)
  }
  const dataFolder = mkdtempSync(join(tmpdir(), "sportello-"))
  try {
    const trial: Config = { ...config, dataFolder, keyFile: join(dataFolder, "master.key") }
    return await perform({ ...bench, config: () => trial }, "apply", input)
  } finally {
    rmSync(dataFolder, { recursive: true })
  }
}

function pendingAtRest(path: string): number {
  const connection = openUntouched(path)
  try {
    const standing = schemaStanding(connection, shippedMigrations())
    return "pending" in standing ? standing.pending : 0
  } finally {
    connection.close()
  }
}

async function openUnlessRunning({ clock, chance }: Bench, config: Config): Promise<OpenFolder | null> {
  const tell = writeLetters(intranetUrl(config))
  const follow: typeof followUp = (tx, fact) => {
    followUp(tx, fact)
    tell(tx, fact)
  }
  try {
    return await openDataFolder({ ...config, clock, chance, log: jsonLog(config.logLevel), followUp: follow })
  } catch (error) {
    if (error instanceof DataFolderInUse) return null
    throw error
  }
}

async function here(
  { clock, chance }: Bench,
  { keyFile }: Config,
  folder: OpenFolder,
  name: string,
  input: unknown,
): Promise<ControlAnswer> {
  try {
    return await answerOperation(
      { database: folder.database, passwords: createPasswords(), clock, chance, keyFile },
      name,
      input,
    )
  } finally {
    await folder.close()
  }
}

async function there(config: Config, name: string, input: unknown): Promise<ControlAnswer> {
  try {
    return await callControl(socketPath(config.dataFolder), name, input)
  } catch (error) {
    if (!(error instanceof ControlUnreachable)) throw error
    throw new CommandFailed([
      `Another process has ${config.dataFolder} open, and does not answer on ${socketPath(config.dataFolder)}: wait for it, or stop it first.`,
    ])
  }
}
