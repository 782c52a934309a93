/** What code above the database holds in its hands: a tenant's reader, a command's transaction, the appliance's own. */
import type { Actor, Fact } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Audience } from "./bell.ts"
import type { ApplianceStatement, TenantStatement } from "./statement.ts"

/** Parameters are left out where a statement has none. */
type Given<Parameters> = [keyof Parameters] extends [never] ? [] : [parameters: Parameters]

/** Reads one tenant; there is no way to name another. */
export interface Reader {
  readonly tenant: Id
  readonly now: Instant
  all<Parameters, Row>(statement: TenantStatement<Parameters, Row>, ...given: Given<Parameters>): Row[]
  one<Parameters, Row>(statement: TenantStatement<Parameters, Row>, ...given: Given<Parameters>): Row | null
}

/**
 * What many commands of one commit add to, written once for all of them and each tenant, just before the commit: so that
 * a counter that every message raises costs a message next to nothing.
 */
export interface Gathering<Item> {
  write(tx: Tx, items: readonly Item[]): void
}

/** One command in one tenant: reads, writes, says what happened. Valid only while its script runs. */
export interface Tx extends Reader {
  readonly actor: Actor
  /** Runs a change; answers how many rows it touched. */
  run<Parameters, Row>(statement: TenantStatement<Parameters, Row>, ...given: Given<Parameters>): number
  newId(): Id
  /** Says what happened; its reactions run in this transaction, after the script. */
  raise(...facts: Fact[]): void
  /** Written at the end of the commit, with what other commands gather; not at all when this one is undone. */
  gather<Item>(into: Gathering<Item>, item: Item): void
  /** Rings after the commit, once per topic. */
  ring(topic: string, audience: Audience): void
  /** Runs after the commit, and only then. */
  afterCommit(effect: () => void): void
}

/** Reads the whole appliance: for sign-in, webhook routing, the outbox's claims and the commands of the binary. */
export interface ApplianceReader {
  readonly now: Instant
  all<Parameters, Row>(statement: ApplianceStatement<Parameters, Row>, ...given: Given<Parameters>): Row[]
  one<Parameters, Row>(statement: ApplianceStatement<Parameters, Row>, ...given: Given<Parameters>): Row | null
}

export interface ApplianceTx extends ApplianceReader {
  run<Parameters, Row>(statement: ApplianceStatement<Parameters, Row>, ...given: Given<Parameters>): number
  newId(): Id
  afterCommit(effect: () => void): void
  /**
   * A command of its own inside this one: its facts are followed up before it returns; when it throws, it alone is
   * undone and the error passed on.
   */
  within<Result>(tenant: Id, actor: Actor, script: (tx: Tx) => Result): Result
}
