/** Asked to stop while WhatsApp does not answer: the end comes before the system's patience does, and doubt is shown. */
import { expect, test } from "bun:test"
import { readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { seconds } from "~/kernel/clock.ts"
import { letter, post } from "./customers.ts"
import { asItRuns, asLeft, freePorts, furnishedFolder, outgoingIn, signIn, startServer, until } from "./server.ts"

/** How long the system waits before it kills. */
const unit = readFileSync(join(import.meta.dir, "../../sportello.service"), "utf8")
const STOP_WITHIN_MS = seconds(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]))

test(
  "a stop while WhatsApp keeps a call hanging ends in time, the reply is in doubt and what is behind it waits",
  async () => {
    const folder = await furnishedFolder()
    const ports = await freePorts()
    const asked: string[] = []
    const silent = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      idleTimeout: 0,
      fetch(request) {
        asked.push(new URL(request.url).pathname)
        return new Promise<Response>(() => {})
      },
    })
    const server = await startServer(folder, { ...ports, graphUrl: `http://127.0.0.1:${silent.port}` })
    expect(await post(ports.publicPort, letter("stop", 0))).toBe(200)
    const [conversation] = asItRuns(folder, (database) => database.query("SELECT id FROM conversation").values().flat())
    const anna = await signIn(server)
    expect((await anna.post(`/conversations/${conversation}/taking`)).status).toBeLessThan(400)
    for (const text of ["First", "Second"])
      expect((await anna.post(`/conversations/${conversation}/messages`, { text, clientId: text })).status).toBe(204)
    await until(() => asked.some((path) => path.endsWith("/messages")))
    expect(await server.stop()).toBe(0)
    expect(asLeft(folder, outgoingIn).map(({ text, status }) => [text, status])).toEqual([
      ["First", "uncertain"],
      ["Second", "queued"],
    ])
    await silent.stop(true)
    rmSync(folder, { recursive: true })
  },
  STOP_WITHIN_MS,
)
