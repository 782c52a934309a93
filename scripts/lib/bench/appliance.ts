/** The processes that are measured: started on loopback, watched through /proc, ended before the benchmark ends. */
import { readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"

export type Running = {
  port: number
  publicPort: number
  pid: number
  /** Milliseconds of processor time used so far, by all its threads. */
  processorTime(): number
  residentMegabytes(): number
  stop(): Promise<void>
}

const children = new Set<{ kill(signal: "SIGKILL"): void }>()
const folders = new Set<string>()
/** Nothing stays behind, however the benchmark ends. */
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL")
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

export const removeAtEnd = (folder: string): void => void folders.add(folder)

/** Starts the appliance on a folder and waits for its first answer. */
export async function startAppliance(binary: string, folder: string, graphUrl?: string): Promise<Running> {
  const port = await freePort()
  const publicPort = await freePort()
  const child = Bun.spawn([binary, "serve"], { env: environment(folder, port, publicPort, graphUrl), ...QUIET })
  await answers(port, "/health")
  return running(child, port, publicPort)
}

export async function startFloor(kind: "server" | "bare", folder: string): Promise<Running> {
  const port = await freePort()
  const child = Bun.spawn([process.execPath, "scripts/lib/bench/floor.ts", kind, folder, String(port)], QUIET)
  await answers(port, "/")
  return running(child, port, port)
}

/** Runs a command of the binary to its end; throws with what it said when it fails. */
export async function runToEnd(binary: string, folder: string, words: readonly string[]): Promise<void> {
  const child = Bun.spawn([binary, ...words], { env: environment(folder, 0, 0), stdout: "ignore", stderr: "pipe" })
  const said = await child.stderr.text()
  if ((await child.exited) !== 0) throw new Error(said)
}

/** How long from the start of the process to its first answer, in milliseconds. */
export async function timeStart(binary: string, folder: string): Promise<number> {
  const port = await freePort()
  const publicPort = await freePort()
  const startedAt = performance.now()
  const child = Bun.spawn([binary, "serve"], { env: environment(folder, port, publicPort), ...QUIET })
  await answers(port, "/health")
  const took = performance.now() - startedAt
  await running(child, port, publicPort).stop()
  return took
}

const QUIET = { stdin: "ignore", stdout: "ignore", stderr: "inherit" } as const

const environment = (folder: string, port: number, publicPort: number, graphUrl = "http://127.0.0.1:9") => ({
  SPORTELLO_DATA: folder,
  SPORTELLO_LISTEN: `127.0.0.1:${port}`,
  SPORTELLO_PUBLIC_LISTEN: `127.0.0.1:${publicPort}`,
  SPORTELLO_GRAPH_URL: graphUrl,
  SPORTELLO_LOG_LEVEL: "warn",
})

function running(child: Bun.Subprocess, port: number, publicPort: number): Running {
  children.add(child)
  return {
    port,
    publicPort,
    pid: child.pid,
    processorTime: () => processorTime(child.pid),
    residentMegabytes: () => residentMegabytes(child.pid),
    async stop() {
      child.kill("SIGTERM")
      await child.exited
      children.delete(child)
    },
  }
}

const LONGEST_START = 30_000

async function answers(port: number, path: string): Promise<void> {
  const giveUpAt = performance.now() + LONGEST_START
  while (performance.now() < giveUpAt) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => null)
    await response?.arrayBuffer()
    if (response) return
    await Bun.sleep(1)
  }
  throw new Error(`nothing answers on port ${port}`)
}

const LOOKS_EVERY = 250

/** Until the words of all messages can be found and the index lies as it does day by day: it fills in the background. */
export async function indexed({ port }: Running): Promise<void> {
  const isReady = async () => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    return ["words_waiting_seconds 0", "words_in_pieces 0"].every((line) => text.includes(`\n${line}\n`))
  }
  while (!(await isReady())) await Bun.sleep(LOOKS_EVERY)
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0))
    })
  })

/** Linux counts in hundredths of a second; fields 14 and 15 after the name, which may hold spaces. */
function processorTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  return (Number(fields[11]) + Number(fields[12])) * 10
}

function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]
  return Number(kilobytes) / 1_024
}
