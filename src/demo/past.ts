/**
 * Gives the demo a past: its stories happen once more, through the same intake and the same actions as everything
 * else, on a clock that stands in the weeks and the hours before.
 */
import { userByUsername } from "~/account/queries.ts"
import { channelDirectory } from "~/channel/queries.ts"
import { channelByNumber } from "~/channel/store.ts"
import { park } from "~/conversation/actions/parking.ts"
import { close, take } from "~/conversation/actions.ts"
import { findOpen } from "~/conversation/store.ts"
import { findCustomer } from "~/customer/actions.ts"
import type { AppDatabase, TenantHandle } from "~/database/database.ts"
import type { Tx } from "~/database/handles.ts"
import { SYSTEM, type UserActor } from "~/facts.ts"
import { firstMomentOf } from "~/hours/rules/zone.ts"
import { days, hours, type Instant, minutes, seconds, type VirtualClock } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Log, silentLog } from "~/kernel/log.ts"
import { found } from "~/kernel/step.ts"
import { applyStatus, settle } from "~/message/actions/delivering.ts"
import { receiptSettled } from "~/message/actions/receipts.ts"
import { claim } from "~/message/actions/sending.ts"
import { markSeen, reply } from "~/message/actions.ts"
import { skillsetsOf } from "~/skillset/store.ts"
import { createIntake, type Intake, type SignedBody } from "~/whatsapp/intake.ts"
import { digest } from "~/whatsapp/signature.ts"
import { DEMO_APP_SECRET, DEMO_NUMBERS, DEMO_USERS, DEMO_WABA_ID } from "./company.ts"
import { giveDetails } from "./details.ts"
import { isAmendment } from "./kinds.ts"
import { PAST, type Story, type Wire } from "./stories.ts"
import { TODAY } from "./today.ts"

type Stage = { database: AppDatabase; intake: Intake; clock: VirtualClock; tenant: TenantHandle }
/** One thing that happens at its moment; the stories of a day overlap. */
type Step = { at: Instant; happen: () => Promise<unknown> }

/** Plays every story; `clock` is the database's own and ends at `now`. */
export async function playStories(database: AppDatabase, clock: VirtualClock, now: Instant, zone: string, log: Log) {
  const directory = channelDirectory(database)
  const first = userByUsername(database.appliance.read, DEMO_USERS[0]?.username ?? "")
  const tenant = database.tenant(found(first).tenant)
  const stage = { database, intake: createIntake({ database, directory, log }), clock, tenant }
  const steps = [...PAST, ...TODAY].flatMap((story, index) => stepsOf(stage, story, index, startOf(story, now, zone)))
  for (const { at, happen } of steps.toSorted((one, other) => one.at - other.at)) {
    clock.jumpTo(Math.min(at, now))
    await happen()
  }
  // It is meant: nobody has to be told.
  await writeToNobody({ ...stage, intake: createIntake({ database, directory, log: silentLog }) })
  clock.jumpTo(now)
  await giveDetails(tenant, actorOf(stage, "elena"))
}

/** To a number of the company that nobody has set up here yet: it waits for the admin. */
async function writeToNobody({ intake, clock }: Stage): Promise<void> {
  const { customer } = found(TODAY.at(-1))
  const number = { displayPhoneNumber: "+39 02 555 0400", phoneNumberId: "118340000000004" }
  await intake.take(
    letterTo(number, {
      customer,
      wire: saying("Bonjour, est-ce le bon numéro ?"),
      id: "wamid.demo-lost",
      at: clock.now(),
    }),
  )
}

/** The moment of the first line. */
function startOf({ begins }: Story, now: Instant, zone: string): Instant {
  if ("minutesAgo" in begins) return now - minutes(begins.minutesAgo)
  const [hour, minute] = begins.at
  const day = Math.floor((now - days(begins.daysAgo)) / days(1)) * days(1)
  return firstMomentOf(zone, day + hours(hour) + minutes(minute))
}

/** What is written is read after twenty seconds, where somebody has the conversation; it is taken at its first line. */
function stepsOf(stage: Stage, story: Story, index: number, start: Instant): Step[] {
  const agent = story.agent === null ? null : actorOf(stage, story.agent)
  const steps: Step[] = []
  let at = start
  const said = (line: number) => `wamid.demo-${index}-${line}`
  for (const [line, one] of story.lines.entries()) {
    const { from, text, after, wire } = one
    at += minutes(after)
    const wamid = said(line)
    if (from === "agent" && agent) steps.push(...answerSteps(stage, story, agent, { at, text, wamid }))
    if (from === "agent") continue
    steps.push({ at, happen: () => write(stage, story, wire?.(said) ?? saying(text), wamid) })
    if (isAmendment(one)) continue
    if (line === 0 && agent) steps.push(deed(stage, story, agent, at + seconds(20), take))
    if (agent && !isUnread(story, line)) steps.push(deed(stage, story, agent, at + seconds(20), seen(wamid)))
  }
  const { parked } = story
  if (agent && parked) steps.push(deed(stage, story, agent, at + minutes(4), parkedAs(parked)))
  if (agent && story.closed) steps.push(deed(stage, story, agent, at + minutes(4), (tx, id) => close(tx, id, 0)))
  return steps
}

/** Read, and the customer has been told. */
const seen = (wamid: string) => (tx: Tx, id: Id) => {
  markSeen(tx, id)
  receiptSettled(tx, id, wamid)
}

const parkedAs = (as: "public" | "personal") => (tx: Tx, id: Id) => park(tx, id, { as, reason: null })

/** What the customer wrote last in a conversation that goes on has not been read yet. */
const isUnread = ({ lines, closed }: Story, line: number): boolean =>
  !closed && lines.slice(line).every(({ from }) => from === "customer")

const deed = (stage: Stage, story: Story, agent: UserActor, at: Instant, act: (tx: Tx, id: Id) => void): Step => ({
  at,
  happen: () => stage.tenant.act(agent, (tx) => act(tx, openConversation(stage, story))),
})

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

async function write({ intake, clock }: Stage, story: Story, wire: ReturnType<Wire>, id: string): Promise<void> {
  await intake.take(letterTo(numberOf(story), { customer: story.customer, wire, id, at: clock.now() }))
}

const saying = (text: string): ReturnType<Wire> => ({ type: "text", text: { body: text } })

type Letter = Pick<Story, "customer"> & { wire: ReturnType<Wire>; id: string; at: Instant }

function letterTo(number: { displayPhoneNumber: string; phoneNumberId: string }, letter: Letter): SignedBody {
  const { customer, wire, id, at } = letter
  const message = { from: customer.phone, id, timestamp: unixSeconds(at), ...wire }
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: number.displayPhoneNumber, phone_number_id: number.phoneNumberId },
    contacts: [{ profile: { name: customer.name }, wa_id: customer.phone }],
    messages: [message],
  }
  const entry = [{ id: DEMO_WABA_ID, changes: [{ field: "messages", value }] }]
  const bytes = new TextEncoder().encode(JSON.stringify({ object: "whatsapp_business_account", entry }))
  const appSecret = DEMO_APP_SECRET
  return { bytes, digest: Buffer.from(digest(bytes, appSecret)).subarray(0, 16), appSecret }
}

type Answer = { at: Instant; text: string; wamid: string }

/** Sent, delivered after two seconds, read after half a minute. */
function answerSteps(stage: Stage, story: Story, agent: UserActor, { at, text, wamid }: Answer): Step[] {
  const { tenant, database } = stage
  const channel = channelOf(tenant, story)
  const answer = async () => {
    const conversation = openConversation(stage, story)
    const message = await tenant.act(agent, (tx) => reply(tx, { conversation, text, clientId: wamid }))
    await tenant.act(SYSTEM, (tx) =>
      settle(tx, found(claim(tx, message, database.bootId)), { result: "accepted", wamid }),
    )
  }
  const status = (kind: "delivered" | "read", moment: Instant): Step => ({
    at: moment,
    happen: () => tenant.act(SYSTEM, (tx) => applyStatus(tx, channel, statusItem(wamid, kind, moment))),
  })
  return [{ at, happen: answer }, status("delivered", at + seconds(2)), status("read", at + seconds(32))]
}

const statusItem = (wamid: string, status: "delivered" | "read", at: Instant) => ({
  kind: "status" as const,
  phoneNumberId: null,
  wabaId: null,
  wamid,
  status,
  at,
  callbackData: null,
  recipient: { userId: null, parentUserId: null, phone: null },
  groupId: null,
  errors: [],
  pricing: null,
  conversation: null,
  origin: "number" as const,
})

const unixSeconds = (at: Instant) => String(Math.floor(at / 1_000))
