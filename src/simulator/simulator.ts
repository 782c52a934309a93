/**
 * A pretend WhatsApp: the Cloud API as the product and third-party clients call it, signed webhooks, and pretend
 * phones. `sportello simulate` and `demo` run it for people, the tests drive the product with it.
 */
import type { Chance } from "~/kernel/chance.ts"
import type { Clock } from "~/kernel/clock.ts"
import type { Log } from "~/kernel/log.ts"
import { Activity } from "./activity.ts"
import { type BusyDay, createBusyDay } from "./busy-day.ts"
import { type Deliver, deliverByHttp } from "./deliver.ts"
import { createFaults, type Faults } from "./faults.ts"
import { answerGraph } from "./graph.ts"
import { DOWNLOAD_PATH, download } from "./graph-media.ts"
import { createPhones, type Phones } from "./phones.ts"
import { type Listening, listen } from "./server.ts"
import { type StatusDelays, Statuses, USUAL_DELAYS } from "./statuses.ts"
import { addTemplate, reviewTemplate, type TemplateSeed } from "./templates.ts"
import { type Holding, Webhooks } from "./webhooks.ts"
import { createWire, type Wire } from "./wire.ts"
import { createWorld, type Line, type Send, type SimNumber, type Template, type TemplateStatus } from "./world.ts"

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
  /** A file under the page's `/assets/`; null when there is none. */
  asset?: (path: string) => Response | null
  /** Where the product's own pages are, for the link on the phones page. */
  productUrl?: string
}

export type Simulator = {
  /** Graph API, media downloads, phones page and its JSON. */
  fetch(request: Request): Promise<Response>
  listen(options?: { hostname?: string; port?: number }): Listening
  phones: Phones
  faults: Faults
  busyDay: BusyDay
  /** Every accepted send, in order. */
  sends: readonly Send[]
  wire: Wire
  templates: {
    add(wabaId: string, seed: TemplateSeed): Template
    review(template: Template, status: TemplateStatus, reason?: string): void
  }
  /** Posts the webhooks that `work` causes in one POST, shuffled, or several times. */
  hold<Result>(work: () => Result, how: Holding): Result
  /** Posts any body as a webhook of the number, signed. */
  raw(body: string | object, phoneNumberId?: string): void
  /** The verification handshake; true when the product passed. */
  verify(phoneNumberId?: string): Promise<boolean>
  /** Resolves when every webhook that is due has been answered, and every call that needs no more time. */
  idle(): Promise<void>
  /** Ends the busy day and forgets what was still to come. */
  stop(): void
}

export function createSimulator(options: SimulatorOptions): Simulator {
  const { clock, chance, log, deliver = deliverByHttp } = options
  const wire = createWire(clock)
  const world = createWorld(
    clock,
    chance,
    options.numbers.map((number) => lineOf(number, options)),
    wire,
  )
  const activity = new Activity()
  const faults = createFaults(chance, () => wire.tell({ changed: "controls" }))
  const webhooks = new Webhooks(world, faults, deliver, activity, log)
  const statuses = new Statuses(world, webhooks, { ...USUAL_DELAYS, ...options.delays })
  const services = { world, faults, webhooks, statuses, activity }
  const phones = createPhones(services)
  const busyDay = createBusyDay(clock, chance, phones, [...world.lines.keys()])
  for (const wabaId of world.accounts.keys())
    for (const seed of [HELLO_WORLD, ...(options.templates ?? [])]) addTemplate(world, wabaId, seed)

  const line = (phoneNumberId?: string): Line => {
    const found = phoneNumberId === undefined ? [...world.lines.values()][0] : world.lines.get(phoneNumberId)
    if (!found) throw new Error(`no business number ${phoneNumberId ?? ""}`)
    return found
  }
  const fetch = async (request: Request): Promise<Response> => {
    if (new URL(request.url).pathname === DOWNLOAD_PATH) return download(services, request)
    return answerGraph(services, request)
  }
  return {
    fetch,
    listen(where = {}) {
      const listening = listen(fetch, { ...where, log })
      world.url = listening.url
      return listening
    },
    phones,
    faults,
    busyDay,
    sends: world.sends,
    wire,
    templates: {
      add: (wabaId, seed) => addTemplate(world, wabaId, seed),
      review: (template, status, reason) => reviewTemplate(services, template, status, reason),
    },
    hold: (work, how) => webhooks.hold(work, how),
    raw: (body, phoneNumberId) =>
      webhooks.postRaw(line(phoneNumberId), typeof body === "string" ? body : JSON.stringify(body), {
        about: "other",
        field: "raw",
      }),
    verify: (phoneNumberId) => webhooks.verify(line(phoneNumberId)),
    idle: () => activity.idle(),
    stop() {
      busyDay.setPace(0)
      statuses.stop()
      webhooks.stop()
    },
  }
}

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
