/** The disk no longer confirms what is written: the process says so and ends, and nobody was told what is not there. */
import { expect, test } from "bun:test"
import { rmSync } from "node:fs"
import { constants } from "node:os"
import { messagesIn, post, write } from "./customers.ts"
import { asItRuns, freePorts, furnishedFolder, startServer, until } from "./server.ts"

const PATIENCE_MS = 30_000
const sorted = (letters: readonly { wamid: string }[]) => letters.map(({ wamid }) => wamid).sort()

test.each([
  ["the disk is failing", constants.errno.EIO],
  ["the disk turns out to be full", constants.errno.ENOSPC],
])(
  "when %s in the middle of a commit, the process ends, and whatever it acknowledged is there after the next start",
  async (_, failingFsync) => {
    const folder = await furnishedFolder()
    const ports = await freePorts()
    const server = await startServer(folder, { ...ports, failingFsync })
    let isBroken = false
    const traffic = await write(ports.publicPort, "broken", (count) => {
      if (count >= 100 && !isBroken) server.breakFsync()
      isBroken ||= count >= 100
      return false
    })
    const { code, messages } = await server.ended
    expect(code).toBe(1)
    expect(messages).toStartWith("The disk does not confirm what was written: disk I/O error (SQLITE_IOERR_FSYNC).")
    expect(traffic.acknowledged.length).toBeGreaterThan(99)
    expect(traffic.open.length).toBeGreaterThan(0)

    const again = await startServer(folder, ports)
    const found = asItRuns(folder, messagesIn)
    const maybe = new Set(sorted(traffic.open))
    expect(found.wamids.filter((wamid) => !maybe.has(wamid)).sort()).toEqual(sorted(traffic.acknowledged))
    expect(found.halfDone).toEqual([])
    for (const letter of traffic.open) await until(async () => (await post(ports.publicPort, letter)) === 200)
    const healed = asItRuns(folder, messagesIn)
    expect(healed.wamids.sort()).toEqual(sorted([...traffic.acknowledged, ...traffic.open]))
    expect(healed.halfDone).toEqual([])
    expect(await again.stop()).toBe(0)
    rmSync(folder, { recursive: true })
  },
  PATIENCE_MS,
)
