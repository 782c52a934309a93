import { resolve } from "node:path"
import { shippedMigrations } from "~/database/shipped.ts"
import { verifyFile } from "~/database/verify.ts"
import { countsText } from "./backup.ts"
import { type Command, CommandFailed, parseWords } from "./command.ts"

export const verify: Command = {
  name: "verify",
  usage: "verify FILE",
  summary: "say whether a database file or backup is whole and sound",
  help: `Checks every page, every reference and the schema, and the checksum where FILE.sha256 lies beside it. Nothing is
changed. Exit 1 when anything is wrong.`,
  async run({ terminal }, words) {
    const { positionals } = parseWords(words, {}, ["FILE"])
    const file = resolve(positionals[0] ?? "")
    terminal.progress("verifying …")
    const { problems, bytes, sha256, schema, counts } = verifyFile(file, shippedMigrations())
    if (problems.length > 0) throw new CommandFailed(problems.map((problem) => `${file} is not sound: ${problem}.`))
    terminal.result(`${sha256}  ${file}`)
    terminal.say(`Sound: ${bytes} bytes, schema ${schema}, ${countsText(counts)}.`)
  },
}
