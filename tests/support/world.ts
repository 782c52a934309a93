/**
 * The whole appliance in memory: virtual clock, seeded chance, the simulator as WhatsApp, requests through the real
 * routers. Two companies with the same names, numbers of customers and skillsets, so that whatever crosses shows.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createPasswords } from "~/account/actions/passwords.ts"
import { composeAppliance } from "~/app.ts"
import { applyDocument } from "~/command/apply/provision.ts"
import { type Config, readConfig } from "~/config.ts"
import { SeededChance } from "~/kernel/chance.ts"
import { type Milliseconds, VirtualClock } from "~/kernel/clock.ts"
import { silentLog } from "~/kernel/log.ts"
import type { Outbound } from "~/kernel/outbound.ts"
import { createSimulator, type Simulator } from "~/simulator/simulator.ts"
import { COMPANIES, companyDocument, PASSWORD } from "./cast.ts"
import { Visitor } from "./visitor.ts"

export type World = Awaited<ReturnType<typeof openWorld>>
export type WorldOptions = { seed?: number; document?: unknown; folder?: string }

/** Hashes that cost nothing: what is tested here is not how slow they are. */
const cheapPasswords = () => createPasswords({ algorithm: "argon2id", memoryCost: 1_024, timeCost: 1 })

export async function openWorld({ seed = 1, document = companyDocument(), folder }: WorldOptions = {}) {
  const dataFolder = folder ?? mkdtempSync(join(tmpdir(), "sportello-world-"))
  const clock = new VirtualClock()
  const chance = new SeededChance(seed)
  const config: Config = {
    ...readConfig({}),
    ...{ dataFolder, keyFile: join(dataFolder, "master.key"), logLevel: "silent", graphUrl: "http://graph.test" },
  }
  const simulator = createSimulator({
    ...{ clock, chance, log: silentLog, webhookUrl: "http://public.test/webhooks/whatsapp" },
    ...{ appSecret: "", verifyToken: "" },
    numbers: COMPANIES.map(({ number }) => number),
    deliver: (url, init) => open.appliance.answerPublic(new Request(url, init)),
  })
  const adapters = { clock, chance, log: silentLog, outbound: outboundTo(simulator), passwords: cheapPasswords() }
  const open = { appliance: await composeAppliance(config, adapters) }
  const workplace = { database: open.appliance.database, passwords: adapters.passwords, clock, chance }
  await applyDocument(workplace, { document, dryRun: false })
  const settle = () => settled(open.appliance, simulator)
  return {
    ...{ clock, chance, simulator, dataFolder, config },
    get appliance() {
      return open.appliance
    },
    get database() {
      return open.appliance.database
    },
    settle,
    /** Moves time, everything that follows included. */
    advance: (span: Milliseconds) => clock.advance(span, settle),
    /** A browser signed in as one of the cast. */
    signIn: (username: string) => Visitor.signIn((request) => open.appliance.answer(request), username, PASSWORD),
    /** The process ends without a word and starts again on the same folder. */
    async restart() {
      await open.appliance.stop()
      open.appliance = await composeAppliance(config, adapters)
      await settle()
    },
    async close() {
      simulator.stop()
      await open.appliance.stop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

/** The outbound door of these tests leads to the simulator, without a network in between. */
function outboundTo(simulator: Simulator): Outbound {
  return {
    async send({ url, method, headers, body }) {
      const init = { method, ...(headers ? { headers } : {}), ...(body === undefined ? {} : { body }) }
      const response = await simulator.fetch(new Request(url, init))
      const bytes = new Uint8Array(await response.arrayBuffer())
      const { status, headers: answered } = response
      return { result: "answered", status, headers: answered, body: bytes, byteLength: bytes.length }
    },
  }
}

/** Until nothing is left to be written, sent or delivered at this moment. */
async function settled(
  appliance: { database: { idle(): Promise<void> }; outbox: { idle(): Promise<void> } },
  simulator: Simulator,
) {
  for (let calm = 0; calm < 2; calm++) {
    await appliance.database.idle()
    await appliance.outbox.idle()
    await simulator.idle()
    await appliance.database.idle()
  }
}
