/** A database of its own for each test, with two tenants that look alike; what goes on record is not followed up here. */
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { FollowUp } from "~/database/act.ts"
import { type AppDatabase, openDatabase, type TenantHandle } from "~/database/database.ts"
import { Secrets } from "~/database/secrets.ts"
import { shippedMigrations } from "~/database/shipped.ts"
import { inserting } from "~/database/statement.ts"
import { type Actor, SYSTEM } from "~/facts.ts"
import { SeededChance } from "~/kernel/chance.ts"
import { type Clock, VirtualClock } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Log, silentLog } from "~/kernel/log.ts"
import { createTenant } from "~/tenant/actions.ts"

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "sportello-test-"))

type Given = { path?: string; clock?: Clock; followUp?: FollowUp; log?: Log; seed?: number }

export function openTestDatabase({ path, clock, followUp, log, seed = 1 }: Given = {}): AppDatabase {
  const chance = new SeededChance(seed)
  return openDatabase({
    path: path ?? join(newFolder(), "sportello.db"),
    clock: clock ?? new VirtualClock(),
    log: log ?? silentLog,
    migrations: shippedMigrations(),
    bootId: `boot-${seed}`,
    secrets: new Secrets(new SeededChance(1).bytes(32), chance),
    followUp: (tx, fact) => fact.type !== "audit.due" && followUp?.(tx, fact),
  })
}

export type Pair = { database: AppDatabase; acme: TenantHandle; globex: TenantHandle }

/** Tenants acme and globex. */
export async function openPair(given: Given = {}): Promise<Pair> {
  const database = openTestDatabase(given)
  const [acme, globex] = await Promise.all(["acme", "globex"].map((slug) => addTenant(database, slug)))
  return { database, acme: database.tenant(acme!), globex: database.tenant(globex!) }
}

export const addTenant = (database: AppDatabase, slug: string, timezone = "Europe/Rome"): Promise<Id> =>
  database.appliance.act((tx) => createTenant(tx, SYSTEM, { slug, name: slug, timezone, language: "en", settings: {} }))

const insertUser = inserting("user", [
  "id",
  "username",
  "firstName",
  "lastName",
  "level",
  "language",
  "maxConversations",
  "isolated",
  "outbound",
  "enabled",
  "createdAt",
])

/** An agent without a password. */
export const addUser = (handle: TenantHandle, username: string, actor: Actor = SYSTEM): Promise<Id> =>
  handle.act(actor, (tx) => {
    const id = tx.newId()
    tx.run(insertUser, {
      id,
      username,
      firstName: username,
      lastName: "Test",
      level: "agent",
      language: "en",
      maxConversations: 5,
      isolated: 0,
      outbound: 1,
      enabled: 1,
      createdAt: tx.now,
    })
    return id
  })
