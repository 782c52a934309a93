/** The simulator on a port: one handler for the Graph API, the phones page and its JSON. */
import { describeError, type Log } from "~/kernel/log.ts"
import { ConnectionBroken } from "./graph-faults.ts"

export type Listening = { url: string; stop(): Promise<void> }

export function listen(
  fetch: (request: Request) => Promise<Response>,
  { hostname = "127.0.0.1", port = 0, log }: { hostname?: string; port?: number; log: Log },
): Listening {
  const server = Bun.serve({
    hostname,
    port,
    reusePort: false,
    /** A fault may keep a call waiting for as long as the caller has patience. */
    idleTimeout: 0,
    maxRequestBodySize: 110 * 1024 * 1024,
    fetch: (request) =>
      fetch(request).catch((error: unknown) => {
        if (error instanceof ConnectionBroken) return reset()
        log.error("simulator failed", describeError(error))
        return new Response("The simulator failed.", { status: 500 })
      }),
  })
  return { url: server.url.origin, stop: () => server.stop(true) }
}

/** A body that breaks before its first byte makes Bun close the connection without an answer. */
const reset = (): Response =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.error()
      },
    }),
  )
