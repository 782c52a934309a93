/** The outbound door of these tests: it leads to the simulator, without sockets, and the virtual clock alone decides what times out. */
import type { VirtualClock } from "~/kernel/clock.ts"
import { bodyOf, type Outbound, type OutboundReply, type OutboundRequest } from "~/kernel/outbound.ts"
import type { Simulator } from "~/simulator/simulator.ts"

type Surroundings = {
  clock: VirtualClock
  network: { down: boolean }
  /** Of the process that calls: a dead one hears no answer. */
  life: { ended: boolean }
}

export function outboundTo(simulator: () => Simulator, { clock, network, life }: Surroundings): Outbound {
  const call = async ({ url, method, headers, body, timeoutMs, into }: OutboundRequest): Promise<OutboundReply> => {
    if (network.down) return { result: "unreachable", reason: "refused" }
    const abort = new AbortController()
    const endTimer = clock.wakeAt(clock.now() + timeoutMs, () => abort.abort())
    try {
      const init = {
        ...{ method, headers: { ...headers, ...typeOf(body) }, signal: abort.signal },
        ...(body === undefined ? {} : { body: bodyOf(body) }),
      }
      const response = await simulator().fetch(new Request(url, init))
      const bytes = new Uint8Array(await response.arrayBuffer())
      const { status, headers: answered } = response
      if (into && response.ok) await into(bytes)
      return { result: "answered", status, headers: answered, body: bytes, byteLength: bytes.length }
    } catch {
      return { result: "lost", reason: abort.signal.aborted ? "timeout" : "broken" }
    } finally {
      endTimer()
    }
  }
  return {
    async send(request) {
      const reply = await call(request)
      return life.ended ? new Promise<never>(() => {}) : reply
    },
  }
}

const typeOf = (body: OutboundRequest["body"]): Record<string, string> =>
  typeof body === "object" && "contentType" in body ? { "Content-Type": body.contentType } : {}
