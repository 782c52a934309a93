/** The inside of the appliance on virtual time: one file, two tenants, the outbox, and the simulator as WhatsApp. */
import { Database } from "bun:sqlite"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createUser } from "~/account/actions.ts"
import { setStatus, streamOpened } from "~/agent/actions.ts"
import { createChannel } from "~/channel/actions.ts"
import { channelDirectory } from "~/channel/queries.ts"
import { close, openOffered } from "~/conversation/actions.ts"
import { openDatabase } from "~/database/database.ts"
import type { ApplianceReader, Tx } from "~/database/handles.ts"
import { Secrets } from "~/database/secrets.ts"
import { shippedMigrations } from "~/database/shipped.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import { SYSTEM, type UserActor } from "~/facts.ts"
import { SeededChance } from "~/kernel/chance.ts"
import { type Milliseconds, nextTurn, VirtualClock } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { silentLog } from "~/kernel/log.ts"
import { bodyOf, type Outbound, type OutboundReply, type OutboundRequest } from "~/kernel/outbound.ts"
import { found } from "~/kernel/step.ts"
import { discard, markSeen, reply, resend } from "~/message/actions.ts"
import { threadItems } from "~/message/queries/thread.ts"
import { loadMessage } from "~/message/store.ts"
import { createOutbox, type Outbox } from "~/outbox/outbox.ts"
import { createScanner } from "~/outbox/scanner.ts"
import { followUp } from "~/reactions.ts"
import { createSimulator } from "~/simulator/simulator.ts"
import { createSkillset, setSkillsetsOf } from "~/skillset/actions.ts"
import { createTenant } from "~/tenant/actions.ts"
import { createWhatsAppClient } from "~/whatsapp/client.ts"
import { createIntake } from "~/whatsapp/intake.ts"
import { sign } from "~/whatsapp/signature.ts"
import { createWebhook } from "~/whatsapp/webhook.ts"
import { AMPLE } from "../support/disk.ts"
import { Mailbox } from "../support/mailbox.ts"

export const AURORA_NUMBER = number("106540352242922", "+39 06 555 0100", "102290129340398", "aurora-secret")
export const SALES_NUMBER = number("106540352242933", "+39 06 555 0200", "102290129340398", "aurora-secret")
export const BORA_NUMBER = number("206540352242922", "+39 02 555 0900", "202290129340398", "bora-secret")
const WEBHOOK_URL = "http://product.test/webhooks/whatsapp"

function number(phoneNumberId: string, displayPhoneNumber: string, wabaId: string, appSecret: string) {
  const accessToken = `EAA${phoneNumberId}`
  return {
    phoneNumberId,
    displayPhoneNumber,
    wabaId,
    appSecret,
    accessToken,
    verifyToken: "verify me",
    verifiedName: "x",
  }
}

export type House = Awaited<ReturnType<typeof openHouse>>
type HouseOptions = { maxConversations?: number }

/** `close` lets everything end and removes the folder. */
export async function openHouse({ maxConversations = 100 }: HouseOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), "sportello-message-"))
  const clock = new VirtualClock()
  const key = new SeededChance(1).bytes(32)
  let run = openRun()
  const simulator = createSimulator({
    clock,
    chance: new SeededChance(7),
    log: silentLog,
    webhookUrl: WEBHOOK_URL,
    verifyToken: "verify me",
    numbers: [AURORA_NUMBER, SALES_NUMBER, BORA_NUMBER],
    appSecret: "unused",
    async deliver(url, init) {
      const request = new Request(url, init)
      return init.method === "GET" ? run.webhook.verify(request) : await run.webhook.receive(request)
    },
  })
  const aurora = await createCompany("aurora", [AURORA_NUMBER, SALES_NUMBER], maxConversations)
  const bora = await createCompany("bora", [BORA_NUMBER], maxConversations)

  function openRun() {
    const outboxOf: { current: Outbox | null } = { current: null }
    const bootId = `boot-${runs++}`
    const database = openDatabase({
      path: join(folder, "sportello.db"),
      clock,
      log: silentLog,
      migrations: shippedMigrations(),
      bootId,
      secrets: new Secrets(key, new SeededChance(2)),
      followUp(tx, fact) {
        followUp(tx, fact)
        outboxOf.current?.follow(tx, fact)
      },
    })
    const directory = channelDirectory(database)
    const webhook = createWebhook({
      intake: createIntake({ database, directory, log: silentLog }),
      directory,
      clock,
      log: silentLog,
    })
    const life = { ended: false }
    const client = createWhatsAppClient({
      outbound: inProcess(life),
      graphUrl: "http://graph.test",
      graphVersion: "v26.0",
    })
    const outbox = createOutbox({
      database,
      client,
      clock,
      log: silentLog,
      chance: new SeededChance(3),
      mailer: new Mailbox(),
      mailServer: null,
      scanner: createScanner(),
      room: () => AMPLE,
    })
    outboxOf.current = outbox
    return { database, webhook, outbox, life }
  }

  /** The simulator behind the outbound door, without sockets: the clock alone decides what times out. */
  function inProcess(life: { ended: boolean }): Outbound {
    const outbound = callsOf()
    return {
      async send(request) {
        const reply = await outbound.send(request)
        return life.ended ? new Promise<never>(() => {}) : reply
      },
    }
  }

  function callsOf(): Outbound {
    return {
      send: async ({ url, method, headers, body, timeoutMs }: OutboundRequest): Promise<OutboundReply> => {
        const abort = new AbortController()
        const stopTimer = clock.wakeAt(clock.now() + timeoutMs, () => abort.abort())
        try {
          if (!url.includes("/message_templates")) calls.push(url)
          if (network.down) return { result: "unreachable", reason: "refused" }
          const given = {
            method,
            signal: abort.signal,
            headers: headers ?? {},
            ...(body === undefined ? {} : { body: bodyOf(body) }),
          }
          const response = await simulator.fetch(new Request(url, given))
          const bytes = new Uint8Array(await response.arrayBuffer())
          const { status } = response
          return { result: "answered", status, headers: response.headers, body: bytes, byteLength: bytes.byteLength }
        } catch {
          return { result: "lost", reason: abort.signal.aborted ? "timeout" : "broken" }
        } finally {
          stopTimer()
        }
      },
    }
  }

  async function createCompany(slug: string, numbers: (typeof AURORA_NUMBER)[], maxConversations: number) {
    const { database } = run
    return database.appliance.act((tx) => {
      const tenant = createTenant(tx, SYSTEM, {
        slug,
        name: slug,
        timezone: "Europe/Rome",
        language: "en",
        settings: {},
      })
      return tx.within(tenant, SYSTEM, (inside) => {
        const skillset = createSkillset(inside, "Service")
        const user = (firstName: string): UserActor => {
          const id = createUser(inside, {
            username: `${firstName}.${slug}`.toLowerCase(),
            passwordHash: null,
            email: null,
            firstName,
            lastName: "",
            level: "agent",
            language: "en",
            maxConversations,
            isolated: false,
            outbound: true,
            mayEditCustomers: true,
          })
          setSkillsetsOf(inside, id, [skillset])
          return { kind: "user", id, level: "agent", isolated: false, skillsets: [skillset] }
        }
        const channels = numbers.map((one) =>
          createChannel(inside, database.secrets, {
            ...one,
            name: `Line ${one.phoneNumberId}`,
            hours: { kind: "always" },
            timezone: null,
            settings: {},
            enabled: true,
            skillsets: [skillset],
          }),
        )
        return { tenant, channels, anna: user("Anna"), marco: user("Marco") }
      })
    })
  }

  const calls: string[] = []
  const network = { down: false }
  const settle = async () => {
    for (let turn = 0; turn < 40; turn++) await nextTurn()
  }
  const rows = (tenant: Id) => run.database.appliance.read.all(allMessages, { tenant })
  return {
    clock,
    simulator,
    aurora,
    bora,
    calls,
    network,
    settle,
    get database() {
      return run.database
    },
    get outbox() {
      return run.outbox
    },
    get webhook() {
      return run.webhook
    },
    /** Lets time pass; everything that it causes happens in between. */
    pass: (span: Milliseconds) => clock.advance(span, settle),
    /** Posts a body as Meta would; answers the HTTP status. */
    async post(body: string | Uint8Array<ArrayBuffer>, secret = AURORA_NUMBER.appSecret): Promise<number> {
      const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body
      const headers = { "x-hub-signature-256": sign(secret, bytes) }
      const response = await run.webhook.receive(new Request(WEBHOOK_URL, { method: "POST", headers, body: bytes }))
      return response.status
    },
    /** Anna is Ready and looking: what waits comes to her. */
    async annaReady(company = aurora): Promise<void> {
      await run.database.tenant(company.tenant).act(company.anna, (tx) => {
        streamOpened(tx, company.anna.id)
        setStatus(tx, company.anna.id, "ready")
      })
      await settle()
    },
    /** Anna opens what she was offered. */
    open: (conversation: Id) =>
      run.database.tenant(aurora.tenant).act(aurora.anna, (tx) => openOffered(tx, conversation)),
    closeConversation: (conversation: Id) =>
      run.database.tenant(aurora.tenant).act(aurora.anna, (tx) => close(tx, conversation, 99)),
    /** The file is damaged under our feet. */
    loseTable(table: string): void {
      const other = new Database(join(folder, "sportello.db"))
      other.run("PRAGMA foreign_keys = OFF")
      other.run(`DROP TABLE ${table}`)
      other.close()
    },
    /** The second number of Aurora has nobody to answer: what comes in there cannot be placed. */
    loseSkillsets: () => run.database.appliance.act((tx) => tx.run(removeSkillsets, { channel: aurora.channels[1]! })),
    reply: (conversation: Id, text: string, clientId = `${text} ${clients++}`, actor = aurora.anna) =>
      run.database.tenant(aurora.tenant).act(actor, (tx) => reply(tx, { conversation, text, clientId })),
    resend: (message: Id) =>
      run.database.tenant(aurora.tenant).act(aurora.anna, (tx) => resend(tx, placeOf(tx, message), message)),
    discard: (message: Id) =>
      run.database.tenant(aurora.tenant).act(aurora.anna, (tx) => discard(tx, placeOf(tx, message), message)),
    markSeen: (conversation: Id, actor = aurora.anna) =>
      run.database.tenant(aurora.tenant).act(actor, (tx) => markSeen(tx, conversation)),
    thread: (conversation: Id, tenant = aurora.tenant) =>
      threadItems(run.database.tenant(tenant).read, conversation, { before: null, limit: 100, viewer: aurora.anna.id }),
    /** Every message of a tenant, in the order of their ids. */
    messages: (company = aurora) => rows(company.tenant),
    conversations: (company = aurora) => run.database.appliance.read.all(allConversations, { tenant: company.tenant }),
    channel: () => run.database.appliance.read.one(channelById, { id: aurora.channels[0]! }),
    count: (table: keyof typeof counts) => counts[table](run.database.appliance.read),
    /** The process dies as it is and another one opens the file; its outbox has not started. */
    async restart(): Promise<void> {
      run.life.ended = true
      void run.outbox.stop()
      await run.database.close()
      run = openRun()
    },
    async close(): Promise<void> {
      simulator.stop()
      run.life.ended = true
      void run.outbox.stop()
      await run.database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

let runs = 0
let clients = 0

const allMessages = applianceStatement((p: { tenant: Id }) =>
  applianceQuery.selectFrom("message").selectAll().where("tenant", "=", p.tenant).orderBy("id"),
)
const allConversations = applianceStatement((p: { tenant: Id }) =>
  applianceQuery.selectFrom("conversation").selectAll().where("tenant", "=", p.tenant).orderBy("id"),
)
const channelById = applianceStatement((p: { id: Id }) =>
  applianceQuery.selectFrom("channel").select(["holdReason", "heldSince"]).where("id", "=", p.id),
)
const removeSkillsets = applianceStatement((p: { channel: Id }) =>
  applianceQuery.deleteFrom("channelSkillset").where("channel", "=", p.channel),
)
const countOf = (table: "envelope" | "quarantine" | "earlyStatus" | "customer" | "channelNotice" | "readReceipt") => {
  const rows = applianceStatement(() => applianceQuery.selectFrom(table).select(({ lit }) => lit(1).as("one")))
  return (read: ApplianceReader) => read.all(rows).length
}
const counts = {
  envelope: countOf("envelope"),
  quarantine: countOf("quarantine"),
  earlyStatus: countOf("earlyStatus"),
  customer: countOf("customer"),
  channelNotice: countOf("channelNotice"),
  readReceipt: countOf("readReceipt"),
}

/** A conversation that Anna has opened: somebody wrote, and she answers from now on. */
export async function openConversation(house: House, name = "Giulia Lombardi", phone = "+39 345 555 0172") {
  const giulia = house.simulator.phones.create({ name, phone })
  giulia.say("Buongiorno")
  await house.settle()
  const conversation = house.conversations().at(-1)!.id
  await house.open(conversation)
  await house.settle()
  return { giulia, conversation }
}

const placeOf = (tx: Tx, message: Id): Id => found(loadMessage(tx, message)).conversation
