/** Which template brings a customer the link to a call when the 24 hours are over. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { countryOf } from "~/kernel/phone.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import { titleOf } from "~/template/queries/picking.ts"
import { accountOfChannel, allTemplates, templatesOfAccount } from "~/template/queries.ts"
import { anatomyOf } from "~/template/rules/anatomy.ts"
import { byLanguage, languageOfCountry } from "~/template/rules/languages.ts"
import { refusalToSend, type Template } from "~/template/rules.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { type LinkPlace, linkPlace } from "../rules/template.ts"
import { loadCallTemplate } from "../store.ts"

export type LinkTemplate = { template: Template; title: string; place: LinkPlace }

const around = statement((p: { conversation: Id }) =>
  query
    .selectFrom("conversation")
    .innerJoin("customer", "customer.id", "conversation.customer")
    .select(["conversation.channel", "customer.phone"])
    .where("conversation.id", "=", p.conversation),
)

/**
 * In the customer's language where it is to be had. Null where the tenant has chosen none. Refuses
 * `call.template_missing`, `call.template_unfit`, and as `refusalToSend` does.
 */
export function templateForLink(reader: Reader, conversation: Id, callsAt: string): LinkTemplate | Refusal | null {
  const name = loadCallTemplate(reader)
  const place = reader.one(around, { conversation })
  if (name === null || !place) return null
  const named = templatesOfAccount(reader, accountOfChannel(reader, place.channel)).filter((one) => one.name === name)
  const [first] = named
  if (!first) return refuse("call.template_missing", { name: titleOf(name) })
  const fit = named.filter((one) => refusalToSend(one) === null && placeIn(one, callsAt) !== null)
  const wanted = place.phone === null ? null : languageOfCountry(countryOf(place.phone))
  const [best] = byLanguage(fit, wanted, tenantProfile(reader).language)
  const where = best && placeIn(best, callsAt)
  if (best && where) return { template: best, title: titleOf(name), place: where }
  return refusalToSend(first) ?? refuse("call.template_unfit", { name: titleOf(name) })
}

function placeIn(template: Template, callsAt: string): LinkPlace | null {
  const anatomy = anatomyOf(template)
  return anatomy && linkPlace(anatomy, callsAt)
}

/** The name that was chosen; null: none. */
export const callTemplate = loadCallTemplate

export type TemplateChoice = { name: string; title: string; languages: readonly string[] }

/** What may be chosen: approved, open to agents, with a place for the link and for nothing else. */
export function templateChoices(reader: Reader, callsAt: string): TemplateChoice[] {
  const fit = allTemplates(reader).filter((one) => refusalToSend(one) === null && placeIn(one, callsAt) !== null)
  return [...new Set(fit.map(({ name }) => name))].map((name) => ({
    name,
    title: titleOf(name),
    languages: [...new Set(fit.filter((one) => one.name === name).map(({ language }) => language))],
  }))
}
