/**
 * Furnishes a data folder for a benchmark: a tenant through `apply` like any other, then people, customers,
 * conversations and messages straight into the tables, because living through a million of them takes hours.
 */
import { Database } from "bun:sqlite"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { databasePath } from "~/database/folder.ts"
import { days, hours, type Instant, minutes } from "~/kernel/clock.ts"
import { firstIdAt } from "~/kernel/id.ts"
import { plain } from "~/kernel/list.ts"
import { digestOf } from "~/kernel/token.ts"
import { removeAtEnd, runToEnd } from "./appliance.ts"
import { eventInserter, inserter, letGo } from "./inserting.ts"
import { talker } from "./talk.ts"
import { knownPhone, NUMBER, profileNameOf } from "./wire.ts"

export type Size = {
  agents: number
  /** Conversations an agent has open, each with a customer of its own. */
  activeEach: number
  /** Conversations waiting in the queue. */
  queued: number
  /** Messages of each open conversation. */
  openMessages: number
  /** Messages of the past, in closed conversations. */
  pastMessages: number
  /** People who wrote at some time; as many as the conversations need unless told. */
  customers?: number
  /** Conversations of the past have their events, from which reports are counted. */
  hasEvents?: true
  /** Everybody says something else, in words as common and as rare as those of a language. */
  hasWords?: true
}
export type Seeded = Size & { folder: string; customers: number }

/** The cookie of agent `index`'s session, and the form token that goes with it. */
export const agentToken = (index: number): string => `bench-session-${index}`
export const CSRF_TOKEN = "bench-csrf-token"
/** Conversation `index` of the open ones: the first `agents × activeEach` are active, the rest wait. */
export const conversationId = (index: number): number => OPEN_FROM + index
export const ownerOf = (index: number, { agents }: Size): number => index % agents
export const agentId = (index: number): number => AGENTS_FROM + index

/** As long as real ids and below those of today, so that rows take the room they take in life. */
const AGENTS_FROM = 10_000_000_000_000
const CUSTOMERS_FROM = 11_000_000_000_000
const PAST_CONVERSATIONS_FROM = 12_000_000_000_000
const OPEN_FROM = 13_000_000_000_000
const MESSAGES_PER_CONVERSATION = 20
const CONVERSATIONS_PER_CUSTOMER = 4
const SEEDED_AT: Instant = Date.now() - hours(2)
const PAST_FROM: Instant = SEEDED_AT - days(700)

export const pastConversationId = (index: number): number => PAST_CONVERSATIONS_FROM + index
export const customerId = (index: number): number => CUSTOMERS_FROM + index
export const databaseKey = (folder: string): string => join(folder, "master.key")

const shared = new Map<string, Promise<Seeded>>()
/** A folder that several benchmarks of a run look at; nobody may lean on how the others leave it. */
export function seeded(binary: string, size: Size): Promise<Seeded> {
  const key = JSON.stringify(size)
  const found = shared.get(key) ?? seed(binary, size)
  shared.set(key, found)
  void found.then(({ folder }) => removeAtEnd(folder))
  return found
}

/** A new folder with the tenant and the number, and `size` in it. */
export async function seed(binary: string, size: Size): Promise<Seeded> {
  const folder = mkdtempSync(join(tmpdir(), "sportello-bench-"))
  const file = join(folder, "tenant.json")
  writeFileSync(file, JSON.stringify(tenantDocument()))
  await runToEnd(binary, folder, ["apply", file])
  const connection = new Database(databasePath(folder), { strict: true })
  connection.run("PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; PRAGMA foreign_keys = OFF")
  const open = size.agents * size.activeEach + size.queued
  const needed = open + Math.ceil(size.pastMessages / MESSAGES_PER_CONVERSATION / CONVERSATIONS_PER_CUSTOMER)
  const customers = Math.max(needed, size.customers ?? 0)
  connection.transaction(() => fill(connection, size, open, customers))()
  letGo()
  connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
  connection.close()
  return { ...size, folder, customers }
}

const tenantDocument = () => ({
  tenants: [
    {
      slug: "bench",
      name: "Bench",
      timezone: "Europe/Rome",
      language: "en",
      skillsets: [{ name: "Service" }],
      users: [],
      channels: [{ ...NUMBER, skillsets: ["Service"], hours: "always" }],
    },
  ],
})

export type Place = { tenant: number; channel: number; skillset: number }

const placeQuery = "SELECT tenant, id AS channel, (SELECT id FROM skillset) AS skillset FROM channel"

/** The ids that `apply` gave. */
export function placeIn(folder: string): Place {
  const connection = new Database(databasePath(folder), { readonly: true })
  const place = placeOf(connection)
  connection.close()
  return place
}

function placeOf(connection: Database): Place {
  const place = connection.query<Place, []>(placeQuery).get()
  if (!place) throw new Error("the tenant was not applied")
  return place
}

function fill(connection: Database, size: Size, open: number, customers: number): void {
  const place = placeOf(connection)
  addAgents(connection, place, size)
  addCustomers(connection, place, customers)
  const message = messageInserter(connection, place, size)
  addOpen(connection, place, size, open, message)
  connection.run("UPDATE conversation SET rank = waitingSince WHERE state = 'queued'")
  addPast(connection, place, size, customers, message)
  connection.run(`UPDATE customer SET lastOpenedAt = latest.at FROM
    (SELECT customer, max(openedAt) AS at FROM conversation GROUP BY customer) AS latest WHERE latest.customer = customer.id`)
}

/** As the product keeps them (src/customer/store/searched.ts). */
function addCustomers(connection: Database, { tenant }: Place, customers: number): void {
  const columns = "id tenant phone profileName createdAt sortName searched"
  const customer = inserter(connection, "customer", columns)
  for (let index = 0; index < customers; index++) {
    const phone = knownPhone(index)
    const name = profileNameOf(phone)
    const sortName = plain(name)
    customer(CUSTOMERS_FROM + index, tenant, phone, name, PAST_FROM, sortName, ` ${sortName}  +${phone}   `)
  }
}

function addAgents(connection: Database, { tenant, skillset }: Place, size: Size): void {
  const user = inserter(
    connection,
    "user",
    "id tenant username firstName lastName level language maxConversations isolated outbound enabled createdAt",
  )
  const member = inserter(connection, "skillsetMember", "tenant skillset user")
  const agent = inserter(connection, "agent", "user tenant status statusSince link linkSince load maximum idleSince")
  const session = inserter(connection, "session", "tokenHash tenant user csrfToken createdAt lastSeenAt")
  const now = Date.now()
  for (let index = 0; index < size.agents; index++) {
    const id = agentId(index)
    user(id, tenant, `agent${index}`, "Agent", String(index), "agent", "en", size.activeEach + 1, 0, 1, 1, PAST_FROM)
    member(tenant, skillset, id)
    agent(id, tenant, "ready", SEEDED_AT, "gone", SEEDED_AT, size.activeEach, size.activeEach + 1, SEEDED_AT + index)
    session(digestOf(agentToken(index)), tenant, id, CSRF_TOKEN, now, now)
  }
}

type AddMessage = (conversation: number, at: Instant, ordinal: number, author?: number | null) => void

const CONVERSATION =
  "id tenant customer channel state owner skillset waitingSince stateSince openedAt closedAt windowEndsAt lastInboundAt version"

/** Each with a short thread, its last message the customer's. */
function addOpen(connection: Database, place: Place, size: Size, open: number, message: AddMessage): void {
  const conversation = inserter(connection, "conversation", CONVERSATION)
  const { tenant, channel, skillset } = place
  for (let index = 0; index < open; index++) {
    const id = conversationId(index)
    const active = index < size.agents * size.activeEach
    const at = SEEDED_AT + index
    const owner = active ? agentId(ownerOf(index, size)) : null
    const ends = SEEDED_AT + hours(24)
    const customer = CUSTOMERS_FROM + index
    const state = active ? "active" : "queued"
    conversation(id, tenant, customer, channel, state, owner, skillset, at, at, at, null, ends, at, 1)
    for (let ordinal = size.openMessages; ordinal > 0; ordinal--) message(id, at - ordinal * 1_000, ordinal - 1)
  }
}

/** Spread evenly over the past, oldest first, as they would have come. */
function addPast(
  connection: Database,
  { tenant, channel, skillset }: Place,
  size: Size,
  customers: number,
  message: AddMessage,
): void {
  const conversation = inserter(connection, "conversation", CONVERSATION)
  const conversations = Math.ceil(size.pastMessages / MESSAGES_PER_CONVERSATION)
  const live = size.hasEvents ? eventInserter(connection, tenant, skillset) : null
  const apart = (SEEDED_AT - days(1) - PAST_FROM) / Math.max(1, conversations)
  for (let index = 0; index < conversations; index++) {
    const at = Math.floor(PAST_FROM + index * apart)
    const id = PAST_CONVERSATIONS_FROM + index
    const customer = CUSTOMERS_FROM + (index % customers)
    const owner = agentId(index % size.agents)
    const end = at + minutes(30)
    conversation(id, tenant, customer, channel, "closed", owner, skillset, at, end, at, end, at + hours(24), end, 9)
    for (let ordinal = 0; ordinal < MESSAGES_PER_CONVERSATION; ordinal++)
      message(id, at + ordinal * 1_000, ordinal, live ? owner : null)
    live?.(id, owner, at, end)
  }
}

const USUAL_TEXT = "Good morning, I am still waiting for my order. Could you please tell me when it will arrive?"

function messageInserter(connection: Database, { tenant, channel }: Place, { hasWords }: Size): AddMessage {
  const insert = inserter(
    connection,
    "message",
    "id tenant conversation channel direction kind at text status wamid receivedAt author queuedAt",
  )
  const talk = hasWords ? talker() : () => USUAL_TEXT
  let count = 0
  return (conversation, at, ordinal, author = null) => {
    const id = firstIdAt(at) + (count++ % 256)
    const inbound = ordinal % 2 === 0
    const [direction, status] = inbound ? ["in", "received"] : ["out", "read"]
    insert(
      id,
      tenant,
      conversation,
      channel,
      direction,
      "text",
      at,
      talk(),
      status,
      `wamid.seed.${id}`,
      inbound ? at : null,
      inbound ? null : author,
      inbound || author === null ? null : at,
    )
  }
}
