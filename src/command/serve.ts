import { startAppliance } from "~/app.ts"
import { prepareDataFolder } from "~/config.ts"
import { jsonLog } from "~/kernel/log.ts"
import { fingerprintOf } from "~/web/tls/certificates.ts"
import { type Command, parseWords } from "./command.ts"
import { untilAskedToStop, untilOver } from "./stop-signal.ts"
import { VERSION } from "./version.ts"

export const serve: Command = {
  name: "serve",
  usage: "serve",
  summary: "run the appliance",
  help: `Runs until it is asked to stop (SIGTERM or Ctrl-C), and then leaves one database file behind. It is set up by
environment variables; \`sportello help\` lists them.`,
  async run({ terminal, clock, chance, config }, words) {
    parseWords(words, {}, [])
    const settings = config()
    prepareDataFolder(settings.dataFolder)
    const askedToStop = untilAskedToStop()
    const log = jsonLog(settings.logLevel)
    const appliance = await startAppliance(settings, { clock, chance, log })
    log.info("started", { version: VERSION, url: appliance.url, publicUrl: appliance.publicUrl })
    if (appliance.authority !== null) terminal.result(authorityLine(appliance.url, appliance.authority))
    if (appliance.setupUrl) terminal.result(`Make the first admin within 30 minutes: ${appliance.setupUrl}`)
    terminal.progress(`Sportello is at ${appliance.url}; webhooks at ${appliance.publicUrl}/webhooks/whatsapp`)
    await untilOver(askedToStop, appliance.database)
    log.info("stopping")
    await appliance.stop()
  },
}

/** What whoever installs the authority in a browser compares. */
const authorityLine = (url: string, authority: string): string =>
  `Browsers trust ${url} once they know ${url}/authority.crt, SHA-256 ${fingerprintOf(authority)}`
