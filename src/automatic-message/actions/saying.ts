/** How something is said: once for its occasion, in the customer's language, with everything filled in. */
import { channelSettings, openChannels } from "~/channel/queries.ts"
import { nextOpeningOrClosing } from "~/channel/rules.ts"
import { loadChannel } from "~/channel/store.ts"
import { skillsetNameOf } from "~/conversation/queries/refusal.ts"
import type { Conversation } from "~/conversation/rules.ts"
import type { Customer } from "~/customer/rules.ts"
import { loadCustomer } from "~/customer/store.ts"
import type { Tx } from "~/database/handles.ts"
import { moment } from "~/hours/rules/wording.ts"
import type { Id } from "~/kernel/id.ts"
import { countryOf } from "~/kernel/phone.ts"
import { found } from "~/kernel/step.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { firstNameOf, positionOf } from "../queries.ts"
import { languageFor } from "../rules/language.ts"
import { filled, type Values } from "../rules/text.ts"
import { type AutomaticKind, mayRepeat, type TextByLanguage } from "../rules.ts"
import { keepSaid, lastSaid, textsOf } from "../store.ts"

/** Whom the occasion is about, besides the customer. */
export type About = { agent?: Id | null; skillset?: Id | null }

/** Whether the number has something to say on the occasion at all. */
export const speaksOf = (tx: Tx, channel: Id, kind: AutomaticKind): boolean => textsOf(tx, channel, kind) !== null

/** Says it, unless it or the number is switched off, or the customer has heard it on this occasion. */
export function say(tx: Tx, kind: AutomaticKind, conversation: Conversation, about: About = {}): void {
  const { id, channel, customer } = conversation
  const texts = textsOf(tx, channel, kind)
  if (!texts || loadChannel(tx, channel)?.enabled !== true) return
  const said = lastSaid(tx, channel, kind, customer)
  const { welcomeAgainAfterHours } = channelSettings(tx, channel)
  if (said && !mayRepeat(kind, said, conversation, welcomeAgainAfterHours, tx.now)) return
  const { text, opensAt } = worded(tx, kind, conversation, texts, about)
  keepSaid(tx, { channel, kind, customer, until: kind === "closed_hours" ? opensAt : null })
  tx.raise({ type: "message.composed", conversation: id, content: { type: "text", text } })
}

function worded(tx: Tx, kind: AutomaticKind, conversation: Conversation, texts: TextByLanguage, about: About) {
  const channel = found(loadChannel(tx, conversation.channel))
  const customer = found(loadCustomer(tx, conversation.customer))
  const company = tenantProfile(tx)
  const language = languageFor(Object.keys(texts), countryOfCustomer(customer), company.language) ?? company.language
  const zone = channel.timezone ?? company.timezone
  const opensAt = kind === "closed_hours" ? nextOpeningOrClosing(channel, company.timezone, tx.now) : null
  const values: Values = {
    "customer.name": customer.name ?? customer.profileName,
    "number.name": channel.name,
    "company.name": company.name,
    "agent.firstName": firstNameOf(tx, about.agent ?? null),
    skillset: skillsetNameOf(tx, about.skillset ?? conversation.skillset),
    position: kind === "queued" ? positionText(tx, conversation) : null,
    opensAt: opensAt === null ? null : moment(opensAt, tx.now, zone, language),
  }
  return { text: filled(texts[language] ?? "", values), opensAt }
}

const countryOfCustomer = ({ phone }: Customer): string | null => (phone === null ? null : countryOf(phone))

const positionText = (tx: Tx, conversation: Conversation): string | null =>
  positionOf(tx, conversation, openChannels(tx))?.toString() ?? null
