/** The company of a day at random: five people, one number, and what an operator may make of them. */
import type { SeededChance } from "~/kernel/chance.ts"
import type { TemplateSeed } from "~/simulator/templates.ts"
import { office, withChannel, withSkillsets } from "../support/cast.ts"
import { enabled } from "../template/scene.ts"
import { oneOf } from "./agenda.ts"

export const HANDS = [
  { username: "anna", skillsets: ["Sales"], most: 2 },
  { username: "marco", skillsets: ["Sales", "Service"], most: 3 },
  { username: "ivo", skillsets: ["Service"], most: 1, isolated: true },
  { username: "lidia", skillsets: ["Sales"], most: 1 },
  { username: "carla", skillsets: [], most: 1, level: "supervisor" },
]
/** Monday; the day starts at ten in Rome and has a break at noon. */
const HOURS = { weekly: { mon: ["09:00-12:30", "13:30-19:00"], tue: ["00:00-24:00"] } }
/** On every second day the number asks first. */
const MENU = {
  greeting: "What is it about?",
  talkToPerson: "A person",
  wrongAnswer: "Pardon?",
  timeoutMinutes: 3,
  choices: [
    { title: "Sales", skillset: "Sales", choices: [{ title: "Bikes", priority: 1 }, { title: "Parts" }] },
    { title: "Service", skillset: "Service" },
  ],
}
/** On every third day the number speaks. */
export const TEXTS = {
  welcome: { en: "Welcome" },
  queued: { en: "{position} for {skillset}" },
  closed_hours: { en: "{opensAt}" },
  transferred: { en: "{agent.firstName}" },
  closed: { en: "Goodbye" },
}
const SETTINGS = {
  offerTimeoutSeconds: 60,
  repeatOfferPauseSeconds: 120,
  mayDecline: true,
  ownerAbsentReturnMinutes: 6,
  personalAlertAfterMinutes: 2,
  personalBecomesPublicAfterMinutes: 9,
  parkedAlertAfterHours: 1,
  parkedReleaseAfterHours: 2,
}
const CHANNEL = {
  parkSilentAfterMinutes: 8,
  parkSilentAs: "personal",
  closeParkedAfterHours: 2,
  overflowAfterSeconds: 90,
  onlyKnownCustomers: false,
}
/** What somebody may be written to with first. */
export const TEMPLATE: TemplateSeed = {
  name: "news",
  language: "en",
  category: "UTILITY",
  components: [{ type: "BODY", text: "There is news for you." }],
}
export const CUSTOMERS = 10

const usual = (hands: readonly (typeof HANDS)[number][], hours: unknown, more: object) =>
  withChannel(office(hands, { hours, settings: SETTINGS, templates: enabled([TEMPLATE]), ...more }), {
    settings: CHANNEL,
  })

/** On every second day the number asks first, on every third it speaks, on every fifth nothing overflows or is put aside, on some strangers are kept back. */
export function firstChoices(seed: number) {
  const menu = seed % 2 === 0 ? MENU : null
  const messages = seed % 3 === 1 ? TEXTS : null
  const document = usual(HANDS, HOURS, { menu, messages })
  if (seed % 7 === 3) return withChannel(document, { settings: { ...CHANNEL, onlyKnownCustomers: true } })
  return seed % 5 === 0 ? withChannel(document, { settings: {} }) : document
}

/** Other limits, other manners, and other deadlines. */
export function otherChoices(chance: SeededChance) {
  const strategy = () => oneOf(chance, ["least_loaded", "longest_idle", "round_robin", "manual"])
  const hands = HANDS.map((hand) => ({ ...hand, most: chance.below(4) }))
  const skillsets = [
    { name: "Sales", strategy: strategy(), priority: chance.below(3), overflow: oneOf(chance, OVERFLOWS) },
    { name: "Service", strategy: strategy(), priority: chance.below(3) },
  ]
  const onlyKnownCustomers = chance.below(3) === 0
  return withSkillsets(
    withChannel(usual(hands, HOURS, {}), { settings: { ...CHANNEL, onlyKnownCustomers } }),
    skillsets,
  )
}

const OVERFLOWS = [null, { skillset: "Service", afterSeconds: 45 }]

/** Open at all hours, and everything is given to somebody: whatever waits has a way out. */
export const lastChoices = () =>
  withSkillsets(usual(HANDS, "always", {}), [
    { name: "Sales", strategy: "least_loaded" },
    { name: "Service", strategy: "least_loaded" },
  ])
