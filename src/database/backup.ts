/**
 * A copy of the live file as one moment saw it: VACUUM INTO from a reader of its own, made durable, verified, and only
 * then given its name. It excludes nothing and never overwrites (reliability-security.md §7.2).
 */
import { existsSync, linkSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { systemDisk } from "~/kernel/disk.ts"
import type { BackupJob, BackupJobDone } from "./backup-worker.ts"
import { shippedMigrations } from "./shipped.ts"
import { syncFile } from "./sync.ts"
import { checksumLine, checksumPath, type Verification } from "./verify.ts"

/** What stops a backup, in a sentence for the operator. */
export class BackupRefused extends Error {
  constructor(
    /** The operator asked for something impossible, as opposed to the world failing. */
    readonly isTheirs: boolean,
    sentence: string,
  ) {
    super(sentence)
  }
}

/** The binary keeps its workers where they stand below src/. */
const WORKER = Bun.isStandaloneExecutable
  ? join(import.meta.dir, "database/backup-worker.ts")
  : join(import.meta.dir, "backup-worker.ts")

const SPARE = 1.2

/** Copies the database at `source` to `target`. Throws BackupRefused; then there is no `target`. */
export async function backUp(source: string, target: string): Promise<Verification> {
  refuseTarget(source, target)
  const copy = `${target}.partial`
  rmSync(copy, { force: true })
  try {
    const done = await inWorker({ source, copy, migrations: shippedMigrations() })
    if ("error" in done) throw new BackupRefused(false, `The copy could not be made: ${done.error}.`)
    const [problem] = done.verification.problems
    if (problem) throw new BackupRefused(false, `The copy is not sound, so it was thrown away: ${problem}.`)
    writeFileSync(checksumPath(target), checksumLine(target, done.verification.sha256), { mode: 0o600 })
    syncFile(checksumPath(target))
    giveName(copy, target)
    syncFile(dirname(target))
    return done.verification
  } finally {
    rmSync(copy, { force: true })
  }
}

function refuseTarget(source: string, target: string): void {
  if (existsSync(target)) throw new BackupRefused(true, `${target} exists already; a backup never overwrites.`)
  const folder = dirname(target)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new BackupRefused(true, `There is no folder ${folder}.`)
  const needed = statSync(source).size * SPARE
  if (systemDisk(folder).freeBytes < needed)
    throw new BackupRefused(false, `${folder} has too little room: ${Math.ceil(needed / 1e6)} MB are needed.`)
}

function inWorker(job: BackupJob): Promise<BackupJobDone> {
  const worker = new Worker(WORKER)
  return new Promise<BackupJobDone>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<BackupJobDone>) => resolve(data)
    worker.onerror = ({ message }) => resolve({ error: message })
    worker.postMessage(job)
  }).finally(() => worker.terminate())
}

/** Unlike a rename, a link fails when somebody else took the name meanwhile; some file systems have none. */
function giveName(copy: string, target: string): void {
  try {
    linkSync(copy, target)
  } catch (error) {
    if (existsSync(target)) throw new BackupRefused(true, `${target} exists already; a backup never overwrites.`)
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes((error as { code?: string }).code ?? "")) throw error
    renameSync(copy, target)
  }
}
