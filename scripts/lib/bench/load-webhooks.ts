/** Webhooks at full speed, and at a steady pace. */
import { type Connection, connect, Pool } from "./connection.ts"
import type { PaceJob, PaceResult, SaturateJob, SaturateResult, Writers } from "./jobs.ts"
import { knownPhone, messageBody, newWamid, postBytes, strangerPhone } from "./wire.ts"

/** As many requests as `connections` get answered, one after the other on each, until the time or the requests are over. */
export async function saturate({ port, writers, connections, most, seconds }: SaturateJob): Promise<SaturateResult> {
  const requests = Array.from({ length: most }, (_, index) => requestOf(port, writers, index))
  const sockets = await Promise.all(Array.from({ length: connections }, () => connect(port)))
  let next = 0
  let refused = 0
  const startedAt = performance.now()
  const work = async (socket: Connection) => {
    while (next < most && performance.now() - startedAt < seconds * 1_000) {
      const request = requests[next++]
      if (request && (await socket.post(request)) !== 200) refused++
    }
  }
  await Promise.all(sockets.map(work))
  const took = performance.now() - startedAt
  for (const socket of sockets) socket.end()
  return { requests: next, refused, took }
}

/** One request every 1/perSecond, whether the earlier ones are answered or not; the wait for a connection counts. */
export async function pace({ port, writers, perSecond, seconds }: PaceJob): Promise<PaceResult> {
  const total = perSecond * seconds
  const requests = Array.from({ length: total }, (_, index) => requestOf(port, writers, index))
  const pool = new Pool(port)
  const latencies: number[] = []
  let refused = 0
  const send = async (request: Uint8Array, dueAt: number) => {
    if ((await pool.post(request)) !== 200) refused++
    latencies.push(performance.now() - dueAt)
  }
  await steadily(total, perSecond, (index, dueAt) => {
    const request = requests[index]
    return request ? send(request, dueAt) : Promise.resolve()
  })
  pool.end()
  return { latencies, refused }
}

/** Calls `work` for 0…total-1, each when it is due, and waits for all of it. */
export async function steadily(
  total: number,
  perSecond: number,
  work: (index: number, dueAt: number) => Promise<void>,
): Promise<void> {
  const startedAt = performance.now()
  const running: Promise<void>[] = []
  for (let index = 0; index < total; ) {
    const dueAt = startedAt + (index * 1_000) / perSecond
    if (dueAt > performance.now()) await Bun.sleep(1)
    else running.push(work(index++, dueAt))
  }
  await Promise.all(running)
}

function requestOf(port: number, { from, first, count }: Writers, index: number): Uint8Array {
  const phone = from === "known" ? knownPhone((first + index) % count) : strangerPhone(first + index)
  return postBytes(port, messageBody(phone, newWamid(), Date.now()))
}
