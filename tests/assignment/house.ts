/** The product's distribution in a small house of its own: real rules, real database, virtual clock, no web around it. */
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { updateUser } from "~/account/actions.ts"
import { setStatus, streamClosed, streamOpened } from "~/agent/actions.ts"
import type { AgentStatus } from "~/agent/rules.ts"
import * as shippedActions from "~/assignment/actions.ts"
import * as shippedRouting from "~/assignment/queries/routing.ts"
import { createChannel, updateChannel } from "~/channel/actions.ts"
import { close, hear, openOffered, take } from "~/conversation/actions.ts"
import type { FollowUp } from "~/database/act.ts"
import type { Tx } from "~/database/handles.ts"
import { inserting } from "~/database/statement.ts"
import { type Actor, SYSTEM } from "~/facts.ts"
import { readHours } from "~/hours/rules/notation.ts"
import type { Hours } from "~/hours/rules.ts"
import { type Milliseconds, nextTurn, VirtualClock } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { Refused } from "~/kernel/step.ts"
import { reactions } from "~/reactions.ts"
import { createSkillset, setSkillsetsOf, updateSkillset } from "~/skillset/actions.ts"
import type { Strategy } from "~/skillset/rules.ts"
import { addTenant, addUser, openTestDatabase } from "../database/support.ts"
import { rowsOf } from "../support/records.ts"

/** The router under test: the product's own, or a mutant of it. */
export type Router = { actions: typeof shippedActions; routing: typeof shippedRouting }
export const SHIPPED: Router = { actions: shippedActions, routing: shippedRouting }

export type Standing = { id: Id; state: string; owner: Id | null }
export type House = Awaited<ReturnType<typeof openHouse>>

/** Thousands of commits, and no disk to wait for where the machine has a folder in memory. */
const MEMORY = existsSync("/dev/shm") ? "/dev/shm" : tmpdir()
const ALWAYS: Hours = { kind: "always" }
const NEVER = readHours({ weekly: {} }) as Hours
const insertCustomer = inserting("customer", ["id", "whatsappUserId", "createdAt"])

export async function openHouse(people: number, customers: number, router: Router = SHIPPED) {
  const folder = mkdtempSync(join(MEMORY, "sportello-house-"))
  const clock = new VirtualClock()
  const database = openTestDatabase({ path: join(folder, "sportello.db"), clock, followUp: following(router.actions) })
  const tenant = database.tenant(await addTenant(database, "acme"))
  await database.start()
  const act = async (actor: Actor, script: (tx: Tx) => void): Promise<boolean> => {
    try {
      await tenant.act(actor, script)
      return true
    } catch (error) {
      if (error instanceof Refused) return false
      throw error
    }
  }
  /** The alarm is set anew in the turn after its commands are done. */
  const settle = async () => {
    for (let turn = 0; turn < 3; turn++) {
      await nextTurn()
      await database.idle()
    }
  }
  const skillsets = await tenant.act(SYSTEM, (tx) =>
    ["Sales", "Service", "Care"].map((name) => createSkillset(tx, name)),
  )
  const agents: Id[] = []
  for (let index = 0; index < people; index++) agents.push(await addUser(tenant, `agent${index}`))
  const [callers, channel] = await tenant.act(SYSTEM, (tx) => [
    Array.from({ length: customers }, () => newCustomer(tx)),
    newChannel(tx, database.secrets, skillsets),
  ])
  const as = (agent: Id): Actor => ({ kind: "user", id: agent, level: "agent", isolated: false, skillsets })
  return {
    agents,
    skillsets,
    clock,
    status: (agent: Id, status: AgentStatus) => act(as(agent), (tx) => setStatus(tx, agent, status)),
    come: (agent: Id) => act(SYSTEM, (tx) => streamOpened(tx, agent)),
    leave: (agent: Id) => act(SYSTEM, (tx) => streamClosed(tx, agent)),
    limit: (agent: Id, most: number) => act(SYSTEM, (tx) => void updateUser(tx, agent, { maxConversations: most })),
    serve: (agent: Id, some: readonly Id[]) => act(SYSTEM, (tx) => void setSkillsetsOf(tx, agent, some)),
    manner: (skillset: Id, strategy: Strategy, priority: number) =>
      act(SYSTEM, (tx) => void updateSkillset(tx, skillset, { strategy, priority })),
    overflow: (skillset: Id, to: Id | null, afterSeconds: number) =>
      act(SYSTEM, (tx) => void updateSkillset(tx, skillset, { overflow: to === null ? null : { to, afterSeconds } })),
    hours: (isOpen: boolean) =>
      act(SYSTEM, (tx) => void updateChannel(tx, database.secrets, channel, { hours: isOpen ? ALWAYS : NEVER })),
    write: (caller: number) =>
      act(SYSTEM, (tx) => {
        const customer = callers[caller]!
        const route = () => ({ to: "queue", ...router.routing.routeFor(tx, { channel, customer })! }) as const
        hear(tx, { customer, channel, sentAt: tx.now, route })
      }),
    open: (agent: Id, conversation: Id) => act(as(agent), (tx) => openOffered(tx, conversation)),
    take: (agent: Id, conversation: Id) => act(as(agent), (tx) => take(tx, conversation)),
    close: (agent: Id, conversation: Id) => act(as(agent), (tx) => close(tx, conversation, 1_000)),
    pass: (span: Milliseconds) => clock.advance(span, settle),
    standings: () =>
      rowsOf<Standing>(database.path, "SELECT id, state, owner FROM conversation WHERE state <> 'closed' ORDER BY id"),
    statuses: () => rowsOf<{ user: Id; status: string }>(database.path, "SELECT user, status FROM agent ORDER BY user"),
    async end() {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The switchboard, with the router's own lines going to the router under test. */
function following(actions: typeof shippedActions): FollowUp {
  const lines: typeof reactions = {
    ...reactions,
    "conversation.queued": [(tx, fact) => actions.assignConversation(tx, fact.conversation)],
    "conversation.overflowed": [(tx, fact) => actions.assignConversation(tx, fact.conversation)],
    "agent.available": [(tx, fact) => actions.fillAgent(tx, fact.agent)],
    "assignment.reopened": [(tx) => actions.fillEverybody(tx)],
    "channel.hours_changed": [(tx) => actions.fillEverybody(tx)],
  }
  return (tx, fact) => {
    const follow = (lines[fact.type] ?? []) as readonly ((tx: Tx, fact: unknown) => void)[]
    for (const react of follow) react(tx, fact)
  }
}

function newCustomer(tx: Tx): Id {
  const id = tx.newId()
  tx.run(insertCustomer, { id, whatsappUserId: `IT.${id}`, createdAt: tx.now })
  return id
}

const newChannel = (tx: Tx, secrets: Parameters<typeof createChannel>[1], skillsets: readonly Id[]): Id =>
  createChannel(tx, secrets, {
    name: "Main",
    phoneNumberId: "100",
    displayPhoneNumber: "+39 06 555 0100",
    wabaId: "200",
    accessToken: "token",
    appSecret: "secret",
    verifyToken: "verify",
    hours: ALWAYS,
    timezone: null,
    enabled: true,
    skillsets,
    settings: {},
  })
