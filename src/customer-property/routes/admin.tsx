/** A8: the tenant's own fields of a customer, by its admin. */
import {
  PROPERTIES_PATH,
  PropertyDeletion,
  PropertyList,
  PropertySheet,
  propertyColumns,
} from "views/customer-property/admin.tsx"
import type { Reader } from "~/database/handles.ts"
import { type AdminNoun, type AdminParts, adminPages } from "~/web/admin-pages.tsx"
import type { Areas } from "~/web/areas.ts"
import type { Written } from "~/web/editing.ts"
import { checkbox, choice, id, line, several, text } from "~/web/form.ts"
import { moveProperty, removeProperty, saveProperty } from "../actions.ts"
import { numbersToChoose, oneProperty, type PropertyLine, properties, valuesKept } from "../queries/list.ts"
import { customerProperties } from "../queries.ts"
import { PROPERTY_LIST } from "../rules/list.ts"
import {
  type CustomerProperty,
  LONGEST_PROPERTY_NAME,
  type NewProperty,
  PROPERTY_KINDS,
  type PropertyKind,
} from "../rules.ts"

export function propertyAdminRoutes({ administration }: Areas, parts: AdminParts) {
  const pages = adminPages(noun, parts)
  return administration()
    .get(PROPERTIES_PATH, (visit) => pages.list(visit))
    .post(`${PROPERTIES_PATH}/export`, (visit) => pages.file(visit))
    .get(`${PROPERTIES_PATH}/new`, (visit) => pages.fresh(visit))
    .post(PROPERTIES_PATH, (visit) => pages.create(visit))
    .get(`${PROPERTIES_PATH}/:id`, (visit) => pages.one(visit, visit.id("id")))
    .post(`${PROPERTIES_PATH}/:id`, (visit) => pages.save(visit, visit.id("id")))
    .post(`${PROPERTIES_PATH}/:id/moving`, async (visit) => {
      const property = oneProperty(visit.read, visit.id("id"))
      const { direction } = visit.form({ direction: choice(["up", "down"] as const) })
      await visit.act((tx) => moveProperty(tx, property.id, direction))
      return visit.redirect(pages.href(visit, `${PROPERTIES_PATH}/${property.id}`))
    })
    .get(`${PROPERTIES_PATH}/:id/deletion`, (visit) => pages.deletion(visit, visit.id("id")))
    .post(`${PROPERTIES_PATH}/:id/deletion`, (visit) => pages.remove(visit, visit.id("id")))
}

const MOST_NUMBERS = 500

const fieldsOf = (read: Reader) => {
  const known = new Set(numbersToChoose(read).map((one) => one.id))
  const numbers = several(id, { most: MOST_NUMBERS })
  return {
    name: line({ most: LONGEST_PROPERTY_NAME }),
    kind: choice(PROPERTY_KINDS),
    choices: text({ most: 12_000 }),
    enabled: checkbox,
    channels: (given: readonly string[]) => {
      const result = numbers(given)
      return "refused" in result ? result : { value: [...new Set(result.value)].filter((one) => known.has(one)) }
    },
  }
}
type Values = { name: string; kind: PropertyKind; choices: string; enabled: boolean; channels: number[] }

/** One choice a line; they are kept where the kind offers them. */
const propertyOf = ({ choices, channels, ...rest }: Values): NewProperty => ({
  ...rest,
  channels: channels.sort((a, b) => a - b),
  choices:
    rest.kind === "choice"
      ? choices
          .normalize("NFC")
          .split("\n")
          .map((one) => one.trim())
          .filter(Boolean)
      : [],
})

const writtenProperty = ({ name, kind, choices, channels, enabled }: CustomerProperty): Written => ({
  name: [name],
  kind: [kind],
  choices: [choices.join("\n")],
  channels: channels.map(String),
  enabled: enabled ? ["on"] : [],
})

const noun: AdminNoun<PropertyLine, CustomerProperty, Values> = {
  path: PROPERTIES_PATH,
  kind: "customer_property",
  title: "properties_admin.title",
  shape: PROPERTY_LIST,
  rows: properties,
  columns: propertyColumns,
  fields: fieldsOf,
  one: oneProperty,
  written: writtenProperty,
  blank: () => ({ kind: ["text"], enabled: ["on"] }),
  saidAt: {
    "property.name": "name",
    "property.kind": "kind",
    "property.needs_choices": "choices",
    "property.choice": "choices",
    "property.too_many": "choices",
  },
  create(tx, values) {
    const property = propertyOf(values)
    saveProperty(tx, null, property)
    return customerProperties(tx).find(({ name }) => name === property.name)?.id ?? 0
  },
  change: (tx, id, values) => void saveProperty(tx, id, propertyOf(values)),
  remove: removeProperty,
  List: (props) => <PropertyList {...props} shape={PROPERTY_LIST} />,
  Sheet: (props) => (
    <PropertySheet
      {...props}
      numbers={numbersToChoose(props.read)}
      values={props.one ? valuesKept(props.read, props.one.id) : 0}
    />
  ),
  Deletion: (props) => <PropertyDeletion {...props} values={valuesKept(props.read, props.one.id)} />,
}
