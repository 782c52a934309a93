/** What the picker of templates shows: which may be sent, and one of them with what is known of its customer in it. */
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { countryOf, readablePhone } from "~/kernel/phone.ts"
import { found } from "~/kernel/step.ts"
import type { Known } from "~/predefined-message/rules.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { accountOfChannel } from "../queries.ts"
import { type Anatomy, type AnatomyHeader, anatomyOf } from "../rules/anatomy.ts"
import { askingButtons, prefilled, readable } from "../rules/filling.ts"
import { byLanguage, languageOfCountry } from "../rules/languages.ts"
import { refusalToSend, type Template } from "../rules.ts"
import { loadTemplate, templatesOfAccount } from "../store.ts"

export type TemplatePick = {
  id: Id
  /** As people read it: `order_ready` is «Order ready». */
  title: string
  name: string
  language: string
  /** Not to be had in the customer's language. */
  isForeign: boolean
  category: string
  header: AnatomyHeader["kind"] | null
  buttons: number
  /** What the search looks through besides the title. */
  body: string
}

/** Whom it is for, as far as that is known. */
export type Recipient = { name: string | null; phone: string | null }

/** Every template that agents may send from a number, in the customer's language first. */
export function templatePicks(reader: Reader, channel: Id, { phone }: Recipient): TemplatePick[] {
  const fit = templatesOfAccount(reader, accountOfChannel(reader, channel)).filter(
    (template) => refusalToSend(template) === null,
  )
  const wanted = phone === null ? null : languageOfCountry(countryOf(phone))
  return byLanguage(fit, wanted, tenantProfile(reader).language).map((template) => {
    const { id, name, language, category, isForeign } = template
    const { header, buttons, body } = found(anatomyOf(template))
    return {
      id,
      name,
      language,
      category,
      isForeign,
      body,
      title: titleOf(name),
      header: header?.kind ?? null,
      buttons: buttons.length,
    }
  })
}

export const titleOf = (name: string): string => {
  const words = name.replaceAll("_", " ").trim()
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

export type TemplateField = {
  /** The name of its form field; several of a kind come in order. */
  field: "header" | "body" | "button"
  /** Which of them, for the preview. */
  slot: string
  label: string
  value: string
  example: string
}
export type FilledTemplate = {
  id: Id
  title: string
  language: string
  category: string
  anatomy: Anatomy
  fields: TemplateField[]
}

/** One template with its fields filled as far as anybody knows; null where it may not be sent (any more). */
export function filledTemplate(
  reader: Reader,
  me: SessionUser,
  channel: Id,
  id: Id,
  recipient: Recipient,
): FilledTemplate | null {
  const template = loadTemplate(reader, id)
  if (template?.wabaId !== accountOfChannel(reader, channel) || refusalToSend(template) !== null) return null
  const anatomy = found(anatomyOf(template))
  const { name, language, category } = template
  const fields = fieldsOf(template, anatomy, knownOf(reader, me, channel, recipient))
  return { id, title: titleOf(name), language, category, anatomy, fields }
}

function fieldsOf(template: Template, anatomy: Anatomy, known: Known): TemplateField[] {
  const { header, variables, examples } = anatomy
  const variable = header?.kind === "text" ? header.variable : null
  const heading: TemplateField[] =
    variable === null
      ? []
      : [
          {
            field: "header",
            slot: "header",
            label: labelOf(variable),
            value: headerValue(template, variable, known),
            example: "",
          },
        ]
  const body = variables.map(
    (name): TemplateField => ({
      field: "body",
      slot: `body-${name}`,
      label: labelOf(name),
      value: prefilled(template, name, known),
      example: examples[name] ?? "",
    }),
  )
  const buttons = askingButtons(anatomy).map(
    (button, index): TemplateField => ({
      field: "button",
      slot: `button-${index}`,
      label: button.text,
      value: "",
      example: "",
    }),
  )
  return [...heading, ...body, ...buttons]
}

const headerValue = (template: Template, variable: string, known: Known): string =>
  prefilled(template, template.fills.header === undefined ? variable : "header", known)

/** A number says nothing by itself: the example beside it does. */
const labelOf = (variable: string): string => (/^\d+$/.test(variable) ? `{{${variable}}}` : titleOf(readable(variable)))

const names = statement((p: { id: Id }) =>
  query.selectFrom("user").select(["firstName", "lastName"]).where("id", "=", p.id),
)
const channelOf = statement((p: { id: Id }) =>
  query.selectFrom("channel").select(["name", "displayPhoneNumber"]).where("id", "=", p.id),
)

function knownOf(reader: Reader, me: SessionUser, channel: Id, { name, phone }: Recipient): Known {
  const { firstName, lastName } = found(reader.one(names, { id: me.id }))
  const number = found(reader.one(channelOf, { id: channel }))
  return {
    "customer.name": name,
    "customer.firstName": name?.split(/\s+/)[0] ?? null,
    "customer.phone": phone === null ? null : readablePhone(phone),
    "agent.name": me.name,
    "agent.firstName": firstName,
    "agent.lastName": lastName,
    "company.name": tenantProfile(reader).name,
    "number.name": number.name,
    "number.phone": readablePhone(number.displayPhoneNumber.replace(/\D/g, "")),
  }
}

const customer = statement((p: { id: Id }) =>
  query.selectFrom("customer").select(["name", "profileName", "phone"]).where("id", "=", p.id),
)

/** What is known of a customer. */
export function recipientOf(reader: Reader, id: Id): Recipient {
  const { name, profileName, phone } = found(reader.one(customer, { id }))
  return { name: name ?? profileName, phone }
}
