/** What the form of a user holds (A1). */
import { skillsetChoices } from "~/skillset/queries.ts"
import { editing } from "~/web/editing.ts"
import { checkbox, choice, type Field, id, line, optional, several, wholeNumber } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { TENANT_LEVELS } from "../rules/users-list.ts"
import { LOGIN_TYPES } from "../rules.ts"

const MOST_SKILLSETS = 500

type Choices = { languages: readonly string[] }

export const shape = (visit: Visit, { languages }: Choices) => ({
  firstName: line({ most: 100 }),
  lastName: trimmed(100),
  email: optional(line({ most: 254 })),
  externalId: optional(line({ most: 100 })),
  level: choice(TENANT_LEVELS),
  language: choice(languages),
  loginType: choice(LOGIN_TYPES),
  username: line({ most: 64 }),
  enabled: checkbox,
  maxConversations: wholeNumber({ least: 0, most: 100 }),
  skillsets: skillsetsOf(visit),
  isolated: checkbox,
  outbound: checkbox,
  mayEditCustomers: checkbox,
})

/** Only those that there are. */
const skillsetsOf = ({ read }: Visit): Field<number[]> => {
  const known = new Set(skillsetChoices(read).map((one) => one.id))
  const field = several(id, { most: MOST_SKILLSETS })
  return (given) => {
    const result = field(given)
    return "refused" in result ? result : { value: [...new Set(result.value)].filter((one) => known.has(one)) }
  }
}

const trimmed = (most: number): Field<string> => {
  const field = optional(line({ most }))
  return (given) => {
    const result = field(given)
    return "refused" in result ? result : { value: result.value ?? "" }
  }
}

export const changeShape = (visit: Visit, choices: Choices) => ({ ...shape(visit, choices), ...editing })
