/** The process dies while it sends: nothing reaches a customer twice, nothing disappears, and doubt is shown as doubt. */
import { expect, test } from "bun:test"
import { rmSync } from "node:fs"
import { SeededChance } from "~/kernel/chance.ts"
import { SystemClock } from "~/kernel/clock.ts"
import { silentLog } from "~/kernel/log.ts"
import { createSimulator, type Simulator } from "~/simulator/simulator.ts"
import { ACME } from "../support/cast.ts"
import { isLong } from "../support/form.ts"
import type { Visitor } from "../support/visitor.ts"
import {
  asLeft,
  freePorts,
  furnishedFolder,
  type Outgoing,
  outgoingIn,
  type Ports,
  type Server,
  signIn,
  startServer,
  until,
} from "./server.ts"

const ROUNDS = isLong ? 40 : 4
const CUSTOMERS = 24
const PATIENCE_MS = 20_000

test(
  "a reply that was queued is sent once or in doubt, whenever the process is killed",
  async () => {
    const chance = new SeededChance(11)
    let doubtful = 0
    for (let round = 0; round < ROUNDS; round++) {
      const killAfter = 1 + chance.below(CUSTOMERS - 2)
      const { replies, sends } = await killedWhileSending(killAfter)
      expect(replies.map(({ text }) => text).sort()).toEqual(texts())
      for (const { text, status } of replies) {
        const copies = sends.filter((sent) => sent === text).length
        expect({ text, status, copies: [0, 1].includes(copies) }).toEqual({ text, status, copies: true })
        if (status === "sent") expect({ text, copies }).toEqual({ text, copies: 1 })
        else expect({ text, status }).toEqual({ text, status: "uncertain" })
      }
      doubtful += replies.filter(({ status }) => status === "uncertain").length
    }
    // The kills came while calls were in flight; otherwise nothing of this was tried.
    expect(doubtful).toBeGreaterThan(0)
  },
  ROUNDS * PATIENCE_MS,
)

const texts = () => Array.from({ length: CUSTOMERS }, (_, index) => `Reply ${index}`).sort()

/** Queues a reply to every customer, kills once `killAfter` calls have arrived, starts again until nothing is to do. */
async function killedWhileSending(killAfter: number): Promise<{ replies: Outgoing[]; sends: string[] }> {
  const folder = await furnishedFolder()
  const ports = await freePorts()
  const simulator = simulatorFor(ports)
  const listening = simulator.listen()
  const given = { ...ports, graphUrl: listening.url }
  const server = await startServer(folder, given)
  await letEverybodyWrite(simulator)
  const anna = await signIn(server)
  const waiting = asLeft(folder, (database) =>
    database.query("SELECT id FROM conversation").values().flat(),
  ) as number[]
  for (const id of waiting) expect((await anna.post(`/conversations/${id}/taking`)).status).toBeLessThan(400)
  simulator.faults.add({ fault: { kind: "slow-answer", delay: 40 } })
  const killed = until(() => simulator.sends.length >= killAfter).then(() => server.kill())
  for (const [index, id] of waiting.entries()) await reply(anna, id, index, server)
  await killed
  const again = await startServer(folder, given)
  const after = await signIn(again)
  for (const [index, id] of waiting.entries()) await reply(after, id, index, again)
  await until(() => asLeft(folder, outgoingIn).every(({ status }) => status !== "queued" && status !== "sending"))
  await again.stop()
  const replies = asLeft(folder, outgoingIn)
  simulator.stop()
  await listening.stop()
  rmSync(folder, { recursive: true })
  return { replies, sends: simulator.sends.map(({ body }) => textIn(body)) }
}

/** A click that nobody answered is clicked again: the client's id makes it the same message. */
async function reply(agent: Visitor, conversation: number, index: number, server: Server): Promise<void> {
  const fields = { text: `Reply ${index}`, clientId: `client-${index}` }
  const answer = await agent.post(`/conversations/${conversation}/messages`, fields).catch(() => null)
  if (answer) expect({ pid: server.pid, refused: answer.status >= 400 }).toEqual({ pid: server.pid, refused: false })
}

function simulatorFor({ publicPort }: Ports): Simulator {
  const simulator = createSimulator({
    clock: new SystemClock(),
    chance: new SeededChance(3),
    log: silentLog,
    appSecret: "",
    verifyToken: "",
    webhookUrl: `http://127.0.0.1:${publicPort}/webhooks/whatsapp`,
    numbers: [ACME.number],
  })
  // Statuses would settle the doubt that is looked for here.
  simulator.faults.add({ fault: { kind: "status-never" } })
  return simulator
}

async function letEverybodyWrite(simulator: Simulator): Promise<void> {
  for (let index = 0; index < CUSTOMERS; index++) {
    const phone = simulator.phones.create({
      name: `Customer ${index}`,
      phone: `39333100${String(index).padStart(4, "0")}`,
    })
    phone.send({ kind: "text", text: "Hello?" })
  }
  await simulator.idle()
}

const textIn = (body: unknown): string => (body as { text: { body: string } }).text.body
