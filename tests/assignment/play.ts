/** Plays the same moves to the product and to the naive model, and tells the first move after which they differ. */
import fc from "fast-check"
import { seconds } from "~/kernel/clock.ts"
import type { Strategy } from "~/skillset/rules.ts"
import { openHouse, type Router } from "./house.ts"
import { Naive, newClerk, overflowTo } from "./naive.ts"

export type Move =
  | { do: "status"; agent: number; status: "ready" | "break" | "back_office" }
  | { do: "come" | "leave" | "open" | "take" | "close"; agent: number; which: number }
  | { do: "limit"; agent: number; most: number }
  | { do: "serve"; agent: number; skillsets: number }
  | { do: "manner"; skillset: number; strategy: Strategy; priority: number }
  | { do: "overflow"; skillset: number; afterSeconds: number | null }
  | { do: "hours"; open: boolean }
  | { do: "write"; caller: number }
  | { do: "pass"; seconds: number }

const PEOPLE = 4
const CALLERS = 8

const agent = fc.nat(PEOPLE - 1)
const skillset = fc.nat(2)
const which = fc.nat(7)
const one = <Name extends string>(name: Name) => fc.constant(name)
export const anyMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 7, arbitrary: fc.record({ do: one("write"), caller: fc.nat(CALLERS - 1) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: one("status"), agent, status: fc.constantFrom("ready", "break", "back_office") }),
  },
  { weight: 3, arbitrary: fc.record({ do: one("come"), agent, which }) },
  { weight: 1, arbitrary: fc.record({ do: one("leave"), agent, which }) },
  { weight: 3, arbitrary: fc.record({ do: one("open"), agent, which }) },
  { weight: 2, arbitrary: fc.record({ do: one("take"), agent, which }) },
  { weight: 3, arbitrary: fc.record({ do: one("close"), agent, which }) },
  { weight: 2, arbitrary: fc.record({ do: one("limit"), agent, most: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: one("serve"), agent, skillsets: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ do: one("hours"), open: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: one("manner"),
      skillset,
      priority: fc.nat(3),
      strategy: fc.constantFrom("least_loaded", "longest_idle", "round_robin", "manual"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: one("overflow"), skillset, afterSeconds: fc.constantFrom(null, 30, 100, 400) }),
  },
  { weight: 5, arbitrary: fc.record({ do: one("pass"), seconds: fc.constantFrom(1, 1, 7, 50, 119, 181, 400) }) },
) as fc.Arbitrary<Move>

/** At work already: two of Sales, one of both, one of Service. */
export const MORNING: Move[] = [
  ...[1, 1, 3, 2].map((skillsets, index): Move => ({ do: "serve", agent: index, skillsets })),
  ...[2, 3, 2, 1].map((most, index): Move => ({ do: "limit", agent: index, most })),
  ...[0, 1, 2, 3].flatMap((index): Move[] => [
    { do: "come", agent: index, which: 0 },
    { do: "pass", seconds: 1 },
  ]),
]

/** What differs and after which move; null when the two agree to the end. */
export async function difference(moves: readonly Move[], router?: Router): Promise<string | null> {
  const house = await openHouse(PEOPLE, CALLERS, router)
  const { agents, skillsets } = house
  const now = house.clock.now()
  const groups = skillsets.map((id) => ({ id, strategy: "least_loaded" as const, priority: 0, overflow: null }))
  const naive = new Naive(
    agents.map((id) => newClerk(id, now)),
    groups,
    now,
  )
  try {
    for (const [index, move] of moves.entries()) {
      await play(move, house, naive)
      const said = naive.talks.map(({ id, state, owner }) => ({ id, state, owner })).sort((a, b) => a.id - b.id)
      const is = JSON.stringify(house.standings())
      const should = JSON.stringify(said)
      if (is !== should) return `after move ${index}, ${JSON.stringify(move)}: ${is} instead of ${should}`
    }
    return null
  } finally {
    await house.end()
  }
}

type Playing = Awaited<ReturnType<typeof openHouse>>

async function play(move: Move, house: Playing, naive: Naive): Promise<void> {
  const { agents, skillsets } = house
  switch (move.do) {
    case "write": {
      const before = new Set(house.standings().map(({ id }) => id))
      await house.write(move.caller)
      const made = house.standings().find(({ id }) => !before.has(id))
      return naive.write(move.caller, made?.id ?? 0)
    }
    case "status":
      await house.status(agents[move.agent]!, move.status)
      return naive.status(agents[move.agent]!, move.status)
    case "come":
      await house.come(agents[move.agent]!)
      return naive.link(agents[move.agent]!, "live")
    case "leave":
      await house.leave(agents[move.agent]!)
      return naive.link(agents[move.agent]!, "lost")
    case "open":
    case "take":
    case "close":
      return handle(move.do, agents[move.agent]!, move.which, house, naive)
    case "limit":
      await house.limit(agents[move.agent]!, move.most)
      naive.clerk(agents[move.agent]!).most = move.most
      return naive.settle()
    case "serve": {
      const some = skillsets.filter((_, index) => move.skillsets & (1 << index))
      await house.serve(agents[move.agent]!, some)
      naive.clerk(agents[move.agent]!).serves = some
      return naive.replan()
    }
    case "manner":
      await house.manner(skillsets[move.skillset]!, move.strategy, move.priority)
      Object.assign(naive.group(skillsets[move.skillset]!), { strategy: move.strategy, priority: move.priority })
      return naive.settle()
    case "overflow": {
      const other = skillsets[(move.skillset + 1) % skillsets.length]!
      const { afterSeconds } = move
      await house.overflow(skillsets[move.skillset]!, afterSeconds === null ? null : other, afterSeconds ?? 0)
      naive.group(skillsets[move.skillset]!).overflow = afterSeconds === null ? null : overflowTo(other, afterSeconds)
      return naive.replan()
    }
    case "hours":
      await house.hours(move.open)
      naive.isOpen = move.open
      return naive.settle()
    case "pass":
      await house.pass(seconds(move.seconds))
      return naive.pass(seconds(move.seconds))
  }
}

async function handle(deed: "open" | "take" | "close", agent: number, which: number, house: Playing, naive: Naive) {
  const mine = naive.talks.filter(({ owner, state }) => owner === agent && (deed === "close" || state === "offered"))
  const choice = deed === "take" ? naive.talks : mine
  const talk = choice[which % Math.max(1, choice.length)]
  if (!talk) return
  await house[deed](agent, talk.id)
  naive[deed](agent, talk)
}
