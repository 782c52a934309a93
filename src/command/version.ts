import manifest from "../../package.json"
import { type Command, parseWords } from "./command.ts"

export const VERSION: string = manifest.version

export const version: Command = {
  name: "version",
  usage: "version",
  summary: "print the version",
  help: "Prints the name and the version of this binary.",
  async run({ terminal }, words) {
    parseWords(words, {}, [])
    terminal.result(`sportello ${VERSION}`)
  },
}
