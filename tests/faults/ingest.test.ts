/** The process dies in the middle of an ingest: whoever got a 200 is believed, and nothing is there twice or by half. */
import { expect, test } from "bun:test"
import { readdirSync, rmSync } from "node:fs"
import { SeededChance } from "~/kernel/chance.ts"
import { isLong } from "../support/form.ts"
import { type Letter, messagesIn, post, write } from "./customers.ts"
import { asLeft, freePorts, furnishedFolder, run, startServer } from "./server.ts"

const ROUNDS = isLong ? 100 : 10
/** A start and a few hundred webhooks, on a machine that has other things to do. */
const PATIENCE_MS = 6_000
const PATIENCE_WITH_ONE_MS = 60_000

const sorted = (letters: readonly Letter[]) => letters.map(({ wamid }) => wamid).sort()

test(
  "every message that was acknowledged is there exactly once, however often the process is killed",
  async () => {
    const folder = await furnishedFolder()
    const ports = await freePorts()
    const chance = new SeededChance(7)
    const written: Letter[] = []
    let repeated: Letter[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const server = await startServer(folder, ports)
      // Meta sends again what was not answered, and now and then what was.
      for (const letter of [...repeated, ...repeated.slice(0, 3)])
        expect(await post(ports.publicPort, letter)).toBe(200)
      const killAfter = chance.below(250)
      const killed: Promise<void>[] = []
      const traffic = await write(ports.publicPort, `round${round}`, (count) => {
        if (count >= killAfter && killed.length === 0) killed.push(server.kill())
        return false
      })
      await Promise.all(killed)
      written.push(...repeated, ...traffic.acknowledged)
      const { wamids, halfDone } = asLeft(folder, messagesIn)
      const maybe = new Set(sorted(traffic.open))
      expect(wamids.filter((wamid) => !maybe.has(wamid)).sort()).toEqual(sorted(written))
      expect(wamids).toHaveLength(new Set(wamids).size)
      expect(halfDone).toEqual([])
      repeated = traffic.open
    }
    expect(written.length).toBeGreaterThan(ROUNDS)
    rmSync(folder, { recursive: true })
  },
  ROUNDS * PATIENCE_MS,
)

test(
  "asked to stop in the middle of it, the appliance answers what it has taken in, and leaves one file",
  async () => {
    const folder = await furnishedFolder()
    const ports = await freePorts()
    const server = await startServer(folder, ports)
    const stopped: Promise<number>[] = []
    const traffic = await write(ports.publicPort, "drain", (count) => {
      if (count >= 100 && stopped.length === 0) stopped.push(server.stop())
      return false
    })
    expect(await Promise.all(stopped)).toEqual([0])
    expect(readdirSync(folder).sort()).toEqual(["master.key", "sportello.db", "sportello.lock"])
    const { wamids, halfDone } = asLeft(folder, messagesIn)
    const maybe = new Set(sorted(traffic.open))
    expect(traffic.acknowledged.length).toBeGreaterThan(99)
    expect(wamids.filter((wamid) => !maybe.has(wamid)).sort()).toEqual(sorted(traffic.acknowledged))
    expect(halfDone).toEqual([])
    rmSync(folder, { recursive: true })
  },
  PATIENCE_WITH_ONE_MS,
)

test(
  "a second process on the same folder is refused with a sentence, and the first goes on as if nothing were",
  async () => {
    const folder = await furnishedFolder()
    const ports = await freePorts()
    const server = await startServer(folder, ports)
    const second: ReturnType<typeof run>[] = []
    let isRefused = false
    const traffic = await write(ports.publicPort, "double", (count) => {
      if (count < 20) return false
      if (second.length === 0)
        second.push(
          run(["serve"], folder).finally(() => {
            isRefused = true
          }),
        )
      return isRefused
    })
    expect(await Promise.all(second)).toEqual([
      { code: 1, messages: expect.stringContaining("Another process is using") },
    ])
    expect(traffic.open).toEqual([])
    expect(await server.stop()).toBe(0)
    expect(asLeft(folder, messagesIn)).toEqual({ wamids: expect.anything(), halfDone: [] })
    rmSync(folder, { recursive: true })
  },
  PATIENCE_WITH_ONE_MS,
)
