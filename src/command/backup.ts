import { resolve } from "node:path"
import { BackupRefused, backUp } from "~/database/backup.ts"
import type { Verification } from "~/database/verify.ts"
import { type Command, CommandFailed, InputInvalid, parseWords } from "./command.ts"
import { perform } from "./perform.ts"

export const backup: Command = {
  name: "backup",
  usage: "backup FILE",
  summary: "copy the database into one verified file, while it is in use or not",
  help: `Writes FILE, and FILE.sha256 with its checksum. It is one moment of the database, verified before it gets its
name. An existing file is never overwritten. The key file is not in it: keep that in another safe place.`,
  async run(bench, words) {
    const { positionals } = parseWords(words, {}, ["FILE"])
    const file = resolve(positionals[0] ?? "")
    bench.terminal.progress("copying and verifying …")
    const { bytes, sha256, counts } = await perform(bench, "backup", { file })
    bench.terminal.result(`${sha256}  ${file}`)
    bench.terminal.say(`${bytes} bytes, verified: ${countsText(counts)}.`)
  },
}

/** `12 messages` and so on, for what the file holds. */
export const countsText = (counts: Verification["counts"]): string =>
  Object.entries(counts)
    .map(([table, count]) => `${count} ${table}${count === 1 ? "" : "s"}`)
    .join(", ")

/** The backup as an operation: what the operator can act on comes as lines. */
export async function backupOperation(source: string, file: string): Promise<Verification> {
  try {
    return await backUp(source, file)
  } catch (error) {
    if (!(error instanceof BackupRefused)) throw error
    throw error.isTheirs ? new InputInvalid([error.message]) : new CommandFailed([error.message])
  }
}
