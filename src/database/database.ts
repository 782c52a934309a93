/** The room of the one file: opening it gives handles bound to a tenant, the writer, the alarm and the bell. */
import type { Actor } from "~/facts.ts"
import { type Clock, minutes } from "~/kernel/clock.ts"
import { type Id, IdMaker, madeAt } from "~/kernel/id.ts"
import type { Log } from "~/kernel/log.ts"
import { type FollowUp, Writer } from "./act.ts"
import { Bell } from "./bell.ts"
import { DatabaseFile } from "./file.ts"
import type { ApplianceReader, ApplianceTx, Reader, Tx } from "./handles.ts"
import { type Migration, type MigrationReport, migrate } from "./migrate.ts"
import { ReadingRoom } from "./reading-room.ts"
import type { Secrets } from "./secrets.ts"
import { applianceQuery, applianceStatement } from "./statement.ts"
import { Alarm } from "./timers.ts"

export type DatabaseParts = {
  /** Path of the file. */
  path: string
  clock: Clock
  log: Log
  migrations: readonly Migration[]
  /** Names this run of the appliance; unique among all of them. */
  bootId: string
  secrets: Secrets
  followUp: FollowUp
}

/** Everything a room above may do with one tenant. */
export interface TenantHandle {
  readonly id: Id
  readonly read: Reader
  /** One command, one transaction: the script and everything that follows from it, or nothing at all. */
  act<Result>(actor: Actor, script: (tx: Tx) => Result): Promise<Result>
}

export interface AppDatabase {
  readonly path: string
  readonly bell: Bell
  readonly bootId: string
  readonly secrets: Secrets
  readonly migrated: MigrationReport
  /** For what grows with the years. */
  readonly readingRoom: ReadingRoom
  tenant(id: Id): TenantHandle
  readonly appliance: {
    readonly read: ApplianceReader
    act<Result>(script: (tx: ApplianceTx) => Result): Promise<Result>
  }
  /** Fires overdue timers, then keeps the alarm set. Before this nothing happens by itself. */
  start(): Promise<void>
  onCommit(listener: () => void): void
  /** Empties the log of what was written lately; false when somebody reads from it. Between commands only. */
  emptyLog(): boolean
  /** Resolves once nobody can tell what is on disk: the process has to end, and another one to read the file anew. */
  readonly lost: Promise<unknown>
  idle(): Promise<void>
  close(): Promise<void>
}

export function openDatabase(parts: DatabaseParts): AppDatabase {
  const { path, clock, log, bootId, secrets } = parts
  const migrated = migrate(path, parts.migrations, clock.now(), `${path}.before-upgrade-${clock.now()}`)
  const file = new DatabaseFile(path)
  const bell = new Bell(bootId)
  const newest = largestId(file)
  if (clock.now() < madeAt(newest) - minutes(1))
    log.error("the clock is behind what the file has seen", { milliseconds: madeAt(newest) - clock.now() })
  const ids = new IdMaker(clock, newest)
  const writer = new Writer({ file, clock, ids, bell, followUp: parts.followUp })
  const read: ApplianceReader = {
    get now() {
      return clock.now()
    },
    all: (statement, ...given) => file.all(statement, given[0] ?? {}, null),
    one: (statement, ...given) => file.one(statement, given[0] ?? {}, null),
  }
  const alarm = new Alarm({ writer, reader: read, clock, log })
  const readingRoom = new ReadingRoom(path)
  return {
    path,
    bell,
    bootId,
    secrets,
    migrated,
    readingRoom,
    lost: writer.lost,
    tenant: (id) => tenantHandle(id, file, clock, writer),
    appliance: { read, act: (script) => writer.act(script) },
    start: () => alarm.fireDue(),
    onCommit: (listener) => writer.onCommit(listener),
    emptyLog: () => file.emptyLog(),
    idle: () => writer.idle(),
    async close() {
      alarm.stop()
      await readingRoom.close()
      await writer.idle()
      file.close()
    },
  }
}

function tenantHandle(id: Id, file: DatabaseFile, clock: Clock, writer: Writer): TenantHandle {
  return {
    id,
    read: {
      tenant: id,
      get now() {
        return clock.now()
      },
      all: (statement, ...given) => file.all(statement, given[0] ?? {}, id),
      one: (statement, ...given) => file.one(statement, given[0] ?? {}, id),
    },
    act: (actor, script) => writer.actWithin(id, actor, script),
  }
}

/** Every table that ids are made for: none may repeat in another, for deadlines are kept by the id of their subject. */
const MADE_FOR = [
  "message",
  "event",
  "envelope",
  "quarantine",
  "channelNotice",
  "presenceChange",
  "user",
  "skillset",
  "channel",
  "customer",
  "conversation",
  "mediaFile",
  "auditEntry",
  "mail",
  "reportSchedule",
  "retention",
  "retentionRun",
  "erasure",
  "hold",
  "customerImport",
  "customerImportProblem",
  "customerJoin",
] as const
const largestOf = MADE_FOR.map((table) =>
  applianceStatement(() => applianceQuery.selectFrom(table).select("id").orderBy("id", "desc").limit(1)),
)

/** Ids must not repeat after a restart with the clock set back. */
const largestId = (file: DatabaseFile): Id =>
  Math.max(...largestOf.map((largest) => file.one<{ id: Id }>(largest, {}, null)?.id ?? 0))
