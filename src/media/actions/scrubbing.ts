/** Whether what was kept is still what was kept: file after file, in the background, a piece at a time. */
import type { AppDatabase } from "~/database/database.ts"
import type { Tx } from "~/database/handles.ts"
import { DAMAGED_SETTING, writeSetting } from "~/database/settings.ts"
import { applianceQuery, applianceStatement, query, statement } from "~/database/statement.ts"
import { SYSTEM } from "~/facts.ts"
import { type Cancel, type Clock, hours, type Milliseconds, minutes, onNextTurn } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { describeError, type Log } from "~/kernel/log.ts"
import { piecesOf } from "../queries.ts"

/** Nothing is looked at while the day begins; then a round, and a round again a day after its end. */
const FIRST_AFTER: Milliseconds = minutes(10)
const AGAIN_AFTER: Milliseconds = hours(24)
/** No faster than ten megabytes a second: agents are waiting for the same disk. */
const BYTES_PER_MILLISECOND = 10_000
const LEAST_PAUSE: Milliseconds = 50

export interface Scrub {
  /** Files whose bytes are no longer those that were stored, as far as this run has looked. */
  readonly damaged: number
  stop(): void
}

const next = applianceStatement((p: { after: Id }) =>
  applianceQuery
    .selectFrom("mediaFile")
    .select(["id", "tenant", "sha256", "size"])
    .where("id", ">", p.after)
    .where("sha256", "is not", null)
    .orderBy("id")
    .limit(1),
)

/** Goes on by itself until it is stopped. */
export function createScrub({ database, clock, log }: { database: AppDatabase; clock: Clock; log: Log }): Scrub {
  const damaged = new Set<Id>()
  let after: Id = 0
  let isStopped = false
  let disarm: Cancel = () => {}

  /** Looks at one file; answers how long to wait for the next. */
  async function look(): Promise<Milliseconds> {
    const file = database.appliance.read.one(next, { after })
    if (!file) {
      after = 0
      await remember()
      return AGAIN_AFTER
    }
    after = file.id
    if (await isWhole(file)) damaged.delete(file.id)
    else if (!isStopped) await note(file)
    return Math.max(LEAST_PAUSE, file.size / BYTES_PER_MILLISECOND)
  }

  /** Told once to its tenant's administrators, and kept for `sportello doctor`. */
  async function note({ id, tenant }: Kept): Promise<void> {
    const isNew = !damaged.has(id)
    damaged.add(id)
    log.error("a kept file is damaged: restore it from a backup, or have it sent again", { file: id })
    if (!isNew) return
    await remember()
    await database.tenant(tenant).act(SYSTEM, (tx) => tellDamage(tx, id))
  }

  const remember = () => database.appliance.act((tx) => writeSetting(tx, DAMAGED_SETTING, String(damaged.size)))

  async function isWhole({ id, tenant, sha256, size }: Kept): Promise<boolean> {
    const hash = new Bun.CryptoHasher("sha256")
    try {
      for (const piece of piecesOf(database.tenant(tenant).read, id, 0, size)) {
        hash.update(piece)
        await new Promise<void>(onNextTurn)
        if (isStopped) return true
      }
    } catch (error) {
      log.error("a kept file cannot be read", { file: id, ...describeError(error) })
      return false
    }
    return hash.digest().equals(Buffer.from(sha256 ?? []))
  }

  const wait = (span: Milliseconds) => {
    if (isStopped) return
    disarm = clock.wakeAt(clock.now() + span, () => {
      look()
        .catch((error) => {
          log.error("files could not be looked at", describeError(error))
          return AGAIN_AFTER
        })
        .then(wait)
    })
  }
  wait(FIRST_AFTER)
  return {
    get damaged() {
      return damaged.size
    },
    stop() {
      isStopped = true
      disarm()
    },
  }
}

/** By the name under which a message shows it, and the conversation where it is. */
function tellDamage(tx: Tx, file: Id): void {
  const shown = tx.one(shownAs, { file })
  const notice = { kind: "file_damaged", words: shown?.name ?? String(file) } as const
  const place = shown === null ? {} : { conversation: shown.conversation }
  tx.raise({ type: "notice.due", to: { administrators: true }, notice: { ...notice, ...place } })
}

const shownAs = statement((p: { file: Id }) =>
  query
    .selectFrom("media")
    .innerJoin("message", "message.id", "media.message")
    .select(["media.name", "message.conversation"])
    .where("media.file", "=", p.file)
    .orderBy("message.id", "desc")
    .limit(1),
)

type Kept = { id: Id; tenant: Id; sha256: Uint8Array | null; size: number }
