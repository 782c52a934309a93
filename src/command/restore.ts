import { resolve } from "node:path"
import { prepareDataFolder } from "~/config.ts"
import { readKey } from "~/database/key-file.ts"
import { DataFolderInUse } from "~/database/lock.ts"
import { RestoreRefused, restoreFile } from "~/database/restore.ts"
import { Secrets } from "~/database/secrets.ts"
import { shippedMigrations } from "~/database/shipped.ts"
import { countsText } from "./backup.ts"
import { type Command, CommandFailed, InputInvalid, parseWords } from "./command.ts"

export const restore: Command = {
  name: "restore",
  usage: "restore FILE",
  summary: "put a backup in the place of the database; the appliance must be stopped",
  help: `Verifies FILE first, and moves the present database aside whole. Messages that were waiting to be sent are held:
they may have been sent after the backup was made, so a person decides. Everybody signs in again.`,
  async run({ terminal, clock, chance, config }, words) {
    const { positionals } = parseWords(words, {}, ["FILE"])
    const file = resolve(positionals[0] ?? "")
    const { dataFolder, keyFile } = config()
    prepareDataFolder(dataFolder)
    const secrets = new Secrets(readKey(keyFile), chance)
    terminal.progress("verifying …")
    try {
      const report = restoreFile(file, dataFolder, { migrations: shippedMigrations(), clock, secrets })
      terminal.say(`Restored ${file}: ${countsText(report.verification.counts)}.`)
      if (report.held > 0) terminal.say(`${report.held} unsent messages are held until somebody decides.`)
      if (report.aside) terminal.say(`The database that was here is now ${report.aside}.`)
    } catch (error) {
      if (error instanceof DataFolderInUse)
        throw new CommandFailed([`An appliance is running on ${dataFolder}: stop it first.`])
      if (error instanceof RestoreRefused)
        throw new InputInvalid(error.sentences.map((sentence) => `${file} was not restored: ${sentence}.`))
      throw error
    }
  },
}
