/**
 * The one way to a virus scanner: clamd's own protocol, on a Unix socket or by TCP, one question for each connection. A
 * file is handed over piece by piece as the scanner takes it.
 */
import { connect, type Socket } from "node:net"
import { type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"
import { type SocketAddress, socketAddress } from "~/kernel/socket-address.ts"
import type { ScanTrouble, ScanVerdict } from "~/media/rules/scanning.ts"

export interface Scanner {
  scan(address: string, pieces: Iterable<Uint8Array>): Promise<ScanVerdict>
  /** What it says it is, e.g. «ClamAV 1.4.6/27500/…»; else why it says nothing. */
  version(address: string): Promise<{ version: string } | { trouble: ScanTrouble }>
}

/** Without a word or a byte taken for so long it is lost; a large archive takes it a minute. */
const PATIENCE: Milliseconds = minutes(2)
/** Somebody looks at a page meanwhile. */
const SHORT_PATIENCE: Milliseconds = seconds(5)
const MOST_ANSWER_BYTES = 4_096

export function createScanner(patience: Milliseconds = PATIENCE): Scanner {
  const ask = (address: string, waits: Milliseconds, hand: (socket: Socket) => Promise<void>) => {
    const where = socketAddress(address)
    return where ? answerOf(where, waits, hand) : Promise.resolve<Answer>({ trouble: "unreachable" })
  }
  return {
    async scan(address, pieces) {
      const answer = await ask(address, patience, (socket) => handOver(socket, pieces))
      return "trouble" in answer ? { result: "none", trouble: answer.trouble } : verdictOf(answer.says)
    },
    async version(address) {
      const answer = await ask(address, Math.min(patience, SHORT_PATIENCE), (socket) => write(socket, "zVERSION\0"))
      if ("trouble" in answer) return answer
      return /^\w/.test(answer.says) ? { version: answer.says.slice(0, 100) } : { trouble: "broken" }
    },
  }
}

function verdictOf(says: string): ScanVerdict {
  if (says === "stream: OK") return { result: "clean" }
  const virus = /^stream: (.+) FOUND$/.exec(says)?.[1]
  if (virus) return { result: "infected", virus }
  return { result: "none", trouble: says.endsWith("ERROR") ? "refused" : "broken" }
}

type Answer = { says: string } | { trouble: ScanTrouble }

/** Whatever happens to the connection, what the scanner said before it is its answer: it hangs up on what it will not take. */
function answerOf(where: SocketAddress, patience: Milliseconds, hand: (socket: Socket) => Promise<void>) {
  return new Promise<Answer>((resolve) => {
    const socket = connect("path" in where ? { path: where.path } : { host: where.hostname, port: where.port })
    let says = ""
    let connected = false
    const end = (trouble: ScanTrouble) => {
      socket.destroy()
      const whole = says.replace(/\0[\s\S]*$/, "").trim()
      resolve(whole === "" ? { trouble } : { says: whole })
    }
    socket.setTimeout(patience, () => end("silent"))
    socket.on("data", (bytes) => {
      says += bytes.toString("latin1")
      if (says.includes("\0") || says.length > MOST_ANSWER_BYTES) end("broken")
    })
    socket.once("error", () => end(connected ? "broken" : "unreachable"))
    socket.once("close", () => end("broken"))
    socket.once("connect", () => {
      connected = true
      hand(socket).catch(() => end("broken"))
    })
  })
}

/** Each piece behind its length, an empty one at the end. */
async function handOver(socket: Socket, pieces: Iterable<Uint8Array>): Promise<void> {
  await write(socket, "zINSTREAM\0")
  for (const piece of pieces) {
    if (socket.destroyed) return
    if (piece.length === 0) continue
    await write(socket, lengthOf(piece.length))
    await write(socket, piece)
  }
  await write(socket, lengthOf(0))
}

function lengthOf(bytes: number): Uint8Array {
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes)
  return length
}

/** Resolves when there is room for more, or when there will never be. */
const write = (socket: Socket, bytes: string | Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    if (socket.destroyed || socket.write(bytes)) return resolve()
    const go = () => {
      socket.off("drain", go).off("close", go)
      resolve()
    }
    socket.once("drain", go).once("close", go)
  })

/**
 * The test file of the antivirus makers (EICAR), harmless and found by all of them; kept in two halves, so that none of
 * them finds it in this program.
 */
export const testVirus = (): Uint8Array =>
  new TextEncoder().encode(["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-", "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join(""))
