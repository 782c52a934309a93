import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { createPasswords } from "~/account/actions/passwords.ts"
import { startAppliance } from "~/app.ts"
import { type Config, prepareDataFolder, readConfig, urlOf } from "~/config.ts"
import { databasePath, openDataFolder } from "~/database/folder.ts"
import { DEMO_COMPANY, DEMO_PASSWORD, DEMO_TIMEZONE, DEMO_USERS } from "~/demo/company.ts"
import { playStories } from "~/demo/past.ts"
import { chatsOf } from "~/demo/phones.ts"
import { DEMO_VOICE } from "~/demo/voice.ts"
import { days, VirtualClock } from "~/kernel/clock.ts"
import { jsonLog } from "~/kernel/log.ts"
import { followUp } from "~/reactions.ts"
import type { Simulator } from "~/simulator/simulator.ts"
import { tenantIds } from "~/tenant/queries.ts"
import { applyDocument } from "./apply/provision.ts"
import { type Bench, type Command, InputInvalid, parseWords, portOf } from "./command.ts"
import { demoSimulator, SIMULATOR_PORT } from "./simulate.ts"
import { untilAskedToStop, untilOver } from "./stop-signal.ts"

export const demo: Command = {
  name: "demo",
  usage: "demo [--port N] [--public-port N] [--simulator-port N] [--data DIR] [--fresh] [--quiet]",
  summary: "run everything with a made-up company and a pretend WhatsApp; no account needed",
  help: `Everything listens on 127.0.0.1: the product on --port (8080), webhooks on --public-port (8081), the pretend phones
on --simulator-port (${SIMULATOR_PORT}). What happens is kept in --data (./data/demo); --fresh begins anew. Environment variables
are not read.`,
  async run(bench, words) {
    const plan = planOf(words)
    prepareFolder(plan)
    const askedToStop = untilAskedToStop()
    const { terminal, clock, chance } = bench
    const publicUrl = urlOf("http", plan.config.publicListen)
    const productUrl = urlOf("http", plan.config.listen)
    const simulator = demoSimulator(bench, { webhookUrl: `${publicUrl}/webhooks/whatsapp`, productUrl })
    const listening = simulator.listen({ port: plan.simulatorPort })
    const config = { ...plan.config, graphUrl: listening.url }
    await furnish(bench, config, simulator)
    const appliance = await startAppliance(config, { clock, chance, log: jsonLog(config.logLevel) })
    if (!plan.quiet) for (const line of card(appliance.url, listening.url)) terminal.result(line)
    await untilOver(askedToStop, appliance.database)
    simulator.stop()
    await listening.stop()
    await appliance.stop()
  },
}

type Plan = { config: Config; simulatorPort: number; fresh: boolean; quiet: boolean }

function planOf(words: string[]): Plan {
  const text = { type: "string" } as const
  const flag = { type: "boolean" } as const
  const ports = { port: text, "public-port": text, "simulator-port": text }
  const { values } = parseWords(words, { ...ports, data: text, fresh: flag, quiet: flag }, [])
  const dataFolder = resolve(values.data ?? "data/demo")
  const config: Config = {
    ...readConfig({}),
    dataFolder,
    keyFile: join(dataFolder, "master.key"),
    logLevel: "warn",
    listen: { hostname: "127.0.0.1", port: portOf("port", values.port, 8080) },
    publicListen: { hostname: "127.0.0.1", port: portOf("public-port", values["public-port"], 8081) },
  }
  const simulatorPort = portOf("simulator-port", values["simulator-port"], SIMULATOR_PORT)
  return { config, simulatorPort, fresh: values.fresh === true, quiet: values.quiet === true }
}

/** Only a folder that a demo made is emptied: --fresh must never meet a company's database. */
const MARK = "demo"

function prepareFolder({ config: { dataFolder }, fresh }: Plan): void {
  const isDemo = existsSync(join(dataFolder, MARK))
  if (!isDemo && existsSync(dataFolder) && readdirSync(dataFolder).length > 0)
    throw new InputInvalid([`${dataFolder} is not empty and was not made by a demo: choose another with --data.`])
  if (fresh && isDemo) rmSync(dataFolder, { recursive: true })
  prepareDataFolder(dataFolder)
  mkdirSync(dataFolder, { recursive: true })
  writeFileSync(join(dataFolder, MARK), "Made by `sportello demo`, which may remove everything in here.\n")
}

/**
 * The company and its past, made on a clock of their own; what people changed in an earlier run stays. The phones
 * remember what was said on them.
 */
async function furnish({ clock, chance }: Bench, config: Config, simulator: Simulator): Promise<void> {
  const isNew = !existsSync(databasePath(config.dataFolder))
  const log = jsonLog(config.logLevel)
  const past = new VirtualClock(isNew ? clock.now() - days(30) : clock.now())
  const folder = await openDataFolder({ ...config, clock: past, chance, log, followUp })
  const { database } = folder
  try {
    if (isNew) {
      const workplace = { database, passwords: createPasswords(), clock: past, chance }
      await applyDocument(workplace, { document: DEMO_COMPANY, dryRun: false })
      await playStories(database, past, clock.now(), DEMO_TIMEZONE, log)
      await applyDocument(workplace, { document: DEMO_VOICE, dryRun: false })
    }
    for (const tenant of tenantIds(database.appliance.read))
      for (const chat of chatsOf(database.tenant(tenant).read)) simulator.remember(chat)
  } finally {
    await folder.close()
  }
}

/** Where to sign in as whom, and where the pretend phones are. */
function card(url: string, phonesUrl: string): string[] {
  const width = Math.max(...DEMO_USERS.map(({ username }) => username.length))
  return [
    "",
    "  Sportello demo",
    "",
    `  Sign in    ${url}/login`,
    ...DEMO_USERS.map(({ username, level, skillsets }) => {
      return `             ${username.padEnd(width)}  ${[level.replace("_", " "), ...skillsets].join(", ")}`
    }),
    `  Password   ${DEMO_PASSWORD}`,
    `  Phones     ${phonesUrl}/`,
    "",
    "  Ctrl-C ends it.",
    "",
  ]
}
