/**
 * The whole appliance in memory: virtual clock, seeded chance, the simulator as WhatsApp, requests through the real
 * routers. Two companies with the same names, numbers of customers and skillsets, so that whatever crosses shows.
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { createPasswords } from "~/account/actions/passwords.ts"
import { type Composed, composeAppliance } from "~/app.ts"
import { applyDocument } from "~/command/apply/provision.ts"
import { type Config, readConfig } from "~/config.ts"
import { SeededChance } from "~/kernel/chance.ts"
import { type Instant, type Milliseconds, nextTurn, seconds, VirtualClock } from "~/kernel/clock.ts"
import { type Log, silentLog } from "~/kernel/log.ts"
import { createSimulator } from "~/simulator/simulator.ts"
import { COMPANIES, companyDocument, PASSWORD } from "./cast.ts"
import { AMPLE } from "./disk.ts"
import { Watch } from "./invariants.ts"
import { Mailbox } from "./mailbox.ts"
import { outboundTo } from "./network.ts"
import { Visitor } from "./visitor.ts"

export type World = Awaited<ReturnType<typeof openWorld>>
export type WorldOptions = {
  seed?: number
  document?: unknown
  start?: Instant
  /** For long runs: every event is judged, the states are looked at when something was given away and every so often. */
  checkEvery?: number
  /** Whether the environment names a mail server. */
  mail?: boolean
  /** How browsers reach the appliance, where it matters. */
  url?: string
  /** Where the appliance writes its log. */
  log?: Log
}

/** One life of the process: what it answers after its end reaches nobody. */
type Run = { appliance: Composed; folder: string; ended: boolean }

/** Hashes that cost nothing: what is tested here is not how slow they are. */
const cheapPasswords = () => createPasswords({ algorithm: "argon2id", memoryCost: 1_024, timeCost: 1 })

export async function openWorld(options: WorldOptions = {}) {
  const { seed = 1, document = companyDocument(), start, checkEvery = 1, mail = true, log = silentLog } = options
  const { url = null } = options
  const clock = new VirtualClock(start)
  const chance = new SeededChance(seed)
  /** Of its own: what happens at WhatsApp does not hang on what the appliance draws when it is started again. */
  const whatsappChance = new SeededChance(seed + 104_729)
  const folders: string[] = []
  const newFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), "sportello-world-"))
    folders.push(folder)
    return folder
  }
  const passwords = cheapPasswords()
  const network: Parameters<typeof outboundTo>[1]["network"] = { down: false }
  const mailbox = new Mailbox()
  const disk = { room: AMPLE }
  const watch = new Watch()
  let answered = 0

  async function openRun(folder: string): Promise<Run> {
    const config: Config = {
      ...readConfig({}),
      url,
      dataFolder: folder,
      keyFile: join(folder, "master.key"),
      logLevel: "silent",
      graphUrl: "http://graph.test",
      smtpUrl: mail ? "smtp://mail.test" : null,
      mailFrom: "Sportello <sportello@company.test>",
    }
    const life = { ended: false }
    const outbound = outboundTo(() => simulator, { clock, network, life })
    const appliance = await composeAppliance(config, {
      clock,
      chance,
      log,
      outbound,
      passwords,
      mailer: mailbox,
      disk: () => disk.room,
    })
    return Object.assign(life, { appliance, folder })
  }

  const state: { run: Run | null } = { run: null }
  /** Browsers wait until somebody answers; what a process says that has ended is not heard. */
  const back: (() => void)[] = []
  async function answer(request: Request): Promise<Response> {
    while (!state.run) await new Promise<void>((resolve) => back.push(resolve))
    const { run } = state
    answered += 1
    const response = await run.appliance.answer(request)
    return run.ended ? answer(request) : response
  }
  async function answerPublic(request: Request): Promise<Response> {
    const { run } = state
    if (!run) throw new Error("connection refused")
    answered += 1
    const response = await run.appliance.answerPublic(request)
    if (run.ended) throw new Error("connection reset")
    return response
  }
  const enter = (run: Run) => {
    state.run = run
    for (const resolve of back.splice(0)) resolve()
  }
  const running = (): Run => {
    if (!state.run) throw new Error("the appliance is not running")
    return state.run
  }

  const simulator = createSimulator({
    clock,
    chance: whatsappChance,
    log: silentLog,
    webhookUrl: "http://public.test/webhooks/whatsapp",
    appSecret: "",
    verifyToken: "",
    numbers: COMPANIES.map(({ number }) => number),
    deliver: (url, init) => answerPublic(new Request(url, init)),
  })
  enter(await openRun(newFolder()))
  /** Changes what a file can change, as the operator does. */
  async function apply(changed: unknown): Promise<void> {
    const { database } = running().appliance
    await applyDocument({ database, passwords, clock, chance }, { document: changed, dryRun: false })
    // What is due at once by the new choices rings now, as it would by a clock that goes.
    await clock.advance(0, quiet)
    await settle()
  }

  /** Until it is quiet; then the invariants are checked. */
  async function settle(): Promise<void> {
    await quiet()
    const { path } = running().appliance.database
    if (checkEvery === 1) watch.check(path, clock.now())
    else watch.glance(path, clock.now(), checkEvery)
  }

  /** Nothing is left to be written, sent or delivered at this moment. */
  async function quiet(): Promise<void> {
    for (let calm = 0; calm < 2; calm++) {
      const { database, outbox, sweep, imports, reports } = running().appliance
      await database.idle()
      await sweep.idle()
      await imports.idle()
      await reports.idle()
      await Promise.race([outbox.idle(), turns(PATIENCE)])
      await simulator.idle()
      await turns(2)
      await database.idle()
    }
  }

  /** Time goes on while it stops: calls in flight wait for their answers. */
  async function stopped(appliance: Composed): Promise<void> {
    watch.lookAway()
    const stop = appliance.stop().then(() => true)
    const isOver = () => Promise.race([stop, turns(PATIENCE).then(() => false)])
    while (!(await isOver())) await clock.advance(seconds(1), () => turns(2))
  }

  /** Ends the process in an orderly way, calls in flight included, and starts it again on the same folder. */
  async function restart(meanwhile: (folder: string) => void = () => {}): Promise<void> {
    const { appliance, folder } = running()
    state.run = null
    await stopped(appliance)
    meanwhile(folder)
    enter(await openRun(folder))
    await settle()
  }

  /** The process is killed: what was on disk at this moment is all that the next one finds. */
  async function kill(): Promise<void> {
    const run = running()
    state.run = null
    run.ended = true
    const image = newFolder()
    cpSync(run.folder, image, { recursive: true, filter: (path) => !/\.(lock|sock)$/.test(basename(path)) })
    run.appliance.streams.end()
    void run.appliance.outbox.stop()
    await run.appliance.sweep.stop()
    await run.appliance.imports.stop()
    await run.appliance.reports.stop()
    await run.appliance.database.close()
    enter(await openRun(image))
    await settle()
  }

  async function close(): Promise<void> {
    simulator.stop()
    const { run } = state
    state.run = null
    if (run) await stopped(run.appliance)
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }

  await apply(document)
  return {
    clock,
    chance,
    simulator,
    network,
    mailbox,
    disk,
    answer,
    answerPublic,
    apply,
    settle,
    restart,
    kill,
    close,
    get appliance() {
      return running().appliance
    },
    get database() {
      return running().appliance.database
    },
    /** How often the invariants were found to hold. */
    checks: () => watch.checks,
    /** Requests and webhooks that were answered. */
    answered: () => answered,
    /** Moves time, everything that follows included. */
    advance: (span: Milliseconds) => clock.advance(span, settle),
    /** A browser signed in as one of the cast, through the login page. */
    signIn: (username: string) => Visitor.signIn(answer, username, PASSWORD),
  }
}

/** Turns of the loop that a send may take; one that waits for time is left to wait. */
const PATIENCE = 30

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await nextTurn()
}
