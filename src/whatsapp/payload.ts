import type { Instant } from "~/kernel/clock.ts"
import {
  ACCOUNT_FIELDS,
  readAccount,
  readContactBook,
  readHandover,
  readPreference,
  readUserIdUpdate,
} from "./payload-account.ts"
import { readCall } from "./payload-call.ts"
import { readEcho, readErrors, readMessage, type Surroundings, threadSummaryIn } from "./payload-message.ts"
import { child, deeperThan, digits, get, identifier, instant, isRecord, list, number } from "./payload-read.ts"
import { readStatus } from "./payload-status.ts"
import type { IgnoredReason, Json, Place, RejectionReason, Translation, WireItem } from "./payload-types.ts"

export type { ContactCard, FormAnswer, InboundContent, MediaReference, OrderItem } from "./payload-content-types.ts"
export { summaryText } from "./payload-summary.ts"
export type * from "./payload-types.ts"

/** Meta's envelopes are some ten levels deep; a walk of 200,000 levels would end the process. */
const DEEPEST_ENVELOPE = 64

/**
 * A webhook's body in our words. Pure and total: never throws, loops every entry, change, message and status. What
 * cannot be understood is set aside with its raw JSON, and its siblings live.
 */
export function translate(envelope: unknown): Translation {
  const result: Translation = { items: [], rejected: [] }
  if (deeperThan(envelope, DEEPEST_ENVELOPE)) {
    result.rejected.push({ reason: "too_deep", raw: null })
  } else if (!isRecord(envelope) || !Array.isArray(get(envelope, "entry"))) {
    result.rejected.push({ reason: "not_an_envelope", raw: envelope })
  } else {
    each(result, envelope, "entry", (entry) => {
      each(result, entry, "changes", (change) => readChange(result, entry, change))
    })
  }
  return result
}

type Outcome = WireItem | RejectionReason

/** What a reader of one `value` needs to know of its neighbourhood. */
type Change = {
  result: Translation
  field: string
  value: Json
  place: Place
  displayPhone: string | null
  entryTime: Instant | null
}

function readChange(result: Translation, entry: Json, raw: Json): void {
  const value = get(raw, "value")
  if (!isRecord(value)) {
    result.rejected.push({ reason: "not_an_object", raw })
    return
  }
  const metadata = child(value, "metadata")
  const change: Change = {
    result,
    field: identifier(get(raw, "field")) ?? identifier(get(entry, "field")) ?? impliedField(value),
    value,
    place: { wabaId: identifier(get(entry, "id")), phoneNumberId: identifier(get(metadata, "phone_number_id")) },
    displayPhone: digits(get(metadata, "display_phone_number")),
    entryTime: instant(get(entry, "time")),
  }
  const before = result.items.length + result.rejected.length
  dispatch(change)
  if (result.items.length + result.rejected.length === before) ignore(change, "empty")
}

/** Meta's own examples put `field` at the wrong level or leave it out (§1.3). */
const impliedField = (value: Json) =>
  get(value, "messages") !== undefined || get(value, "statuses") !== undefined ? "messages" : ""

function dispatch(change: Change): void {
  const { result, field, value, place, entryTime } = change
  const keep = (key: string, read: (raw: Json) => Outcome) =>
    each(result, value, key, (raw) => add(result, raw, read(raw)))
  switch (field) {
    case "messages":
    case "smb_message_echoes":
    case "message_echoes":
      readConversation(change, value, { standby: false, historic: false })
      break
    case "standby":
      readConversation(change, child(value, "standby") ?? value, { standby: true, historic: false })
      break
    case "history":
      readHistory(change)
      break
    case "smb_app_state_sync":
      keep("state_sync", (raw) => readContactBook(raw, place))
      break
    case "messaging_handovers":
      add(result, value, readHandover(value, place, entryTime))
      break
    case "user_preferences":
      keep("user_preferences", (raw) => readPreference(raw, place, list(value, "contacts"), entryTime))
      break
    case "user_id_update":
      keep("user_id_update", (raw) => readUserIdUpdate(raw, place, entryTime))
      break
    case "calls":
      readCalls(change)
      break
    default:
      if (ACCOUNT_FIELDS.has(field)) add(result, value, readAccount(field, value, place, entryTime))
      else ignore(change, field.startsWith("group_") ? "group" : "unknown_field")
  }
}

/** The arrays that may stand beside each other in one `value`: messages, echoes, statuses, errors. */
function readConversation(change: Change, value: Json, mode: { standby: boolean; historic: boolean }): void {
  const { result, place, entryTime } = change
  const around: Surroundings = {
    place,
    contacts: list(value, "contacts"),
    companions: list(value, "messages").length + list(value, "message_echoes").length,
    entryTime,
    ...mode,
    threadSummary: threadSummaryIn(value),
  }
  each(result, value, "messages", (raw) => add(result, raw, readMessage(raw, around)))
  each(result, value, "message_echoes", (raw) => add(result, raw, readEcho(raw, around)))
  each(result, value, "statuses", (raw) => add(result, raw, readStatus(raw, place, entryTime, mode.standby)))
  readProblem(change, value)
}

function readCalls(change: Change): void {
  const { result, value } = change
  const read = (raw: Json) => add(result, raw, readCallIn(change, raw))
  each(result, value, "calls", read)
  each(result, value, "statuses", read)
  readProblem(change, value)
}

const readCallIn = ({ value, place, displayPhone, entryTime }: Change, raw: Json) =>
  readCall(raw, place, { contacts: list(value, "contacts"), displayPhone }, entryTime)

/** Chunks of the past, each with its progress; media of the last days follow as messages of their own (§2.3). */
function readHistory(change: Change): void {
  const { result, value, place } = change
  each(result, value, "history", (chunk) => {
    const metadata = child(chunk, "metadata")
    result.items.push({
      kind: "history",
      ...place,
      phase: number(get(metadata, "phase")),
      chunkOrder: number(get(metadata, "chunk_order")),
      progressPercent: number(get(metadata, "progress")),
      errors: readErrors(chunk),
    })
    each(result, chunk, "threads", (thread) => {
      each(result, thread, "messages", (raw) => add(result, raw, readPast(change, thread, raw)))
    })
  })
  readConversation(change, value, { standby: false, historic: true })
}

/** Ours when it names a recipient or came from our own number; the thread is the customer. */
function readPast(change: Change, thread: Json, raw: Json): Outcome {
  const { place, displayPhone, entryTime } = change
  const customer = child(thread, "context") ?? { wa_id: get(thread, "id") }
  const around: Surroundings = {
    place,
    contacts: [customer],
    companions: 1,
    entryTime,
    standby: false,
    historic: true,
    threadSummary: null,
  }
  const ours = get(raw, "to") !== undefined || get(raw, "to_user_id") !== undefined
  const fromUs = displayPhone !== null && digits(get(raw, "from")) === displayPhone
  return ours || fromUs ? readEcho(raw, around) : readMessage(raw, around)
}

function readProblem({ result, place }: Change, value: Json): void {
  const errors = readErrors(value)
  if (errors.length > 0) result.items.push({ kind: "problem", ...place, errors })
}

function ignore({ result, place, field }: Change, reason: IgnoredReason): void {
  result.items.push({ kind: "ignored", ...place, field, reason })
}

function add(result: Translation, raw: Json, outcome: Outcome): void {
  if (typeof outcome === "string") result.rejected.push({ reason: outcome, raw })
  else result.items.push(outcome)
}

/** Reads every object of a list; anything else in it, or in its place, is set aside. */
function each(result: Translation, from: Json, key: string, read: (raw: Json) => void): void {
  const value = get(from, key)
  if (value === undefined || value === null) return
  if (!Array.isArray(value)) {
    result.rejected.push({ reason: "not_a_list", raw: value })
    return
  }
  for (const raw of value) {
    if (isRecord(raw)) read(raw)
    else result.rejected.push({ reason: "not_an_object", raw })
  }
}
