import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createPasswords } from "~/account/actions/passwords.ts"
import { userByUsername } from "~/account/queries.ts"
import { setAsideOf } from "~/channel/queries/set-aside.ts"
import { applyDocument } from "~/command/apply/provision.ts"
import { myConversations } from "~/conversation/queries/console.ts"
import { endingConversations } from "~/conversation/queries/ending.ts"
import { waitingConversations } from "~/conversation/queries/waiting.ts"
import { openDataFolder } from "~/database/folder.ts"
import { DEMO_COMPANY, DEMO_NUMBERS, DEMO_TIMEZONE } from "~/demo/company.ts"
import { playStories } from "~/demo/past.ts"
import { chatsOf } from "~/demo/phones.ts"
import type { UserActor } from "~/facts.ts"
import { SeededChance } from "~/kernel/chance.ts"
import { days, VirtualClock } from "~/kernel/clock.ts"
import { silentLog } from "~/kernel/log.ts"
import { found } from "~/kernel/step.ts"
import { threadItems } from "~/message/queries/thread.ts"
import { followUp } from "~/reactions.ts"
import { createSimulator } from "~/simulator/simulator.ts"

/** A quarter past three on a Sunday: the hours before are of the same day. */
const NOW = Date.UTC(2026, 10, 22, 14, 15)
const dataFolder = mkdtempSync(join(tmpdir(), "sportello-demo-"))
const clock = new VirtualClock(NOW - days(30))
const chance = new SeededChance(1)
let folder: Awaited<ReturnType<typeof openDataFolder>>
beforeAll(async () => {
  const keyFile = join(dataFolder, "master.key")
  folder = await openDataFolder({ dataFolder, keyFile, clock, chance, log: silentLog, followUp })
  const passwords = createPasswords({ algorithm: "argon2id", memoryCost: 1_024, timeCost: 1 })
  await applyDocument(
    { database: folder.database, passwords, clock, chance },
    { document: DEMO_COMPANY, dryRun: false },
  )
  await playStories(folder.database, clock, NOW, DEMO_TIMEZONE, silentLog)
})
afterAll(async () => {
  await folder.close()
  rmSync(dataFolder, { recursive: true, force: true })
})

const elena = () => {
  const { database } = folder
  const { id, tenant } = found(userByUsername(database.appliance.read, "elena"))
  const actor: UserActor = { kind: "user", id, level: "agent", isolated: false, skillsets: [] }
  return { id, actor, read: database.tenant(tenant).read }
}

describe("The demo begins in the middle of a day's work", () => {
  test("an agent finds what is in hand: some of it answered, some of it unread", () => {
    const { id, read } = elena()
    const labels = myConversations(read, id)
    expect(labels.map(({ title, unreadCount }) => [title, unreadCount])).toEqual([
      ["Tomás Ribeiro", 1],
      ["Giulia Lombardi", 2],
      ["Marc Dubois", 0],
    ])
    expect(labels.every(({ windowEndsAt }) => (windowEndsAt ?? 0) > NOW)).toBe(true)
  })

  test("customers wait for an agent, and colleagues have left some open", () => {
    const { actor, read } = elena()
    const { forAgent, leftOpen } = waitingConversations(read, actor)
    expect(forAgent.rows.map(({ title, status }) => `${title} ${status}`)).toEqual([
      "Nadia Bruni queued",
      "Paul Whitfield queued",
      "Jean Lefèvre queued",
    ])
    expect(leftOpen.rows.map(({ title }) => title)).toContain("Anna Moretti")
  })

  test("some wait for the customer, one with hardly any time left, and something is set aside for the admin", () => {
    const { actor, read } = elena()
    const { forCustomer } = waitingConversations(read, actor)
    expect(forCustomer.rows.map(({ title, status }) => `${title} ${status}`)).toEqual([
      "Greta Moser parked_public",
      "Fabio Fontana parked_personal",
    ])
    expect(endingConversations(read).map(({ title }) => title)).toEqual(["Greta Moser"])
    expect(setAsideOf(read, null).items).toMatchObject([{ reason: "unknown_number", mayTryAgain: true }])
  })

  test("the phones remember what was said on them, so that they can be answered and go on", () => {
    const { id, read } = elena()
    const simulator = createSimulator({
      clock,
      chance,
      log: silentLog,
      webhookUrl: "http://product.test",
      appSecret: "x",
      verifyToken: "x",
      numbers: DEMO_NUMBERS.map((number) => ({ ...number, wabaId: "1", accessToken: "x", verifiedName: number.name })),
      customers: [{ name: "Giulia Lombardi", phone: "393455550172" }],
    })
    for (const chat of [...chatsOf(read), ...chatsOf(read)]) simulator.remember(chat)
    const giulia = simulator.phones.of("Giulia Lombardi")
    const conversation = found(myConversations(read, id).find(({ title }) => title === "Giulia Lombardi"))
    const items = threadItems(read, conversation.id, { before: null, limit: 50, viewer: id })
    const said = items.flatMap((item) => (item.type === "message" ? [item.text] : []))
    expect(
      giulia
        .chat()
        .slice(-said.length)
        .map(({ words }) => words.text),
    ).toEqual(said)
    expect(simulator.phones.all().filter(({ customer }) => customer.name === "Giulia Lombardi")).toHaveLength(1)
  })
})
