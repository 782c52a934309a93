/**
 * Files of customers are worked at one after the other, in the background: a thread of its own reads, this one places the
 * rows, a few to a command, so that nobody waits for them. Where it was is in the row: a run that was cut short goes on there.
 */
import { join } from "node:path"
import type { AppDatabase, TenantHandle } from "~/database/database.ts"
import type { Tx } from "~/database/handles.ts"
import { type Fact, SYSTEM } from "~/facts.ts"
import { Background } from "~/kernel/background.ts"
import { type Clock, nextTurn, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Log } from "~/kernel/log.ts"
import { pieceCounter } from "~/kernel/memory.ts"
import { refuse } from "~/kernel/step.ts"
import { importBytes } from "../queries/imports.ts"
import type { ImportRow } from "../rules/import-rows.ts"
import type { FromReader, ImportWork, ToReader } from "../rules/import-work.ts"
import type { CustomerImport } from "../rules/importing.ts"
import { importAtWork, loadImport } from "../store/imports.ts"
import { endRound, failImport, isClean, noteSeen, workOff } from "./importing.ts"

/** The binary keeps its workers where they stand below src/. */
const WORKER = Bun.isStandaloneExecutable
  ? join(import.meta.dir, "customer/worker.ts")
  : new URL("../worker.ts", import.meta.url).href

/** Rows in one command: some milliseconds of the writer. */
const ROWS_PER_COMMAND = 25
/** When the storage refuses. */
const PAUSE = seconds(5)

export interface Imports {
  start(): void
  /** Starts nothing more; resolves when the command in flight is written down. */
  stop(): Promise<void>
  /** Looks again after the command of such a fact; call it beside the reactions. */
  follow(tx: Tx, fact: Fact): void
  /** Resolves when there is nothing to work at. */
  idle(): Promise<void>
}

export function createImports({ database, clock, log }: { database: AppDatabase; clock: Clock; log: Log }): Imports {
  const next = () => importAtWork(database.appliance.read)

  async function workThrough(isStopped: () => boolean): Promise<null> {
    for (let one = next(); one && !isStopped(); one = next())
      await workAt(database.tenant(one.tenant), one.id, isStopped)
    return null
  }
  const work = { round: workThrough, fault: "an import waits for the storage", afterFault: PAUSE }
  const importing = new Background({ clock, log }, work)
  return {
    start: () => importing.start(),
    stop: () => importing.stop(),
    follow(tx, fact) {
      if (fact.type === "customer_import.wanted") tx.afterCommit(() => importing.wake())
    },
    idle: () => importing.idle(),
  }
}

async function workAt(tenant: TenantHandle, id: Id, isStopped: () => boolean): Promise<void> {
  const one = loadImport(tenant.read, id)
  if (!one) return
  const { act } = tenant
  if (one.file === null || (one.reading === null && one.state !== "reading")) {
    await act(SYSTEM, (tx) => failImport(tx, id, refuse("import.file_gone")))
    return
  }
  while (!isStopped() && !(await act(SYSTEM, (tx) => isClean(tx, id)))) await nextTurn()
  const reader = new FileReader(workOf(one))
  try {
    for (let said = await reader.next(); said && !isStopped(); said = await reader.next()) {
      if ("read" in said) reader.answer({ bytes: importBytes(tenant.read, one.file, said.read) })
      else if (!(await takeIn(tenant, id, said, isStopped))) return
      else if ("rows" in said) reader.answer("more")
    }
  } finally {
    reader.end()
  }
}

/** Answers whether there is more to come. */
async function takeIn(tenant: TenantHandle, id: Id, said: FromReader, isStopped: () => boolean): Promise<boolean> {
  if ("rows" in said) return placeAll(tenant, id, said.rows, isStopped)
  await tenant.act(SYSTEM, (tx) => {
    if ("seen" in said) noteSeen(tx, id, said.seen)
    if ("end" in said) endRound(tx, id, said.end.total)
    if ("refused" in said) failImport(tx, id, said.refused)
    if ("faulted" in said) failImport(tx, id, refuse("table.not_readable"))
  })
  return false
}

async function placeAll(
  tenant: TenantHandle,
  id: Id,
  rows: readonly ImportRow[],
  isStopped: () => boolean,
): Promise<boolean> {
  for (let from = 0; from < rows.length; from += ROWS_PER_COMMAND) {
    if (isStopped()) return false
    const goesOn = await tenant.act(SYSTEM, (tx) => workOff(tx, id, rows.slice(from, from + ROWS_PER_COMMAND)))
    if (!goesOn) return false
    await nextTurn()
  }
  return true
}

function workOf({ state, size, reading, mapping, country, next }: CustomerImport): ImportWork {
  if (state === "reading" || reading === null) return { do: "look", size, wanted: reading }
  return { do: "read", size, reading, mapping, country, from: next }
}

/** The thread that reads, as somebody who says one thing after the other. */
class FileReader {
  #worker = new Worker(WORKER, { smol: true })
  #hasPassed = pieceCounter()
  #said: FromReader[] = []
  #waiting: ((said: FromReader) => void) | null = null

  constructor(work: ImportWork) {
    const hear = (said: FromReader) => {
      const waiting = this.#waiting
      this.#waiting = null
      if (waiting) waiting(said)
      else this.#said.push(said)
    }
    this.#worker.onmessage = ({ data }: MessageEvent<FromReader>) => hear(data)
    this.#worker.onerror = ({ message }) => hear({ faulted: message })
    this.answer({ work })
  }

  next(): Promise<FromReader> {
    const said = this.#said.shift()
    return said
      ? Promise.resolve(said)
      : new Promise((resolve) => {
          this.#waiting = resolve
        })
  }

  answer(said: ToReader): void {
    this.#worker.postMessage(said, { transfer: typeof said === "object" && "bytes" in said ? [said.bytes.buffer] : [] })
    this.#hasPassed()
  }

  end(): void {
    this.#worker.terminate()
  }
}
