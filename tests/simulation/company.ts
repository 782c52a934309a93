/** The company of a long run: as many agents as are asked for, in skillsets of every manner, on one busy number. */
import type { SeededChance } from "~/kernel/chance.ts"
import { ACME } from "../support/cast.ts"

const SKILLSETS = ["Sales", "Service", "Spares", "Claims", "Credit"] as const
const STRATEGIES = ["least_loaded", "longest_idle", "round_robin"] as const
/** One in so many is a supervisor, isolated, or serves a second skillset. */
const PER_SUPERVISOR = 15
const PER_ISOLATED = 11
const PER_SECOND = 3

export type Person = {
  username: string
  level: "agent" | "supervisor"
  skillsets: readonly string[]
  isolated: boolean
  most: number
}

export const HOURS = {
  weekly: Object.fromEntries(["mon", "tue", "wed", "thu", "fri", "sat"].map((day) => [day, ["08:00-20:00"]])),
}

const MENU = {
  greeting: "What is it about?",
  talkToPerson: "A person",
  wrongAnswer: "Pardon?",
  timeoutMinutes: 5,
  choices: [
    { title: "Buying", skillset: "Sales", choices: [{ title: "New bikes", priority: 1 }, { title: "Used bikes" }] },
    { title: "Spare parts", skillset: "Spares" },
    { title: "Complaints", skillset: "Claims", priority: 2 },
  ],
}

const USUAL = {
  repeatOfferPauseSeconds: 180,
  mayDecline: true,
  ownerAbsentReturnMinutes: 45,
  missedOffersUntilBreak: 3,
  personalAlertAfterMinutes: 10,
  personalBecomesPublicAfterMinutes: 60,
  parkedAlertAfterHours: 1,
  parkedReleaseAfterHours: 6,
}

/** Who works there; the same for the same number. */
export function peopleOf(agents: number): Person[] {
  return Array.from({ length: agents }, (_, index) => {
    const own = SKILLSETS[index % SKILLSETS.length] ?? "Sales"
    const second = SKILLSETS[(index + 2) % SKILLSETS.length] ?? "Sales"
    const isSupervisor = index % PER_SUPERVISOR === PER_SUPERVISOR - 1
    return {
      username: `person${String(index + 1).padStart(3, "0")}`,
      level: isSupervisor ? "supervisor" : "agent",
      skillsets: isSupervisor ? [] : index % PER_SECOND === 0 ? [own, second] : [own],
      isolated: !isSupervisor && index % PER_ISOLATED === 0,
      most: 1 + (index % 4),
    }
  })
}

/** The file that `apply` makes the company from. */
export function companyOf(people: readonly Person[], menu: boolean) {
  const { verifiedName, ...credentials } = ACME.number
  return {
    tenants: [
      {
        slug: ACME.slug,
        name: verifiedName,
        timezone: "Europe/Rome",
        language: "en",
        settings: { ...USUAL, offerTimeoutSeconds: 60, priorityStepSeconds: 120 },
        skillsets: SKILLSETS.map((name, index) => mannerOf(name, index)),
        users: people.map(userOf),
        channels: [
          {
            name: "Main",
            ...credentials,
            skillsets: SKILLSETS,
            hours: HOURS,
            settings: { overflowAfterSeconds: 240, parkSilentAfterMinutes: 4, closeParkedAfterHours: 3 },
            ...(menu ? { menu: MENU } : {}),
          },
        ],
      },
    ],
  }
}

function mannerOf(name: string, index: number) {
  const strategy = STRATEGIES[index % STRATEGIES.length]
  const overflow = index === 2 ? { skillset: "Service", afterSeconds: 120 } : null
  return { name, strategy, priority: index === 3 ? 1 : 0, overflow }
}

const userOf = ({ username, level, skillsets, isolated, most }: Person) => ({
  username,
  firstName: "Person",
  lastName: username.slice(6),
  level,
  skillsets,
  isolated,
  maxConversations: most,
  email: `${username}@company.test`,
  outbound: true,
})

/** What an operator changes while everybody works: limits, manners, deadlines. */
export function otherChoices(people: readonly Person[], chance: SeededChance) {
  const one = <Item>(items: readonly Item[]): Item => items[chance.below(items.length)]!
  const some = people.filter(({ level }) => level === "agent" && chance.below(10) === 0)
  return {
    tenants: [
      {
        slug: ACME.slug,
        settings: { offerTimeoutSeconds: one([30, 60, 120]), priorityStepSeconds: one([0, 120, 600]) },
        skillsets: SKILLSETS.map((name) => ({
          name,
          strategy: one([...STRATEGIES, "manual"]),
          priority: chance.below(3),
        })),
        users: some.map(({ username }) => ({ username, maxConversations: chance.below(5) })),
        channels: [
          {
            phoneNumberId: ACME.number.phoneNumberId,
            settings: { overflowAfterSeconds: one([0, 120, 600]), parkSilentAfterMinutes: one([0, 3, 10]) },
          },
        ],
      },
    ],
  }
}
