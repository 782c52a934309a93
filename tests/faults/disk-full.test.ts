/** No room on the disk: Meta is asked to come again, nothing is half there, and it heals by itself. */
import { expect, test } from "bun:test"
import { rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { letter, messagesIn, post, write } from "./customers.ts"
import { answerOf, asItRuns, freePorts, furnishedFolder, startServer, until } from "./server.ts"

const PATIENCE_MS = 30_000

/** As for a full disk: no file of the process may grow beyond `bytes`. */
function limitFiles(pid: number, bytes: number | "unlimited"): void {
  const { exitCode, stderr } = Bun.spawnSync(["prlimit", `--pid=${pid}`, `--fsize=${bytes}:unlimited`])
  if (exitCode !== 0) throw new Error(stderr.toString())
}

test(
  "webhooks get a 503 while the disk is full, and are taken in as soon as it is not",
  async () => {
    const folder = await furnishedFolder()
    const ports = await freePorts()
    const server = await startServer(folder, { ...ports, ignoresFileLimit: true })
    const before = await write(ports.publicPort, "before", (count) => count >= 50)
    expect(before.open).toEqual([])
    limitFiles(server.pid, statSync(join(folder, "sportello.db-wal")).size + 65_536)
    const during = await write(ports.publicPort, "during", () => false)
    // Sixteen at once found no room; one alone may still.
    for (let index = 10_000, status: number | null = 200; status === 200; index++) {
      const one = letter("during", index)
      status = await post(ports.publicPort, one)
      during[status === 200 ? "acknowledged" : "open"].push(one)
      expect([200, 503]).toContain(status ?? 0)
    }
    const left = asItRuns(folder, messagesIn)
    expect(left.halfDone).toEqual([])
    const acknowledged = [...before.acknowledged, ...during.acknowledged].map(({ wamid }) => wamid)
    expect(left.wamids.sort()).toEqual(acknowledged.sort())
    expect((await answerOf(`http://127.0.0.1:${ports.port}/login`))?.status).toBe(200)
    limitFiles(server.pid, "unlimited")
    for (const refused of during.open) await until(async () => (await post(ports.publicPort, refused)) === 200)
    const healed = asItRuns(folder, messagesIn)
    expect(healed.wamids.sort()).toEqual([...acknowledged, ...during.open.map(({ wamid }) => wamid)].sort())
    expect(healed.halfDone).toEqual([])
    expect(await server.stop()).toBe(0)
    rmSync(folder, { recursive: true })
  },
  PATIENCE_MS,
)
