import { createServer, type Socket } from "node:net"
import { type Clock, SystemClock, seconds } from "~/kernel/clock.ts"
import { createOutbound, type Destination, type OutboundRequest } from "~/kernel/outbound.ts"

/** Servers on loopback that behave badly: they speak TCP, so that they may cut, hang and lie. */

export type BadServer = { url: string; requests: string[]; connections: () => number; stop: () => void }

/** `answer` gets each request's text as it comes, with the count of those before it, and does what it likes. */
export async function badServer(answer: (socket: Socket, request: string, before: number) => void): Promise<BadServer> {
  const requests: string[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((socket) => {
    connections++
    sockets.add(socket)
    socket.on("error", () => socket.destroy())
    socket.on("data", (data) => {
      requests.push(data.toString("latin1"))
      answer(socket, data.toString("latin1"), requests.length - 1)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("no port")
  const stop = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { url: `http://127.0.0.1:${address.port}`, requests, connections: () => connections, stop }
}

/** A port on which nobody listens. */
export async function deadUrl(): Promise<string> {
  const server = await badServer(() => {})
  server.stop()
  return server.url
}

export const http = (status: string, body: string, ...headers: string[]) =>
  [`HTTP/1.1 ${status}`, `Content-Length: ${Buffer.byteLength(body)}`, ...headers, "", body].join("\r\n")

/** A bad server that stops with the test, like every other of these. */
export async function serve(...args: Parameters<typeof badServer>): Promise<BadServer> {
  const server = await badServer(...args)
  stopWithTest(server.stop)
  return server
}

const stops: (() => void)[] = []
export const stopWithTest = (stop: () => void) => {
  stops.push(stop)
}

/** For `afterEach`, in every file that starts servers. */
export const stopServers = () => {
  for (const stop of stops.splice(0)) stop()
}

export const to = (origin: string, addresses: Destination["addresses"] = "any"): Destination[] => [
  { origin, addresses },
]
export const doorTo = (destinations: readonly Destination[], clock: Clock = new SystemClock()) =>
  createOutbound({ clock, destinations: () => destinations })

export const request = (url: string, parts: Partial<OutboundRequest> = {}): OutboundRequest => ({
  purpose: "graph",
  url,
  method: "POST",
  body: "{}",
  timeoutMs: seconds(30),
  maxBytes: 1_000,
  ...parts,
})
