import { routeFor } from "~/assignment/queries/routing.ts"
import { channelSettings } from "~/channel/queries.ts"
import { silentPlace, thankedFor } from "~/conversation/actions/of-customer.ts"
import { hear } from "~/conversation/actions.ts"
import type { Opening } from "~/conversation/rules/receiving.ts"
import { hearPreference } from "~/customer/actions/standing.ts"
import { changeIdentity, findCustomer, identify } from "~/customer/actions.ts"
import { isKnown } from "~/customer/queries/known.ts"
import { isBlocked } from "~/customer/queries.ts"
import type { Tx } from "~/database/handles.ts"
import { unreachable } from "~/kernel/assert.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { menuAnswers } from "~/menu/queries.ts"
import { applyStatus } from "~/message/actions/delivering.ts"
import { recordAmendment, recordAside, recordInbound, recordKept } from "~/message/actions/receiving.ts"
import { alreadyKnown } from "~/message/queries.ts"
import type { Letter } from "~/message/rules/content.ts"
import { hearNews } from "~/template/actions.ts"
import type { AccountItem, EchoItem, MessageItem, PreferenceItem, TemplateNews, WireItem } from "../payload.ts"
import { noteForAdmin } from "../records.ts"
import { letterOf, reportOf } from "./letter.ts"

/** Puts an item where it belongs in its tenant. What is not ours to serve (groups, a synchronised past) is left. */
export function place(tx: Tx, channel: Id, item: WireItem): void {
  switch (item.kind) {
    case "message":
      placeMessage(tx, channel, item)
      break
    case "echo":
      placeEcho(tx, channel, item)
      break
    case "status":
      if (item.groupId === null && item.origin === "number") applyStatus(tx, channel, reportOf(item))
      break
    case "identity":
      if (changeIdentity(tx, item) === null) noteForAdmin(tx, channel, "identity", item)
      break
    case "account":
      noteForAdmin(tx, item.phoneNumberId === null ? null : channel, item.field, item)
      if (item.template) hearNews(tx, channel, item.field, presentNews(item, item.template))
      break
    case "preference":
      placePreference(tx, channel, item)
      break
    case "handover":
    case "call":
    case "problem":
      noteForAdmin(tx, channel, NOTICE_FIELDS[item.kind], item)
      break
    case "history":
    case "contactBook":
    case "ignored":
      break
    default:
      unreachable(item)
  }
}

/** A category that is announced for tomorrow is not the one of today (wire reference §4.4). */
const presentNews = ({ value }: AccountItem, news: TemplateNews): TemplateNews =>
  "correct_category" in value ? { ...news, category: null } : news

/** Meta's own names for them, as its pages list them. */
const NOTICE_FIELDS = {
  handover: "messaging_handovers",
  call: "calls",
  problem: "errors",
} as const

function placeMessage(tx: Tx, channel: Id, item: MessageItem): void {
  if (item.groupId !== null || item.historic || alreadyKnown(tx, item.wamid)) return
  const letter = letterOf(item)
  if (amends(letter)) {
    recordAmendment(tx, channel, letter)
    return
  }
  const customer = identify(tx, item.from)
  if (item.origin === "standby" || item.content.kind === "system") {
    recordAside(tx, customer, channel, letter)
    return
  }
  const aside = asideOf(tx, customer, channel, letter)
  if (aside !== null) {
    recordKept(tx, aside, channel, letter)
    return
  }
  const heardBy = hear(tx, { customer, channel, sentAt: item.sentAt, route: () => routeOf(tx, channel, customer) })
  recordInbound(tx, { heardBy, channel }, letter, tx.now)
}

/** A stranger's first conversation with a number for known customers waits for a supervisor; the menu asks nothing. */
function routeOf(tx: Tx, channel: Id, customer: Id): Opening["route"] {
  const isStranger = channelSettings(tx, channel).onlyKnownCustomers && !isKnown(tx, customer)
  if (!isStranger && menuAnswers(tx, channel)) return { to: "menu" }
  return { to: isStranger ? "nobody" : "queue", ...found(routeFor(tx, { channel, customer })) }
}

/** What goes to nobody: a blocked customer's words, and thanks for a conversation that is over. */
function asideOf(tx: Tx, customer: Id, channel: Id, { kind, text, sentAt }: Letter): Id | null {
  if (isBlocked(tx, customer)) return silentPlace(tx, customer, channel)
  return kind === "text" ? thankedFor(tx, customer, channel, text, sentAt) : null
}

/** The customer's switch in WhatsApp itself; of somebody unknown there is nothing to hold back. */
function placePreference(tx: Tx, channel: Id, item: PreferenceItem): void {
  noteForAdmin(tx, channel, "user_preferences", item)
  const { userId, phone } = item.customer
  const customer = userId === null && phone === null ? null : findCustomer(tx, { userId, phone })
  if (customer) hearPreference(tx, customer.id, item.value === "stop" ? "out" : "in", item.detail ?? "")
}

/** Nobody is made a customer, and no conversation opened, by what we ourselves wrote elsewhere. */
function placeEcho(tx: Tx, channel: Id, item: EchoItem): void {
  if (item.groupId !== null || item.historic || alreadyKnown(tx, item.wamid)) return
  const letter = letterOf(item)
  if (amends(letter)) {
    recordAmendment(tx, channel, letter)
    return
  }
  const customer = findCustomer(tx, item.to)
  if (customer) recordAside(tx, customer.id, channel, letter)
}

const amends = (letter: Letter): letter is Letter & { targetWamid: string } => letter.targetWamid !== null
