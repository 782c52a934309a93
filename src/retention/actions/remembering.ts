/**
 * Who was erased stays erased. Beside the database, and so in no copy of it, stands which customers that were: when a
 * database comes back from an older copy, they are erased again. Ids alone are in it, nothing by which one is known.
 */
import { rowsOfPerson } from "~/customer/queries.ts"
import { loadCustomer } from "~/customer/store.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { Tx } from "~/database/handles.ts"
import { type Fact, SYSTEM } from "~/facts.ts"
import { type Cancel, type Clock, hours } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { LineFile } from "~/kernel/line-file.ts"
import { describeError, type Log } from "~/kernel/log.ts"
import { tenantIds } from "~/tenant/queries.ts"
import { allErasures } from "../store/erasures.ts"
import { eraseAgain } from "./erasing.ts"

export type MemoryParts = { database: AppDatabase; file: LineFile; clock: Clock; log: Log }

export interface ErasureMemory {
  follow(tx: Tx, fact: Fact): void
  /** Writes down what is missing, and erases again who has come back. */
  start(): Promise<void>
  stop(): void
}

type Line = { tenant: Id; erasure: Id; customers: readonly Id[]; askedBy: Id }

/** A conversation that is open in the older copy, or a full disk, stands in the way until somebody mends it. */
const TRY_AGAIN_AFTER = hours(1)

export function createErasureMemory({ database, file, clock, log }: MemoryParts): ErasureMemory {
  let disarm: Cancel = () => {}
  let isStopped = false

  const remembered = (): Line[] => file.lines().flatMap((line) => readLine(line) ?? [])

  function writeMissing(): void {
    const known = new Set(remembered().map(({ erasure }) => erasure))
    const missing = tenantIds(database.appliance.read).flatMap((tenant) => {
      const { read } = database.tenant(tenant)
      return allErasures(read)
        .filter(({ id }) => !known.has(id))
        .map(({ id, customer, askedBy }) => ({ tenant, erasure: id, customers: rowsOfPerson(read, customer), askedBy }))
    })
    file.append(missing.map((line) => JSON.stringify(line)))
  }

  async function eraseWhoCameBack(): Promise<void> {
    const tenants = new Set(tenantIds(database.appliance.read))
    let waiting = 0
    for (const { tenant, customers, askedBy } of remembered()) {
      if (!tenants.has(tenant)) continue
      for (const customer of customers) {
        const handle = database.tenant(tenant)
        // Nearly always they are gone: that costs no command.
        if (loadCustomer(handle.read, customer) === null) continue
        const outcome = await handle.act(SYSTEM, (tx) => eraseAgain(tx, customer, askedBy))
        if (outcome === "begun") log.warn("a customer who had been erased came back, and is erased again", { customer })
        if (outcome === "waits") waiting++
      }
    }
    if (waiting === 0) return
    log.warn("customers who had been erased came back, and wait for a conversation to be closed", { count: waiting })
    tryAgainLater()
  }

  const tryAgainLater = (): void => {
    disarm()
    if (!isStopped) disarm = clock.wakeAt(clock.now() + TRY_AGAIN_AFTER, () => void goThrough())
  }

  /** A disk that takes nothing stops nobody from starting or working; what could not be done now is done later. */
  async function goThrough(): Promise<void> {
    try {
      writeMissing()
      await eraseWhoCameBack()
    } catch (error) {
      log.error("who was erased could not be seen to", describeError(error))
      tryAgainLater()
    }
  }

  function remember(line: Line): void {
    try {
      file.append([JSON.stringify(line)])
    } catch (error) {
      log.error("who was erased could not be written down", describeError(error))
      tryAgainLater()
    }
  }

  return {
    follow(tx, fact) {
      if (fact.type !== "retention.erasure_begun") return
      const { erasure, customers, askedBy } = fact
      const line: Line = { tenant: tx.tenant, erasure, customers, askedBy }
      tx.afterCommit(() => remember(line))
    },
    start: goThrough,
    stop() {
      isStopped = true
      disarm()
    },
  }
}

function readLine(text: string): Line | null {
  try {
    const line = JSON.parse(text) as Line
    return Array.isArray(line.customers) ? line : null
  } catch {
    // Half a line, of a crash: the database knew more, and it was written anew.
    return null
  }
}
