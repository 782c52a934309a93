/** What the form of a number's texts shows: what is kept, and somebody to read it. */

import { channelById } from "~/channel/queries/administering.ts"
import { nextOpeningOrClosing } from "~/channel/rules.ts"
import type { Reader } from "~/database/handles.ts"
import { moment } from "~/hours/rules/wording.ts"
import { hours } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { skillsetChoices } from "~/skillset/queries.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { languageTag } from "../rules/language.ts"
import type { Values } from "../rules/text.ts"
import type { AutomaticMessages } from "../rules.ts"
import { messagesOf, messagesOffOf } from "../store.ts"

/** Said, and kept for another time. */
export const keptMessages = (reader: Reader, channel: Id): { on: AutomaticMessages; off: AutomaticMessages } => ({
  on: messagesOf(reader, channel),
  off: messagesOffOf(reader, channel),
})

/** A customer called Giulia writes, an agent called Anna has answered. */
export function sampleValues(reader: Reader, id: Id, language: string): Values {
  const channel = channelById(reader, id)
  const company = tenantProfile(reader)
  const [skillset] = skillsetChoices(reader).filter((one) => one.id === channel.skillsets[0])
  const zone = channel.timezone ?? company.timezone
  const opensAt = nextOpeningOrClosing(channel, company.timezone, reader.now) ?? reader.now + hours(12)
  return {
    "customer.name": "Giulia",
    "number.name": channel.name,
    "company.name": company.name,
    "agent.firstName": "Anna",
    skillset: skillset?.name ?? null,
    position: "3",
    opensAt: moment(opensAt, reader.now, zone, languageTag(language) ?? company.language),
  }
}
