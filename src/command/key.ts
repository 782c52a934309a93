import { type Command, parseWords, UsageRefused } from "./command.ts"
import { perform } from "./perform.ts"

export const key: Command = {
  name: "key",
  usage: "key rotate",
  summary: "put a new key in place of the one that encrypts the database's secrets",
  help: `Encrypts every secret of the database (tokens of numbers, passwords of servers, second factors) under a new key, in one
transaction, while the appliance runs or not; a kill at any moment leaves a key and a database that belong together.
The old key is kept beside the new one: backups made before need it. Copy the new one to its safe place, and where the
old one has become known to somebody, change also what it protected, and remove it once no backup needs it.
Browsers that signed in before count as new ones for the throttle.`,
  async run(bench, [verb, ...words]) {
    if (verb !== "rotate")
      throw new UsageRefused(verb ? `There is no «key ${verb}».` : "What should be done with the key?")
    parseWords(words, {}, [])
    const { secrets, kept } = await perform(bench, "rotateKey", {})
    bench.terminal.say(
      `${secrets} secret${secrets === 1 ? " is" : "s are"} under a new key: copy it to its safe place.`,
    )
    bench.terminal.say(`The old one is kept as ${kept}.`)
  },
}
