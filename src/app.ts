/** Composes the appliance from a config and its adapters; tests compose the same one. */
import { createPasswords } from "~/account/actions/passwords.ts"
import { answerOperation } from "~/command/operations.ts"
import { type Config, urlOf } from "~/config.ts"
import { serveControl } from "~/control.ts"
import type { AppDatabase } from "~/database/database.ts"
import { openDataFolder, socketPath } from "~/database/folder.ts"
import type { Chance } from "~/kernel/chance.ts"
import type { Clock } from "~/kernel/clock.ts"
import type { Log } from "~/kernel/log.ts"
import { followUp } from "~/reactions.ts"

export type Adapters = { clock: Clock; chance: Chance; log: Log }

export type Appliance = {
  database: AppDatabase
  /** Where browsers find the intranet listener, and Meta the public one. */
  url: string
  publicUrl: string
  /** Lets running work end, then closes everything; the folder is left as one file. */
  stop(): Promise<void>
}

/** Throws what openDataFolder throws. */
export async function startAppliance(config: Config, { clock, chance, log }: Adapters): Promise<Appliance> {
  const folder = await openDataFolder({ ...config, clock, chance, log, followUp })
  const { database } = folder
  const workplace = { database, passwords: createPasswords(), clock, chance }
  await database.start()
  const stopControl = serveControl(
    socketPath(config.dataFolder),
    (operation, input) => answerOperation(workplace, operation, input),
    log,
  )
  return {
    database,
    url: config.url ?? urlOf(config.tls.kind === "none" ? "http" : "https", config.listen),
    publicUrl: config.publicUrl ?? urlOf("http", config.publicListen),
    async stop() {
      await stopControl()
      await folder.close()
    },
  }
}
