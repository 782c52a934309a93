/** What is under way in a tenant goes on by one step; every step is a command of its own, so that nobody waits for it. */
import { rowsOfPerson } from "~/customer/queries.ts"
import type { Tx } from "~/database/handles.ts"
import type { ErasureRow, RetentionRunRow } from "~/database/tables.ts"
import { conversationsOfCustomer, dueConversations, dueLogs, dueMedia, duePresence } from "../queries/due.ts"
import { dueImportProblems } from "../queries/imports.ts"
import { namesIn, ofTheWire } from "../rules/erasing.ts"
import { AT_ONCE, cutOff, ERASURE_PHASES, nextPhase, RETENTION, RUN_PHASES } from "../rules.ts"
import { runningErasure, saveErasure } from "../store/erasures.ts"
import { loadRetention, runningRun, saveRun } from "../store.ts"
import { endErasure, endRun } from "./ending.ts"
import { type Gone, nothingGone, removeConversations, removeFilePieces } from "./removing.ts"

/** `waits`: for something outside; `imports`, `webhooks` and `traces` are for whoever sweeps: they take more than a command. */
export type Stepped = "went on" | "waits" | "nothing" | "imports" | "webhooks" | "traces"

/** An erasure comes before the night's pass; files that nothing shows any more before either goes on. */
export function step(tx: Tx): Stepped {
  const erasure = runningErasure(tx)
  const run = runningRun(tx)
  const file = removeFilePieces(tx)
  if (file) {
    if (erasure) saveErasure(tx, plus(erasure, file))
    else if (run) saveRun(tx, plus(run, file))
    return "went on"
  }
  if (erasure) return stepErasure(tx, erasure)
  return run ? stepRun(tx, run) : "nothing"
}

const plus = <Row extends Gone>(row: Row, { conversations, messages, files, bytes }: Gone): Row => ({
  ...row,
  conversations: row.conversations + conversations,
  messages: row.messages + messages,
  files: row.files + files,
  bytes: row.bytes + bytes,
})

const isNothing = (gone: Gone): boolean => gone.conversations === 0 && gone.messages === 0

function stepErasure(tx: Tx, erasure: ErasureRow): Stepped {
  switch (erasure.phase) {
    case "conversations": {
      const due = conversationsOfCustomer(tx, erasure.customer, AT_ONCE.conversations)
      if (due.length === 0) return enterErasure(tx, erasure)
      const gone = removeConversations(tx, due)
      if (isNothing(gone)) return "waits"
      saveErasure(tx, plus(erasure, gone))
      ring(tx)
      return "went on"
    }
    case "customer":
      return stepCustomer(tx, erasure)
    case "webhooks":
    case "traces":
      return erasure.phase
    case "over":
      return "nothing"
  }
}

/** First what files of customers said of them, and then every row that was them, whoever they were joined with last. */
function stepCustomer(tx: Tx, erasure: ErasureRow): Stepped {
  if (erasure.position === 0) return "imports"
  const left = dueImportProblems(tx)
  if (left !== null) {
    tx.raise({ type: "removal.import_problems_due", import: left, most: AT_ONCE.problems })
    return "went on"
  }
  for (const customer of rowsOfPerson(tx, erasure.customer).reverse())
    tx.raise({ type: "removal.customer_due", customer })
  const names = JSON.stringify(ofTheWire(namesIn(erasure.names)))
  return enterErasure(tx, { ...erasure, position: 0, names })
}

/** Whatever follows the phase; the names are of use for one of them alone. */
export function enterErasure(tx: Tx, erasure: ErasureRow): Stepped {
  const phase = nextPhase(ERASURE_PHASES, erasure.phase)
  if (phase === "over") endErasure(tx, erasure)
  else saveErasure(tx, { ...erasure, phase, ...(phase === "traces" ? { names: "[]" } : {}) })
  ring(tx)
  return "went on"
}

function stepRun(tx: Tx, run: RetentionRunRow): Stepped {
  const retention = loadRetention(tx)?.settings ?? RETENTION.standard
  switch (run.phase) {
    case "conversations": {
      const due = dueConversations(tx, cutOff(retention, "conversationsDays", run.startedAt), AT_ONCE.conversations)
      if (due.length === 0) return enterRun(tx, run)
      const gone = removeConversations(tx, due)
      if (isNothing(gone)) return "waits"
      return wentOn(tx, plus(run, gone))
    }
    case "media":
      return stepMedia(tx, run, cutOff(retention, "mediaDays", run.startedAt))
    case "webhooks":
      return cutOff(retention, "webhooksDays", run.startedAt) === null ? enterRun(tx, run) : "webhooks"
    case "logs":
      return stepLogs(tx, run, cutOff(retention, "logsDays", run.startedAt))
    case "presence":
      return stepPresence(tx, run, cutOff(retention, "presenceDays", run.startedAt))
    case "over":
      return "nothing"
  }
}

export function enterRun(tx: Tx, run: RetentionRunRow): Stepped {
  const phase = nextPhase(RUN_PHASES, run.phase)
  if (phase === "over") endRun(tx, run)
  else saveRun(tx, { ...run, phase, position: 0 })
  ring(tx)
  return "went on"
}

function wentOn(tx: Tx, run: RetentionRunRow): Stepped {
  saveRun(tx, run)
  ring(tx)
  return "went on"
}

type Before = number | null

function stepMedia(tx: Tx, run: RetentionRunRow, before: Before): Stepped {
  const found = before === null ? [] : dueMedia(tx, run.position, before, AT_ONCE.files)
  const last = found.at(-1)
  if (!last) return enterRun(tx, run)
  const messages = found.filter(({ goes }) => goes).map(({ message }) => message)
  if (messages.length > 0) tx.raise({ type: "removal.files_due", messages })
  return wentOn(tx, { ...plus(run, nothingGone), position: last.message })
}

function stepLogs(tx: Tx, run: RetentionRunRow, before: Before): Stepped {
  const count = before === null ? 0 : dueLogs(tx, before, AT_ONCE.logs)
  if (before === null || count === 0) return enterRun(tx, run)
  tx.raise({ type: "removal.logs_due", before, most: AT_ONCE.logs })
  return wentOn(tx, { ...run, logs: run.logs + count })
}

function stepPresence(tx: Tx, run: RetentionRunRow, before: Before): Stepped {
  const due = before === null ? null : duePresence(tx, run.position, before, AT_ONCE.changes)
  if (!due) return enterRun(tx, run)
  tx.raise({ type: "removal.presence_due", user: due.user, before: due.before })
  const presenceChanges = run.presenceChanges + due.count
  return wentOn(tx, { ...run, presenceChanges, position: due.isLast ? due.user : run.position })
}

const ring = (tx: Tx): void => tx.ring("retention", { everyone: true, watchersOnly: true })
