/** The outbound door of these tests: it leads to the simulator, without sockets, and the virtual clock alone decides what times out. */
import type { VirtualClock } from "~/kernel/clock.ts"
import { bodyOf, type Outbound, type OutboundReply, type OutboundRequest } from "~/kernel/outbound.ts"
import type { Simulator } from "~/simulator/simulator.ts"

type Surroundings = {
  clock: VirtualClock
  /** `speech`: the server that turns recordings into text, where there is one. */
  network: { down: boolean; speech?: (request: Request) => Promise<Response> }
  /** Of the process that calls: a dead one hears no answer. */
  life: { ended: boolean }
}

export function outboundTo(simulator: () => Simulator, { clock, network, life }: Surroundings): Outbound {
  const call = async ({
    purpose,
    url,
    method,
    headers,
    body,
    timeoutMs,
    into,
  }: OutboundRequest): Promise<OutboundReply> => {
    if (network.down) return { result: "unreachable", reason: "refused" }
    const abort = new AbortController()
    const endTimer = clock.wakeAt(clock.now() + timeoutMs, () => abort.abort())
    try {
      const init = {
        method,
        headers: { ...headers, ...typeOf(body) },
        signal: abort.signal,
        ...(body === undefined ? {} : { body: bodyOf(body) }),
      }
      const asked = new Request(url, init)
      const speech = purpose === "speech" ? network.speech : undefined
      const answer = speech ? speech(asked) : simulator().fetch(asked)
      const response = await Promise.race([answer, ended(abort.signal)])
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

const ended = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }))

const typeOf = (body: OutboundRequest["body"]): Record<string, string> =>
  typeof body === "object" && "contentType" in body ? { "Content-Type": body.contentType } : {}
