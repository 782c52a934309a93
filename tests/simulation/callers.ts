/** The customers of a long run: when they write, how they answer the menu, and how long a talk with them is. */
import type { SeededChance } from "~/kernel/chance.ts"
import { days, hours, type Instant, minutes, seconds } from "~/kernel/clock.ts"
import type { Phone } from "~/simulator/phone.ts"
import type { World } from "../support/world.ts"
import { type Agenda, about, happens, oneOf } from "./agenda.ts"

/** How many in a hundred write in which hour after six in the morning. */
const CURVE = [1, 2, 7, 11, 13, 11, 7, 6, 8, 10, 9, 7, 4, 2, 1, 1]
const WORDS = [
  "Buongiorno",
  "Is it ready?",
  "The chain has broken again",
  "Thank you",
  "🚲",
  "When do you close?",
  "Ok",
]

type Talk = { left: number; silent: boolean }

export type Callers = ReturnType<typeof createCallers>

export function createCallers(
  { world, agenda, chance }: { world: World; agenda: Agenda; chance: SeededChance },
  { customers, faults, menu }: { customers: number; faults: boolean; menu: boolean },
) {
  const phones = Array.from({ length: customers }, (_, index) =>
    world.simulator.phones.create({ name: `Customer ${index + 1}`, phone: `+39 345 ${5_000_000 + index}` }),
  )
  const talks = new Map<string, Talk>()
  const wamids: string[] = []

  function say(phone: Phone, most: number): void {
    const count = 1 + chance.below(most)
    const together = happens(chance, 50)
    const how = faults
      ? { together, shuffled: happens(chance, 10), copies: happens(chance, 5) ? 2 : 1 }
      : { together, shuffled: false, copies: 1 }
    world.simulator.hold(() => {
      for (let index = 0; index < count; index++) wamids.push(phone.say(oneOf(chance, WORDS)))
    }, how)
  }

  function call(phone: Phone): void {
    talks.set(phone.customer.userId, { left: 1 + chance.below(3), silent: happens(chance, 8) })
    say(phone, 3)
    if (menu) agenda.in(about(chance, seconds(25)), () => answerMenu(phone))
  }

  /** By a button, in words nobody understands, or not at all. */
  function answerMenu(phone: Phone): void {
    const last = phone.received().at(-1)
    if (!last?.words.choices || happens(chance, 8)) return
    if (happens(chance, 10)) wamids.push(phone.say("Well, you see…"))
    else wamids.push(phone.tap(last.id, oneOf(chance, last.words.choices.choices).title))
    agenda.in(about(chance, seconds(25)), () => answerMenu(phone))
  }

  /** Somebody has answered: the customer reads, thinks, and says the next thing, or nothing more. */
  function hear(caller: string): void {
    const talk = talks.get(caller)
    const phone = phoneOf.get(caller)
    if (!talk || !phone || talk.silent || talk.left === 0) return
    talk.left -= 1
    agenda.in(about(chance, seconds(50)), () => say(phone, 2))
  }

  const phoneOf = new Map(phones.map((phone) => [phone.customer.userId, phone]))
  return {
    phones,
    wamids,
    hear,
    /** Whether nothing more is to be expected of them. */
    isDone: (caller: string): boolean => (talks.get(caller)?.left ?? 0) === 0,
    /** Everybody who writes on this day, at the hours at which people write; some come back later in the day. */
    plan(day: Instant): void {
      for (const phone of phones) {
        if (happens(chance, 15)) continue
        const at = day + hourOf(chance) + chance.below(hours(1))
        agenda.at(at, () => call(phone))
        if (happens(chance, 10)) agenda.at(at + about(chance, minutes(90)), () => call(phone))
      }
    },
    /** Who is silent in the evening writes again on another day. */
    planLatecomers(day: Instant): void {
      for (const phone of phones) if (happens(chance, 2)) agenda.at(day + chance.below(days(1)), () => call(phone))
    },
  }
}

function hourOf(chance: SeededChance): number {
  let at = chance.below(CURVE.reduce((sum, share) => sum + share, 0))
  for (const [hour, share] of CURVE.entries()) {
    at -= share
    if (at < 0) return hours(6 + hour)
  }
  return hours(6)
}
