/**
 * A pretend WhatsApp: the Cloud API as the product and third-party clients call it, signed webhooks, and pretend
 * phones. `sportello simulate` and `demo` run it for people, the tests drive the product with it.
 */
import type { Chance } from "~/kernel/chance.ts"
import type { Clock } from "~/kernel/clock.ts"
import type { Log } from "~/kernel/log.ts"
import { Activity } from "./activity.ts"
import { answerApi } from "./api.ts"
import { type BusyDay, createBusyDay } from "./busy-day.ts"
import type { NewCustomer } from "./customers.ts"
import { type Deliver, deliverByHttp } from "./deliver.ts"
import { escapeAsMeta } from "./envelope.ts"
import { createFaults, type Faults } from "./faults.ts"
import { answerGraph } from "./graph.ts"
import { DOWNLOAD_PATH, download } from "./graph-media.ts"
import { type RememberedChat, rememberChat } from "./memory.ts"
import { answerPage } from "./page.tsx"
import { createPhones, type Phones } from "./phones.ts"
import { type Listening, listen } from "./server.ts"
import { type StatusDelays, Statuses, USUAL_DELAYS } from "./statuses.ts"
import { addTemplate, removeTemplate, reviewTemplate, type TemplateSeed } from "./templates.ts"
import { type Holding, Webhooks } from "./webhooks.ts"
import { createWire, type Wire } from "./wire.ts"
import {
  createWorld,
  forget,
  type Line,
  lineById,
  type Send,
  type SimNumber,
  type Template,
  type TemplateStatus,
} from "./world.ts"

export type SimulatorOptions = {
  clock: Clock
  chance: Chance
  log: Log
  numbers: SimNumber[]
  /** For every number that does not bring its own. */
  webhookUrl: string
  appSecret: string
  verifyToken: string
  /** How webhooks leave; by HTTP otherwise. */
  deliver?: Deliver
  delays?: Partial<StatusDelays>
  /** Approved templates of every account; Meta's `hello_world` is there anyway. */
  templates?: TemplateSeed[]
  /** Whose phones are there from the start. */
  customers?: NewCustomer[]
  /** Answers `/assets/…` of the phones page; null when there is no such file. */
  assets?: (request: Request) => Response | null
  /** Where the product's own pages are, for the link on the phones page. */
  productUrl?: string
}

export type Simulator = {
  /** Graph API, media downloads, phones page and its JSON. */
  fetch(request: Request): Promise<Response>
  listen(options?: { hostname?: string; port?: number }): Listening
  phones: Phones
  /** Gives a phone a chat it had before this run. */
  remember(chat: RememberedChat): void
  faults: Faults
  busyDay: BusyDay
  /** Every accepted send, in order. */
  sends: readonly Send[]
  wire: Wire
  templates: {
    add(wabaId: string, seed: TemplateSeed): Template
    /** What the account has, as it stands. */
    of(wabaId: string): readonly Template[]
    /** Somebody deletes it at Meta. */
    remove(template: Template): void
    review(template: Template, status: TemplateStatus, reason?: string): void
  }
  /** Posts the webhooks that `work` causes in one POST, shuffled, or several times. */
  hold<Result>(work: () => Result, how: Holding): Result
  /** Posts any body as a webhook of the number, signed; text goes out byte for byte. */
  raw(body: string | object, phoneNumberId?: string): void
  /** The verification handshake; true when the product passed. */
  verify(phoneNumberId?: string): Promise<boolean>
  /** Resolves when every webhook that is due has been answered, and every call that needs no more time. */
  idle(): Promise<void>
  /** Forgets every customer, chat and fault; the customers of the options come back. */
  startOver(): void
  /** Ends the busy day and forgets what was still to come. */
  stop(): void
}

export function createSimulator(options: SimulatorOptions): Simulator {
  const parts = assemble(options)
  const { world, faults, webhooks, statuses, phones, busyDay, wire, activity, page } = parts
  const simulator: Simulator = {
    async fetch(request) {
      const { pathname } = new URL(request.url)
      if (pathname === DOWNLOAD_PATH) return download(parts, request)
      if (pathname.startsWith("/api/")) return answerApi(simulator, request)
      return answerPage(page, request) ?? answerGraph(parts, request)
    },
    listen(where = {}) {
      const listening = listen(simulator.fetch, { ...where, log: options.log })
      world.url = listening.url
      return listening
    },
    phones,
    remember: (chat) => rememberChat(world, phones, chat),
    faults,
    busyDay,
    sends: world.sends,
    wire,
    templates: {
      add: (wabaId, seed) => addTemplate(world, wabaId, seed),
      of: (wabaId) => world.accounts.get(wabaId)?.templates ?? [],
      remove: (template) => removeTemplate(world, template),
      review: (template, status, reason) => reviewTemplate(parts, template, status, reason),
    },
    hold: (work, how) => webhooks.hold(work, how),
    raw: (body, phoneNumberId) => webhooks.postRaw(lineById(world, phoneNumberId), bytesOf(body), RAW),
    verify: (phoneNumberId) => webhooks.verify(lineById(world, phoneNumberId)),
    idle: () => activity.idle(),
    startOver() {
      simulator.stop()
      forget(world)
      faults.clear()
      for (const customer of options.customers ?? []) phones.create(customer)
    },
    stop() {
      busyDay.setPace(0)
      statuses.stop()
      webhooks.stop()
    },
  }
  simulator.startOver()
  return simulator
}

/** Everything that makes up a simulator, each part knowing the ones it needs. */
function assemble(options: SimulatorOptions) {
  const { clock, chance, log, deliver = deliverByHttp, assets = () => null, productUrl = null } = options
  const lines = options.numbers.map((number) => lineOf(number, options))
  const wire = createWire(clock)
  const world = createWorld(clock, chance, lines, wire)
  const activity = new Activity()
  const controlsChanged = () => wire.tell({ changed: "controls" })
  const faults = createFaults(chance, controlsChanged)
  const webhooks = new Webhooks(world, faults, deliver, activity, log)
  const statuses = new Statuses(world, webhooks, { ...USUAL_DELAYS, ...options.delays })
  const phones = createPhones({ world, webhooks, statuses })
  const numbers = lines.map(({ phoneNumberId }) => phoneNumberId)
  const busyDay = createBusyDay({ clock, chance, phones, numbers, changed: controlsChanged })
  for (const wabaId of world.accounts.keys())
    for (const seed of [HELLO_WORLD, ...(options.templates ?? [])]) addTemplate(world, wabaId, seed)
  const page = { world, faults, busyDay, productUrl, assets }
  return { world, faults, webhooks, statuses, phones, busyDay, wire, activity, page }
}

const RAW = { about: "other", field: "raw" } as const

const bytesOf = (body: string | object): string =>
  typeof body === "string" ? body : escapeAsMeta(JSON.stringify(body))

const HELLO_WORLD: TemplateSeed = {
  name: "hello_world",
  language: "en_US",
  category: "UTILITY",
  components: [
    { type: "HEADER", format: "TEXT", text: "Hello World" },
    { type: "BODY", text: "Welcome and congratulations!! This message demonstrates your ability to send a message." },
    { type: "FOOTER", text: "WhatsApp Business Platform sample message" },
  ],
}

function lineOf(number: SimNumber, { webhookUrl, appSecret, verifyToken }: SimulatorOptions): Line {
  return {
    webhookUrl,
    appSecret,
    verifyToken,
    testNumber: false,
    ...number,
    registered: true,
    pin: null,
    profile: { messaging_product: "whatsapp", about: number.verifiedName, vertical: "OTHER", websites: [] },
    blocked: new Set(),
    overrideUrl: null,
  }
}
