/** The appliance as a process of its own, so that it can be killed, starved and doubled. */
import { Database } from "bun:sqlite"
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { SystemClock } from "~/kernel/clock.ts"
import { companyDocument, PASSWORD } from "../support/cast.ts"
import { Visitor } from "../support/visitor.ts"

const ROOT = join(import.meta.dir, "../..")
const clock = new SystemClock()

export type Ports = { port: number; publicPort: number }
export type Server = Ports & {
  pid: number
  /** Ends it without a word, as a power supply would. */
  kill(): Promise<void>
  /** Asks it to end; answers its exit code. */
  stop(): Promise<number>
  /** From now on no fsync succeeds; only where `failingFsync` was given. */
  breakFsync(): void
  /** How it ended, by itself or not. */
  ended: Promise<{ code: number; messages: string }>
}
/** `failingFsync`: the system's number of the error. */
type Given = Ports & { graphUrl?: string; ignoresFileLimit?: boolean; failingFsync?: number }

/** A new folder with the companies of the cast in it. */
export async function furnishedFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "sportello-fault-"))
  const file = `${folder}.json`
  writeFileSync(file, JSON.stringify(companyDocument()))
  const { code, messages } = await run(["apply", file], folder)
  rmSync(file)
  if (code !== 0) throw new Error(messages)
  return folder
}

/** Runs a command of the binary to its end. */
export async function run(words: readonly string[], folder: string): Promise<{ code: number; messages: string }> {
  const env = { SPORTELLO_DATA: folder, SPORTELLO_LISTEN: "127.0.0.1:0", SPORTELLO_PUBLIC_LISTEN: "127.0.0.1:0" }
  const child = Bun.spawn([process.execPath, "src/main.ts", ...words], {
    cwd: ROOT,
    env,
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
  })
  const messages = await child.stderr.text()
  return { code: await child.exited, messages }
}

/** Starts the appliance and waits for its first answer. */
export async function startServer(folder: string, given: Given): Promise<Server> {
  const { port, publicPort, graphUrl = "http://127.0.0.1:9", failingFsync } = given
  const child = Bun.spawn(commandFor(given), {
    cwd: ROOT,
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
    env: {
      SPORTELLO_DATA: folder,
      SPORTELLO_LISTEN: `127.0.0.1:${port}`,
      SPORTELLO_PUBLIC_LISTEN: `127.0.0.1:${publicPort}`,
      SPORTELLO_GRAPH_URL: graphUrl,
      SPORTELLO_LOG_LEVEL: "silent",
      ...(failingFsync === undefined ? {} : { FAILING_FSYNC: String(failingFsync) }),
    },
  })
  const messages = child.stderr.text()
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`it did not start: ${await messages}`)
    return (await answerOf(`http://127.0.0.1:${port}/health`)) !== null
  })
  const end = async (signal: "SIGKILL" | "SIGTERM") => {
    child.kill(signal)
    return child.exited
  }
  return {
    port,
    publicPort,
    pid: child.pid,
    kill: async () => void (await end("SIGKILL")),
    stop: () => end("SIGTERM"),
    breakFsync: () => child.kill("SIGUSR2"),
    ended: child.exited.then(async (code) => ({ code, messages: await messages })),
  }
}

function commandFor({ ignoresFileLimit, failingFsync }: Given): string[] {
  const preloaded = failingFsync === undefined ? [] : ["--preload", "./tests/faults/failing-fsync.ts"]
  const command = [process.execPath, ...preloaded, "src/main.ts", "serve"]
  return ignoresFileLimit ? ["/bin/sh", "-c", `trap "" XFSZ; exec "$@"`, "sh", ...command] : command
}

/** The answer of a server that may not be there: null. */
export const answerOf = (url: string, init: RequestInit = {}): Promise<Response | null> =>
  fetch(url, init).catch(() => null)

/** Resolves when `holds` does; a test's own limit ends a wait in vain. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise<void>((resolve) => clock.wakeAt(clock.now() + 5, resolve))
}

export const freePorts = async (): Promise<Ports> => ({ port: await freePort(), publicPort: await freePort() })

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0))
    })
  })

/**
 * Reads the file as a process that has ended left it, from a copy, so that the next one finds everything as it was.
 * Throws unless the file is whole.
 */
export function asLeft<Result>(folder: string, read: (database: Database) => Result): Result {
  const copy = mkdtempSync(join(tmpdir(), "sportello-left-"))
  for (const name of ["sportello.db", "sportello.db-wal"])
    if (existsSync(join(folder, name))) cpSync(join(folder, name), join(copy, name))
  try {
    return readWhole(new Database(join(copy, "sportello.db")), read)
  } finally {
    rmSync(copy, { recursive: true })
  }
}

/** Reads the file beside the process that writes it, which a copy could tear. Throws unless the file is whole. */
export const asItRuns = <Result>(folder: string, read: (database: Database) => Result): Result =>
  readWhole(new Database(join(folder, "sportello.db"), { readonly: true }), read)

function readWhole<Result>(database: Database, read: (database: Database) => Result): Result {
  try {
    const [check] = database.query("PRAGMA integrity_check").values()
    if (check?.[0] !== "ok") throw new Error(`the file is damaged: ${check?.[0]}`)
    if (database.query("PRAGMA foreign_key_check").values().length > 0) throw new Error("rows point nowhere")
    return read(database)
  } finally {
    database.close()
  }
}

/** Anna, through the login page of the real listener. */
export const signIn = ({ port }: Server): Promise<Visitor> =>
  Visitor.signIn((request) => fetch(atPort(request, port), { redirect: "manual" }), "anna", PASSWORD)

/** The visitor writes to the usual port. */
export function atPort(request: Request, port: number): Request {
  const headers = new Headers(request.headers)
  headers.set("host", `127.0.0.1:${port}`)
  const { method, body } = request
  return new Request(request.url.replace(":8080", `:${port}`), { method, headers, body })
}

export type Outgoing = { id: number; text: string; status: string; attempt: number }

export const outgoingIn = (database: Database): Outgoing[] =>
  database
    .query<Outgoing, []>("SELECT id, text, status, attempt FROM message WHERE direction = 'out' ORDER BY id")
    .all()
