/** A busy day: customers write by themselves, so many messages a minute, the same for the same seed and clock. */
import { type Chance, SeededChance } from "~/kernel/chance.ts"
import { type Cancel, type Clock, minutes } from "~/kernel/clock.ts"
import { CASES, type Case, FIRST_NAMES, LAST_NAMES, type Line } from "./busy-day-script.ts"
import type { Phone } from "./phone.ts"
import type { Phones } from "./phones.ts"

export type BusyDay = {
  /** Starts, or changes the pace; 0 stops. */
  setPace(messagesPerMinute: number): void
  pace(): number
}

/** Somebody in the middle of a case. */
type Visitor = { phone: Phone; to: string; lines: readonly Line[]; said: number }

/** More customers than this are not made: the day goes on with the ones there are. */
const MOST_VISITORS = 60
/** Share of the messages that open a new case rather than go on with one. */
const NEWCOMERS = 0.35

type BusyDayParts = {
  clock: Clock
  chance: Chance
  phones: Phones
  /** Phone number ids to write to. */
  numbers: readonly string[]
  changed: () => void
}

export function createBusyDay({ clock, chance, phones, numbers, changed }: BusyDayParts): BusyDay {
  const own = new SeededChance(chance.below(2 ** 31))
  let visitors: Visitor[] = []
  let pace = 0
  let cancel: Cancel = () => {}

  const next = () => {
    const mean = minutes(1) / pace
    cancel = clock.wakeAt(clock.now() + Math.max(1, Math.round(mean * (0.5 + own.fraction()))), () => {
      writeSomething(own, phones, visitors, numbers)
      next()
    })
  }
  return {
    setPace(messagesPerMinute) {
      cancel()
      pace = Math.max(0, messagesPerMinute)
      const there = new Set(phones.all())
      visitors = visitors.filter(({ phone }) => there.has(phone))
      if (pace > 0) next()
      changed()
    },
    pace: () => pace,
  }
}

function writeSomething(chance: Chance, phones: Phones, visitors: Visitor[], numbers: readonly string[]): void {
  const waiting = visitors.filter(({ lines, said }) => said < lines.length)
  const comesNew = waiting.length === 0 || chance.fraction() < NEWCOMERS
  const visitor = comesNew ? newVisitor(chance, phones, visitors, numbers) : oneOf(chance, waiting)
  const { phone, to } = visitor
  const offered = phone.received(to).findLast(({ words }) => words.choices !== null)
  if (offered?.words.choices && offered.chosen === null && chance.fraction() < 0.8) {
    phone.tap(offered.id, oneOf(chance, offered.words.choices.choices).id)
    return
  }
  const line = visitor.lines[visitor.said]
  visitor.said += 1
  if (line === undefined) return
  if (typeof line === "string") phone.say(line, { to })
  else phone.send(line, { to })
}

function newVisitor(chance: Chance, phones: Phones, visitors: Visitor[], numbers: readonly string[]): Visitor {
  const chosen: Case = oneOf(chance, CASES)
  const idle = visitors.filter(({ lines, said }) => said >= lines.length)
  const back = visitors.length >= MOST_VISITORS ? idle : idle.filter(() => chance.fraction() < 0.1)
  const again = back.length > 0 ? oneOf(chance, back) : undefined
  if (again) {
    Object.assign(again, { lines: chosen.lines, said: 0 })
    return again
  }
  const visitor: Visitor = {
    phone: phones.create(stranger(chance, chosen.language)),
    to: oneOf(chance, numbers),
    lines: chosen.lines,
    said: 0,
  }
  visitors.push(visitor)
  return visitor
}

/** A name and a number nobody has: 39 3xx 555… and 44 7700 900… are set aside for such use. */
function stranger(chance: Chance, language: "it" | "en") {
  const name = `${oneOf(chance, FIRST_NAMES[language])} ${oneOf(chance, LAST_NAMES[language])}`
  const digits = (count: number) => Array.from({ length: count }, () => chance.below(10)).join("")
  if (chance.fraction() < 0.08) {
    const username = name.toLowerCase().replace(/[^a-z]+/g, ".")
    return { name, phone: null, username, country: language === "it" ? "IT" : "GB" }
  }
  return { name, phone: language === "it" ? `3934${chance.below(10)}555${digits(4)}` : `447700900${digits(3)}` }
}

function oneOf<Item>(chance: Chance, items: readonly Item[]): Item {
  const item = items[chance.below(items.length)]
  if (item === undefined) throw new Error("nothing to choose from")
  return item
}
