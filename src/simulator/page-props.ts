/** What the page is told: the world, put the way a person looks at it. */

import type { BenchProps, BubbleProps, PhoneProps, WireProps } from "views/simulator/props.ts"
import type { Instant } from "~/kernel/clock.ts"
import { readablePhone } from "~/kernel/phone.ts"
import type { BusyDay } from "./busy-day.ts"
import { mediumOf } from "./content.ts"
import type { FaultKind, Faults } from "./faults.ts"
import { textOf } from "./json.ts"
import type { WireEntry } from "./wire.ts"
import {
  type Customer,
  chatKey,
  chatOf,
  isWindowOpen,
  type Line,
  lineById,
  type SimMessage,
  type World,
} from "./world.ts"

/** What one browser has chosen to see. */
export type Looking = {
  language: "en" | "it"
  /** Ids of the customers whose phones are shown; null for the first three. */
  phones: string[] | null
  /** Customer id → phone number id of the chat that is open. */
  chats: ReadonlyMap<string, string>
}

type Parts = { world: World; faults: Faults; busyDay: BusyDay; productUrl: string | null }

const PHONES_SHOWN_FIRST = 3
const BUBBLES_SHOWN = 60
const WIRE_SHOWN = 40
const USUAL: readonly FaultKind[] = [
  "slow-answer",
  "too-many-requests",
  "webhook-duplicate",
  "webhook-reorder",
  "token-refused",
]
const MORE: readonly FaultKind[] = [
  "graph-error",
  "server-error",
  "connection-reset",
  "accepts-without-answer",
  "accepts-then-reset",
  "accepts-then-server-error",
  "answer-html",
  "answer-broken-json",
  "answer-without-id",
  "status-never",
  "status-before-answer",
  "status-failed",
  "webhook-outage",
  "media-missing",
  "media-altered",
]
export const PAGE_FAULTS: readonly FaultKind[] = [...USUAL, ...MORE]
export const USUAL_DELAY_SECONDS = 4
export const USUAL_PACE = 12

export function benchProps({ world, faults, busyDay, productUrl }: Parts, looking: Looking): BenchProps {
  const customers = [...world.customers.values()]
  const shown = looking.phones ?? customers.slice(0, PHONES_SHOWN_FIRST).map(({ id }) => id)
  const rules = faults.list().filter(({ phoneNumberId, times }) => phoneNumberId === undefined && times === undefined)
  const isOn = (kind: FaultKind) => ({ kind, on: rules.some(({ fault }) => fault.kind === kind) })
  const slow = rules.map(({ fault }) => fault).find((fault) => fault.kind === "slow-answer")
  return {
    phones: shown.flatMap((id) => {
      const customer = world.customers.get(id)
      return customer ? [phoneProps(world, customer, looking)] : []
    }),
    customers: customers.map((customer) => ({
      id: customer.id,
      name: customer.name,
      number: customer.phone === null ? null : readablePhone(customer.phone),
      shown: shown.includes(customer.id),
      last: lastOf(world, customer)?.words.text ?? "",
    })),
    wire: world.wire.entries.slice(-WIRE_SHOWN).toReversed().map(wireProps(looking)),
    faults: {
      usual: USUAL.map(isOn),
      more: MORE.map(isOn),
      delaySeconds: slow ? Math.round(slow.delay / 1_000) : USUAL_DELAY_SECONDS,
    },
    pace: { on: busyDay.pace() > 0, perMinute: busyDay.pace() || USUAL_PACE },
    productUrl,
  }
}

export function phoneProps(world: World, customer: Customer, looking: Looking): PhoneProps {
  const line = openLine(world, customer, looking)
  const chat = chatOf(world, line.phoneNumberId, customer.id)
  const now = world.clock.now()
  const wroteOnce = chat.some(({ from }) => from === "customer")
  return {
    id: customer.id,
    name: customer.name,
    number: customer.phone === null ? null : readablePhone(customer.phone),
    username: customer.username,
    initials: initialsOf(customer.name),
    hue: (Number(customer.id.slice(1)) % 6) + 1,
    clock: clockTime(now, looking),
    airplane: customer.airplane,
    receipts: customer.receipts,
    marketing: customer.marketing,
    blocked: customer.blocked.has(line.phoneNumberId),
    line: { id: line.phoneNumberId, name: line.verifiedName, initials: initialsOf(line.verifiedName) },
    lines: [...world.lines.values()].map(({ phoneNumberId, verifiedName }) => ({
      id: phoneNumberId,
      name: verifiedName,
    })),
    bubbles: chat
      .filter(({ type }) => !INVISIBLE.has(type))
      .slice(-BUBBLES_SHOWN)
      .map((message) => bubbleProps(world, line, message, looking)),
    typing: (world.typingUntil.get(chatKey(line.phoneNumberId, customer.id)) ?? 0) > now,
    unsent: chat.some(({ from, delivery }) => from === "customer" && delivery === "waiting"),
    windowClosed: wroteOnce && !isWindowOpen(world, line.phoneNumberId, customer.id),
  }
}

/** Shown on the message they are about, not as bubbles. */
const INVISIBLE = new Set(["reaction", "edit", "revoke"])

/** The chosen chat, else the one with the latest message, else the first number. */
function openLine(world: World, customer: Customer, { chats }: Looking): Line {
  const chosen = chats.get(customer.id) ?? lastOf(world, customer)?.phoneNumberId
  return lineById(world, chosen !== undefined && world.lines.has(chosen) ? chosen : undefined)
}

function lastOf(world: World, customer: Customer): SimMessage | undefined {
  const last = [...world.lines.keys()].flatMap((id) => chatOf(world, id, customer.id).at(-1) ?? [])
  return last.toSorted((one, other) => other.at - one.at)[0]
}

function bubbleProps(world: World, line: Line, message: SimMessage, looking: Looking): BubbleProps {
  const { words } = message
  const quoted = world.messages.get(message.quoted ?? "") ?? null
  const { business, customer } = message.reactions
  return {
    id: message.id,
    side: message.from === "customer" ? "mine" : "theirs",
    type: message.type,
    heading: words.heading,
    text: words.text,
    footer: words.footer,
    time: clockTime(message.at, looking),
    tick: message.from === "customer" ? message.delivery : null,
    errorCode: message.from === "business" ? message.errorCode : null,
    quote: quoted && {
      who: quoted.from === "business" ? line.verifiedName : null,
      type: quoted.type,
      text: quoted.words.text,
    },
    medium: mediumProps(world, message),
    choices: words.choices && { ...words.choices, sections: sectionsOf(words.choices.choices) },
    links: words.links ?? [],
    chosen: message.chosen,
    reactions: [business, customer].filter((emoji) => emoji !== undefined),
    ownReaction: customer ?? null,
    edited: message.edited,
    deleted: message.deleted,
  }
}

function mediumProps(world: World, message: SimMessage): BubbleProps["medium"] {
  const { kind, id, link, filename } = mediumOf(message.type, message.content)
  if (kind === undefined) return null
  const medium = world.media.get(textOf(id))
  const name = textOf(filename) || medium?.filename || textOf(link) || kind
  if (!medium) return { kind, url: null, name, size: "" }
  return { kind, url: `/media/${medium.id}`, name, size: `${Math.max(1, Math.round(medium.bytes.length / 1_024))} KB` }
}

type Choice = NonNullable<SimMessage["words"]["choices"]>["choices"][number]

const sectionsOf = (choices: Choice[]) =>
  [...Map.groupBy(choices, ({ section }) => section)].map(([title, own]) => ({ title, choices: own }))

const wireProps =
  (looking: Looking) =>
  (entry: WireEntry): WireProps => ({
    order: entry.order,
    direction: entry.direction,
    tone: toneOf(entry),
    subject: subjectOf(entry),
    details: [
      ...(entry.who === null ? [] : [entry.who]),
      ...(entry.status === null ? (["no answer"] as const) : entry.status === 200 ? [] : [String(entry.status)]),
      ...(entry.code === null ? [] : [String(entry.code)]),
      ...(entry.attempt > 1 ? [{ attempt: entry.attempt }] : []),
      ...(entry.fault === null ? [] : [{ fault: entry.fault }]),
    ],
    time: clockTime(entry.at, looking, true),
  })

function toneOf({ direction, status, fault, subject }: WireEntry): WireProps["tone"] {
  if (status === null || status >= 400) return "bad"
  if (fault !== null) return "warn"
  if (direction === "out") return "plain"
  return subject.about === "status" ? "good" : "info"
}

function subjectOf({ subject, fault, attempt }: WireEntry): WireProps["subject"] {
  const again = attempt > 1 || fault === "webhook-duplicate"
  switch (subject.about) {
    case "message":
      return { about: "message", of: subject.type, again }
    case "status":
      return { about: "status", of: subject.status, again }
    case "send":
      return { about: "send", of: subject.type, again }
    case "receipt":
    case "typing":
      return subject
    case "other":
      return { about: "words", words: subject.field }
    case "call":
      return { about: "words", words: `${subject.method} ${subject.path}` }
  }
}

const clockTime = (at: Instant, { language }: Looking, withSeconds = false): string =>
  new Intl.DateTimeFormat(language === "it" ? "it-IT" : "en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    ...(withSeconds ? { second: "2-digit" } : {}),
  }).format(at)

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .map((part) => [...part][0] ?? "")
    .filter((letter) => /\p{L}|\d|\+/u.test(letter))
    .slice(0, 2)
    .join("")
    .toUpperCase()
