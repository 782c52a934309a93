/**
 * The way in for the operator's commands while the appliance runs: a unix socket in the data folder, for its owner
 * alone, so that one process writes the file. Whoever may open it may read the database anyway.
 */
import { chmodSync, rmSync } from "node:fs"
import { request } from "node:http"
import { describeError, type Log } from "~/kernel/log.ts"

/** What went wrong, in lines for the operator: their input (`invalid`), or the doing of it. */
export type ControlFailure = { kind: "invalid" | "failed"; lines: readonly string[] }
export type ControlAnswer = { result: unknown } | { failure: ControlFailure }

export type ControlHandler = (operation: string, input: unknown) => Promise<ControlAnswer>

/** The system's limit for the path of a unix socket. */
const LONGEST_PATH_BYTES = 107

/** Listens at `path`; answers how to stop. Without a socket (path too long) commands have to wait for a stop. */
export function serveControl(path: string, handle: ControlHandler, log: Log): () => Promise<void> {
  if (Buffer.byteLength(path) > LONGEST_PATH_BYTES) {
    log.warn("the data folder's path is too long for a control socket", { bytes: Buffer.byteLength(path) })
    return async () => {}
  }
  rmSync(path, { force: true })
  const server = Bun.serve({
    unix: path,
    async fetch(incoming, listener) {
      listener.timeout(incoming, 0)
      try {
        const { operation, input } = (await incoming.json()) as { operation: string; input: unknown }
        return Response.json(await handle(operation, input))
      } catch (error) {
        log.error("a command of the operator faulted", describeError(error))
        return Response.json({
          failure: { kind: "failed", lines: ["The appliance could not do it; its log says why."] },
        })
      }
    },
  })
  chmodSync(path, 0o600)
  return async () => {
    await server.stop(true)
    rmSync(path, { force: true })
  }
}

/** The running appliance does not listen on its socket: it is starting, stopping, or its folder's path is too long. */
export class ControlUnreachable extends Error {}

/** Asks the running appliance. Throws ControlUnreachable. */
export function callControl(path: string, operation: string, input: unknown): Promise<ControlAnswer> {
  return new Promise((resolve, reject) => {
    const unreachable = () => reject(new ControlUnreachable(`nobody answers at ${path}`))
    const call = request({ socketPath: path, path: "/", method: "POST" }, (answer) => {
      const parts: Buffer[] = []
      answer.on("data", (part: Buffer) => parts.push(part))
      answer.on("error", unreachable)
      answer.on("end", () => resolve(JSON.parse(Buffer.concat(parts).toString("utf8")) as ControlAnswer))
    })
    call.on("error", unreachable)
    call.end(JSON.stringify({ operation, input }))
  })
}
