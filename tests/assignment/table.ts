/** Who is to be chosen, case by case: judges the rules, and every mutant of them. */
import type * as Overflow from "~/assignment/rules/overflow.ts"
import type { OverflowPlan } from "~/assignment/rules/overflow.ts"
import type * as Rules from "~/assignment/rules.ts"
import type { Candidate, Choice, Field, Waiting } from "~/assignment/rules.ts"
import type { Strategy } from "~/skillset/rules.ts"

export const candidate = (user: number, more: Partial<Candidate> = {}): Candidate => ({
  user,
  status: "ready",
  link: "live",
  load: 0,
  maximum: 5,
  idleSince: 1_000,
  lastTurn: 0,
  recentlyOffered: false,
  ...more,
})

const SALES = 7
const SERVICE = 8
const CARE = 9
const field = (strategy: Strategy, candidates: readonly Candidate[], skillset = SALES): Field => ({
  skillset,
  strategy,
  candidates,
})
const loaded = (...candidates: Candidate[]) => [field("least_loaded", candidates)]
const idle = (...candidates: Candidate[]) => [field("longest_idle", candidates)]
const inTurn = (...candidates: Candidate[]) => [field("round_robin", candidates)]
const passed = { recentlyOffered: true }

type Case = [what: string, fields: readonly Field[], agent: number | null, lastAgent?: number]

const CHOICES: Case[] = [
  ["nobody there: nobody", loaded(), null],
  ["no skillset: nobody", [], null],
  ["all full: nobody", loaded(candidate(1, { load: 5 }), candidate(2, { load: 7 })), null],
  ["a maximum of nothing: nobody", loaded(candidate(1, { maximum: 0 })), null],
  ["the last place is given", loaded(candidate(1, { load: 4 })), 1],
  ["who is on a break is not asked", loaded(candidate(1, { status: "break" }), candidate(2, { load: 4 })), 2],
  ["who is in back office is not asked", loaded(candidate(1, { status: "back_office" }), candidate(2, { load: 4 })), 2],
  ["who is disconnected is not asked", loaded(candidate(1, { link: "gone" }), candidate(2, { load: 4 })), 2],
  ["whose connection is lost for a moment is asked", loaded(candidate(1, { link: "lost" })), 1],
  ["the full one is passed over", loaded(candidate(1, { load: 5, idleSince: 0 }), candidate(2, { load: 4 })), 2],
  ["the smaller share wins", loaded(candidate(1, { load: 1, maximum: 2 }), candidate(2, { load: 2 })), 2],
  ["the smaller share wins, not the smaller number", loaded(candidate(1, { load: 2 }), candidate(2, { load: 1 })), 2],
  [
    "equal shares: the longest idle",
    loaded(candidate(1, { load: 1, maximum: 2 }), candidate(2, { load: 2, maximum: 4, idleSince: 9 })),
    2,
  ],
  ["equal shares, equally idle: by turn", loaded(candidate(1, { lastTurn: 6 }), candidate(2, { lastTurn: 5 })), 2],
  ["equal in everything: the lower id", loaded(candidate(2), candidate(1)), 1],
  ["equal in everything: the lower id, whoever is looked at first", loaded(candidate(1), candidate(2)), 1],
  ["who let it pass gives way", loaded(candidate(1, passed), candidate(2, { load: 4 })), 2],
  ["unless nobody else has room", loaded(candidate(1, passed), candidate(2, { load: 5 })), 1],
  ["all let it pass: the usual order", loaded(candidate(2, passed), candidate(1, { ...passed, load: 1 })), 2],
  ["longest idle, however loaded", idle(candidate(1), candidate(2, { load: 4, idleSince: 9 })), 2],
  ["idle since the same moment: by turn", idle(candidate(1, { lastTurn: 6 }), candidate(2, { lastTurn: 5 })), 2],
  ["idle since the same moment, no turn yet: the lower id", idle(candidate(2), candidate(1)), 1],
  ["longest idle, whatever the turn", idle(candidate(1, { lastTurn: 6, idleSince: 5 }), candidate(2)), 1],
  ["whose turn was longest ago", inTurn(candidate(1, { lastTurn: 6 }), candidate(2, { lastTurn: 5, load: 4 })), 2],
  [
    "whose turn was longest ago, however busy since",
    inTurn(candidate(1, { lastTurn: 6, idleSince: 0 }), candidate(2)),
    2,
  ],
  ["nobody had a turn yet: the lower id", inTurn(candidate(2), candidate(1)), 1],
  ["a full one misses a turn", inTurn(candidate(1, { load: 5 }), candidate(2, { lastTurn: 5 })), 2],
  ["by hand: nobody is pushed", [field("manual", [candidate(1)])], null],
  ["by hand: not even the last agent", [field("manual", [candidate(1)])], null, 1],
  ["the last agent first", loaded(candidate(1), candidate(2, { load: 4 })), 2, 2],
  ["the last agent is full: by strategy", loaded(candidate(1), candidate(2, { load: 5 })), 1, 2],
  ["the last agent is on a break: by strategy", loaded(candidate(1), candidate(2, { status: "break" })), 1, 2],
  ["the last agent let it pass: by strategy", loaded(candidate(1), candidate(2, passed)), 1, 2],
  ["the last agent serves something else: by strategy", loaded(candidate(1), candidate(2)), 1, 3],
  [
    "its own skillset first",
    [field("least_loaded", [candidate(1, { load: 4 })]), field("least_loaded", [candidate(2)], SERVICE)],
    1,
  ],
  [
    "its own is full: who joined in",
    [field("least_loaded", [candidate(1, { load: 5 })]), field("least_loaded", [candidate(2)], SERVICE)],
    2,
  ],
  [
    "its own let it pass: who joined in",
    [field("least_loaded", [candidate(1, passed)]), field("least_loaded", [candidate(2)], SERVICE)],
    2,
  ],
  [
    "all let it pass: its own first",
    [
      field("least_loaded", [candidate(1, { ...passed, load: 4 })]),
      field("least_loaded", [candidate(2, passed)], SERVICE),
    ],
    1,
  ],
  [
    "nobody is pushed in its own: who joined in",
    [field("manual", [candidate(1)]), field("least_loaded", [candidate(2)], SERVICE)],
    2,
  ],
  [
    "nobody is pushed in the one that joined: its own",
    [field("least_loaded", [candidate(1, passed)]), field("manual", [candidate(2)], SERVICE)],
    1,
  ],
  [
    "who joined in, by its own strategy",
    [
      field("least_loaded", []),
      field("longest_idle", [candidate(1), candidate(2, { load: 3, idleSince: 0 })], SERVICE),
    ],
    2,
  ],
  [
    "who joined earlier first",
    [
      field("least_loaded", []),
      field("least_loaded", [candidate(2)], SERVICE),
      field("least_loaded", [candidate(1)], CARE),
    ],
    2,
  ],
  [
    "the last agent serves the one that joined in",
    [field("least_loaded", [candidate(1)]), field("least_loaded", [candidate(2)], SERVICE)],
    2,
    2,
  ],
]

type Told = [what: string, fields: readonly Field[], reason: Choice["reason"], lastAgent?: number]
const REASONS: Told[] = [
  [
    "how many could have, at which load",
    loaded(candidate(1, { load: 3 }), candidate(2, { load: 1 }), candidate(3, { load: 5 })),
    { strategy: "least_loaded", candidates: 2, skillset: SALES, overflowFrom: null, load: 1, maximum: 5 },
  ],
  [
    "by which strategy",
    inTurn(candidate(1), candidate(2, { lastTurn: 4 })),
    { strategy: "round_robin", candidates: 2, skillset: SALES, overflowFrom: null, load: 0, maximum: 5 },
  ],
  [
    "whose it is, when another skillset takes it",
    [field("least_loaded", [candidate(1, { load: 5 })]), field("longest_idle", [candidate(2)], SERVICE)],
    { strategy: "longest_idle", candidates: 1, skillset: SERVICE, overflowFrom: SALES, load: 0, maximum: 5 },
  ],
  [
    "that they were the last",
    loaded(candidate(1), candidate(2, { load: 2 })),
    { strategy: "last_agent", candidates: 1, skillset: SALES, overflowFrom: null, load: 2, maximum: 5 },
    2,
  ],
]

const place = (id: number, rank: number): Waiting => ({ id, rank })

/** What the rules get wrong, in words; empty when they are right. */
export function complaints(rules: typeof Rules): string[] {
  const choices = CHOICES.filter(([, fields, agent, lastAgent = null]) => {
    return (rules.choose(fields, lastAgent)?.agent ?? null) !== agent
  })
  const reasons = REASONS.filter(([, fields, reason, lastAgent = null]) => {
    return !Bun.deepEquals(rules.choose(fields, lastAgent)?.reason, reason)
  })
  const queue = [place(5, 10), place(1, 30), place(4, -40), place(3, 10), place(2, 20)].sort(rules.inQueueOrder)
  const order = queue.map(({ id }) => id).join()
  return [
    ...choices.map(([what]) => `choice: ${what}`),
    ...reasons.map(([what]) => `reason: ${what}`),
    ...(order === "4,3,5,2,1" ? [] : [`the queue is served as ${order}`]),
  ]
}

const plan = (more: Partial<OverflowPlan> = {}): OverflowPlan => ({
  own: SALES,
  overflow: null,
  channelSkillsets: [SALES, SERVICE, CARE],
  channelAfter: 0,
  unservedAfter: null,
  ...more,
})
const OVERFLOWS: [what: string, plan: OverflowPlan, steps: string][] = [
  ["nobody joins unless somebody says so", plan(), ""],
  ["its own overflow", plan({ overflow: { to: CARE, after: 30 } }), "9 after 30: skillset"],
  ["the number's others, one after the other", plan({ channelAfter: 60 }), "8 after 60: channel, 9 after 120: channel"],
  [
    "the number's others, the default one among them",
    plan({ own: SERVICE, channelAfter: 60 }),
    "7 after 60: channel, 9 after 120: channel",
  ],
  [
    "the soonest first, each once",
    plan({ channelAfter: 60, overflow: { to: CARE, after: 90 } }),
    "8 after 60: channel, 9 after 90: skillset",
  ],
  ["nobody serves it: the default one", plan({ own: CARE, unservedAfter: 300 }), "7 after 300: nobody_there"],
  ["nobody serves the default one: nobody joins", plan({ unservedAfter: 300 }), ""],
  ["a number without skillsets: nobody joins", plan({ channelSkillsets: [], unservedAfter: 300 }), ""],
]

/** The same for who joins in a wait. */
export const overflowComplaints = ({ overflowSteps }: typeof Overflow): string[] =>
  OVERFLOWS.filter(([, plan, steps]) => {
    const said = overflowSteps(plan).map(({ skillset, after, why }) => `${skillset} after ${after}: ${why}`)
    return said.join(", ") !== steps
  }).map(([what]) => `overflow: ${what}`)
