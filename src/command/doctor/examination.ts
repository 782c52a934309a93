/** What the database says of the appliance's health; asked where it is open. */
import type { Database } from "bun:sqlite"
import type { ApplianceReader } from "~/database/handles.ts"
import { keyFits } from "~/database/key-file.ts"
import type { Secrets } from "~/database/secrets.ts"
import { DAMAGED_SETTING, readSetting } from "~/database/settings.ts"
import { applianceQuery, applianceStatement, type Compiled, valuesOf } from "~/database/statement.ts"
import type { Clock, Instant } from "~/kernel/clock.ts"
import { madeAt } from "~/kernel/id.ts"
import { behindFrom } from "~/message/queries/indexed.ts"

export type Examination = {
  keyFits: boolean | null
  lastWebhookAt: Instant | null
  /** The newest moment the database knows of: a clock that shows less has been set back. */
  newestAt: Instant | null
  heldChannels: { name: string; reason: string }[]
  /** Of the kept files, as far as the last look at them came. */
  damagedFiles: number
  /** What was said from here on cannot be found by its words yet; null: all of it can. */
  wordsBehindFrom: Instant | null
}

const lastEnvelope = applianceStatement(() =>
  applianceQuery.selectFrom("envelope").select("receivedAt").orderBy("id", "desc").limit(1),
)
const newestEvent = applianceStatement(() =>
  applianceQuery.selectFrom("event").select("id").orderBy("id", "desc").limit(1),
)
const held = applianceStatement(() =>
  applianceQuery
    .selectFrom("channel")
    .select(["name", "holdReason"])
    .where("holdReason", "is not", null)
    .orderBy("name"),
)

/** `isCurrent`: the file has everything that this release brings. */
export function examine(read: ApplianceReader, secrets: Secrets, isCurrent = true): Examination {
  const lastWebhookAt = read.one(lastEnvelope)?.receivedAt ?? null
  const event = read.one(newestEvent)
  const moments = [lastWebhookAt, event && madeAt(event.id)].filter((moment) => moment !== null)
  return {
    keyFits: keyFits(read, secrets),
    lastWebhookAt,
    newestAt: moments.length > 0 ? Math.max(...moments) : null,
    heldChannels: read.all(held).map(({ name, holdReason }) => ({ name, reason: holdReason ?? "" })),
    damagedFiles: Number(readSetting(read, DAMAGED_SETTING) ?? 0),
    wordsBehindFrom: isCurrent ? behindFrom(read) : null,
  }
}

/** Reads a file that nobody has open, without touching it. */
export function readerOver(connection: Database, clock: Clock): ApplianceReader {
  const all = (statement: { compiled(): Compiled }, given: object = {}): unknown[] => {
    const compiled = statement.compiled()
    return connection.query(compiled.sql).all(...valuesOf(compiled, { ...given }, null))
  }
  return {
    now: clock.now(),
    all: (statement, ...given) => all(statement, given[0] ?? {}) as never,
    one: (statement, ...given) => (all(statement, given[0] ?? {})[0] ?? null) as never,
  }
}
