/**
 * Words become findable a moment after they were said: in the background, in small commits of their own, so that whoever
 * waits for an answer never waits for the index. How far it got is a row; after a stop, a kill or an upgrade it goes on.
 */
import type { AppDatabase } from "~/database/database.ts"
import { type Cancel, type Clock, type Milliseconds, onNextTurn, seconds } from "~/kernel/clock.ts"
import { describeError, type Log } from "~/kernel/log.ts"
import { isAwaited, isBehind } from "../queries/indexed.ts"
import { forgetWords, indexWords, mergeWords } from "../store/words.ts"

export interface WordIndexing {
  /** Lets what waits for the index into it before somebody looks for it; a long way behind, only a part of it. */
  catchUp(): Promise<void>
  /** Whether pieces of the index are being put together: until then a search is slower. */
  readonly isInPieces: boolean
  stop(): void
}

/** Some milliseconds of the writer: nobody notices who has to wait for it. */
const BATCH = 100
/** Of the pieces that batches leave, so many pages are put together after each, and while nothing waits for the index. */
const MERGED_PAGES = 32
/** What is said within this goes together: a batch costs little more with twenty messages than with one. */
const GATHERS: Milliseconds = 300
/** Between batches of a long way: a breath when nobody else writes, else nearly all of the time is theirs, and a batch is larger. */
const BREATH: Milliseconds = 5
const YIELD: Milliseconds = 200
const BATCH_AMONG_OTHERS = 300
/** Somebody who wrote within this writes again. */
const OTHERS_REMAIN: Milliseconds = seconds(1)
const AFTER_TROUBLE: Milliseconds = seconds(5)
/** A search waits for so many batches. */
const MOST_WAITED_FOR = 5

/** Goes on by itself until it is stopped. */
export function indexInBackground(parts: { database: AppDatabase; clock: Clock; log: Log }): WordIndexing {
  const { database, clock, log } = parts
  let isStopped = false
  let disarm: Cancel | null = null
  let working: Promise<void> | null = null
  let othersAt = -OTHERS_REMAIN
  // Whoever was here before may have left it so.
  let isInPieces = true
  const isAmongOthers = () => clock.now() < othersAt + OTHERS_REMAIN

  /** One batch. */
  async function take(): Promise<void> {
    const batch = isAmongOthers() ? BATCH_AMONG_OTHERS : BATCH
    const looked = await database.appliance.act((tx) => indexWords(tx, batch))
    isInPieces ||= looked > 0
  }
  async function step(): Promise<void> {
    await take()
    if (isInPieces && !isStopped) isInPieces = await database.appliance.act((tx) => mergeWords(tx, MERGED_PAGES))
  }
  const work = (what = step) => {
    working ??= what().finally(() => {
      working = null
    })
    return working
  }

  function wait(span: Milliseconds): void {
    if (isStopped || disarm !== null) return
    disarm = clock.wakeAt(clock.now() + span, () => {
      disarm = null
      void look()
    })
  }
  async function look(): Promise<void> {
    if (isStopped) return
    try {
      await work()
      // What was written meanwhile has called nobody.
      if (isInPieces || isBehind(database.appliance.read)) wait(isAmongOthers() ? YIELD : BREATH)
    } catch (error) {
      if (isStopped) return
      log.error("words could not be indexed", describeError(error))
      wait(AFTER_TROUBLE)
    }
  }

  database.onCommit(() => {
    if (working !== null) return
    othersAt = clock.now()
    wait(GATHERS)
  })
  wait(isBehind(database.appliance.read) ? BREATH : GATHERS)
  return {
    get isInPieces() {
      return isInPieces
    },
    async catchUp() {
      for (let round = 0; round < MOST_WAITED_FOR && !isStopped && isAwaited(database.appliance.read); round++) {
        // What is under way may have begun before the last of it was said. Putting pieces together is for later.
        if (working !== null) await working
        else await work(take)
        await new Promise<void>(onNextTurn)
      }
    },
    stop() {
      isStopped = true
      disarm?.()
    },
  }
}

/** Empties the index: whoever keeps it next begins with the first message. */
export const indexAgain = (database: AppDatabase): Promise<void> => database.appliance.act(forgetWords)
