/** The binary: `sportello COMMAND …`. */
import { runCommandLine } from "~/command/commands.ts"
import { processTerminal } from "~/command/terminal.ts"
import { readConfig } from "~/config.ts"
import { SystemChance } from "~/kernel/chance.ts"
import { SystemClock } from "~/kernel/clock.ts"

/** Whatever is made here is for its owner alone. */
process.umask(0o077)
const bench = { terminal: processTerminal, clock: new SystemClock(), chance: new SystemChance() }
process.exit(await runCommandLine({ ...bench, config: () => readConfig() }, process.argv.slice(2)))
