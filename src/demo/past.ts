/**
 * Gives the demo a past: its stories happen once more, through the same intake and the same actions as everything
 * else, on a clock that stands in the weeks before.
 */
import { userByUsername } from "~/account/queries.ts"
import { channelDirectory } from "~/channel/queries.ts"
import { channelByNumber } from "~/channel/store.ts"
import { close, take } from "~/conversation/actions.ts"
import { findOpen } from "~/conversation/store.ts"
import { findCustomer } from "~/customer/actions.ts"
import type { AppDatabase, TenantHandle } from "~/database/database.ts"
import type { UserActor } from "~/facts.ts"
import { firstMomentOf } from "~/hours/rules/zone.ts"
import { days, hours, type Instant, minutes, seconds, type VirtualClock } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Log } from "~/kernel/log.ts"
import { found } from "~/kernel/step.ts"
import { applyStatus, settle } from "~/message/actions/delivering.ts"
import { claim } from "~/message/actions/sending.ts"
import { markSeen, reply } from "~/message/actions.ts"
import { skillsetsOf } from "~/skillset/store.ts"
import { createIntake, type Intake } from "~/whatsapp/intake.ts"
import { digest } from "~/whatsapp/signature.ts"
import { DEMO_APP_SECRET, DEMO_NUMBERS, DEMO_WABA_ID } from "./company.ts"
import { STORIES, type Story } from "./stories.ts"

type Stage = { database: AppDatabase; intake: Intake; clock: VirtualClock; tenant: TenantHandle }

/** Plays every story; `clock` is the database's own and ends at `now`. */
export async function playStories(database: AppDatabase, clock: VirtualClock, now: Instant, zone: string, log: Log) {
  const directory = channelDirectory(database)
  const first = userByUsername(database.appliance.read, STORIES[0]?.agent ?? "")
  const tenant = database.tenant(found(first).tenant)
  const stage = { database, intake: createIntake({ database, directory, log }), clock, tenant }
  for (const [index, story] of STORIES.entries()) await play(stage, story, index, startOf(story, now, zone))
  clock.jumpTo(now)
}

/** `daysAgo` at the wall-clock time the story says. */
function startOf({ daysAgo, at: [hour, minute] }: Story, now: Instant, zone: string): Instant {
  const day = Math.floor((now - days(daysAgo)) / days(1)) * days(1)
  return firstMomentOf(zone, day + hours(hour) + minutes(minute))
}

async function play(stage: Stage, story: Story, index: number, start: Instant): Promise<void> {
  const { clock, tenant } = stage
  const agent = actorOf(stage, story.agent)
  let conversation: Id | null = null
  clock.jumpTo(start)
  for (const [line, { from, text, after }] of story.lines.entries()) {
    clock.jumpTo(clock.now() + minutes(after))
    const wamid = `wamid.demo-${index}-${line}`
    if (from === "customer") await write(stage, story, text, wamid)
    conversation ??= openConversation(stage, story)
    const id = conversation
    clock.jumpTo(clock.now() + seconds(20))
    if (line === 0) await tenant.act(agent, (tx) => take(tx, id))
    if (from === "customer") await tenant.act(agent, (tx) => markSeen(tx, id))
    else await answer(stage, story, agent, id, text, wamid)
  }
  clock.jumpTo(clock.now() + minutes(4))
  await tenant.act(agent, (tx) => close(tx, found(conversation), 0))
}

function actorOf({ database, tenant }: Stage, username: string): UserActor {
  const { id } = found(userByUsername(database.appliance.read, username))
  return { kind: "user", id, level: "agent", isolated: false, skillsets: skillsetsOf(tenant.read, id) }
}

function openConversation({ tenant }: Stage, story: Story): Id {
  const person = found(findCustomer(tenant.read, { userId: null, phone: story.customer.phone }))
  return found(findOpen(tenant.read, person.id, channelOf(tenant, story))).id
}

const numberOf = ({ channel }: Story) => found(DEMO_NUMBERS.find(({ name }) => name === channel))
const channelOf = (tenant: TenantHandle, story: Story): Id =>
  found(channelByNumber(tenant.read, numberOf(story).phoneNumberId))

async function write({ intake, clock }: Stage, story: Story, text: string, id: string): Promise<void> {
  const { customer } = story
  const number = numberOf(story)
  const message = { from: customer.phone, id, timestamp: unixSeconds(clock.now()), type: "text", text: { body: text } }
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: number.displayPhoneNumber, phone_number_id: number.phoneNumberId },
    contacts: [{ profile: { name: customer.name }, wa_id: customer.phone }],
    messages: [message],
  }
  const entry = [{ id: DEMO_WABA_ID, changes: [{ field: "messages", value }] }]
  const bytes = new TextEncoder().encode(JSON.stringify({ object: "whatsapp_business_account", entry }))
  const appSecret = DEMO_APP_SECRET
  await intake.take({ bytes, digest: Buffer.from(digest(bytes, appSecret)).subarray(0, 16), appSecret })
}

/** Sent, delivered after two seconds, read after half a minute. */
async function answer(stage: Stage, story: Story, agent: UserActor, id: Id, text: string, wamid: string) {
  const { clock, tenant, database } = stage
  const message = await tenant.act(agent, (tx) => reply(tx, { conversation: id, text, clientId: wamid }))
  await tenant.act({ kind: "system" }, (tx) => {
    const sent = found(claim(tx, message, database.bootId))
    settle(tx, sent, { result: "accepted", wamid })
  })
  const channel = channelOf(tenant, story)
  for (const [status, after] of [["delivered", seconds(2)] as const, ["read", seconds(30)] as const]) {
    clock.jumpTo(clock.now() + after)
    await tenant.act({ kind: "system" }, (tx) => applyStatus(tx, channel, statusItem(wamid, status, clock.now())))
  }
}

const statusItem = (wamid: string, status: "delivered" | "read", at: Instant) => ({
  ...{ kind: "status" as const, phoneNumberId: null, wabaId: null, wamid, status, at, callbackData: null },
  recipient: { userId: null, parentUserId: null, phone: null },
  ...{ groupId: null, errors: [], pricing: null, conversation: null, origin: "number" as const },
})

const unixSeconds = (at: Instant) => String(Math.floor(at / 1_000))
