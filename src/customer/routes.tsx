/** Editing a customer, and what is done to their standing, from wherever a conversation with them is shown. */
import { CUSTOMER_DEEDS, CustomerDeedForm } from "views/customer/deeds.tsx"
import { CustomerForm } from "views/customer/form.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { conversationHead, titleOf } from "~/conversation/queries/console.ts"
import { customerProperties } from "~/customer-property/queries.ts"
import type { Reader, Tx } from "~/database/handles.ts"
import { type Id, parseId } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { choice, type Field, id as idField, line, optional, text } from "~/web/form.ts"
import { InvalidForm } from "~/web/problem.ts"
import type { Visit } from "~/web/visit.ts"
import { editCustomer, fieldOf, fieldsOf } from "./actions/editing.ts"
import { startAsNewPerson } from "./actions/new-person.ts"
import { blockCustomer, changeConsentByHand, unblockCustomer } from "./actions/standing.ts"
import { customerCard, customerFor, phoneOf } from "./queries.ts"
import { type Fields, OWN_FIELDS } from "./rules/editing.ts"
import { CUSTOMER_LANGUAGES } from "./rules/import-values.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }

const LONGEST_TYPED = 4_000
const LONGEST_REASON = 300

export const customerRoutes = ({ desk }: Areas, { screenOf }: Parts) =>
  desk()
    .get("/customers/:id/form", (visit) => {
      const customer = found(customerFor(visit.read, visit.actor, visit.id("id")))
      demand(visit.me.mayEditCustomers, "customer.may_not_edit")
      const values = fieldsOf(visit.read, customer.id)
      const conversation = parseId(visit.query.get("conversation") ?? "")
      return visit.html(formOf(visit, screenOf(visit.me, visit.read), conversation, { values, shown: values }))
    })
    .post("/customers/:id", async (visit) => {
      const customer = found(customerFor(visit.read, visit.actor, visit.id("id")))
      const { conversation, typed, shown } = editOf(visit)
      const outcome = await visit.act((tx) => editCustomer(tx, customer.id, typed, shown))
      if (outcome.saved)
        return visit.done(conversation === null ? `/customers/${customer.id}` : `/conversations/${conversation}`)
      if (!visit.wantsPanel && Object.keys(outcome.errors).length > 0) throw new InvalidForm(outcome.errors)
      const screen = screenOf(visit.me, visit.read)
      const drawn = { values: typed, shown, errors: outcome.errors, conflicts: outcome.conflicts }
      return visit.html(formOf(visit, screen, conversation, drawn), outcome.conflicts.length > 0 ? 409 : 422)
    })
    .get("/customers/:id/deed", ({ me, read, actor, id, query, html }) => {
      const customer = found(customerFor(read, actor, id("id")))
      const deed = CUSTOMER_DEEDS.find((one) => one === query.get("deed")) ?? "opt_out"
      const conversation = parseId(query.get("conversation") ?? "")
      const whose = { customer: customer.id, conversation, name: titleOf(customer) }
      return html(<CustomerDeedForm screen={screenOf(me, read)} deed={deed} {...whose} />)
    })
    .post("/customers/:id/standing", async (visit) => {
      const { id: customer } = found(customerFor(visit.read, visit.actor, visit.id("id")))
      const asked = visit.form({
        deed: choice(CUSTOMER_DEEDS),
        reason: optional(line({ most: LONGEST_REASON })),
        conversation: optional(idField),
      })
      await visit.act((tx) => doDeed(tx, customer, asked))
      return visit.done(asked.conversation === null ? `/customers/${customer}` : `/conversations/${asked.conversation}`)
    })

type Deed = { deed: (typeof CUSTOMER_DEEDS)[number]; reason: string | null }

function doDeed(tx: Tx, customer: Id, { deed, reason }: Deed): void {
  if (deed === "block") blockCustomer(tx, customer, reasoned(reason))
  else if (deed === "unblock") unblockCustomer(tx, customer)
  else if (deed === "new_person") startAsNewPerson(tx, customer)
  else changeConsentByHand(tx, customer, deed === "opt_out" ? "out" : "in", reasoned(reason))
}

function reasoned(reason: string | null): string {
  demand(reason !== null, "customer.needs_reason")
  return reason
}

type Drawn = Pick<Parameters<typeof CustomerForm>[0], "values" | "shown" | "errors" | "conflicts">

function formOf({ read, actor, id }: Visit<"id">, screen: Screen, conversation: Id | null, drawn: Drawn) {
  const customer = found(customerFor(read, actor, id("id")))
  const channel = conversation === null ? null : conversationHead(read, actor, conversation).channel
  const { properties } = customerCard(read, customer.id, channel)
  const whose = { customer: customer.id, profileName: customer.profileName, phone: phoneOf(customer) }
  return (
    <CustomerForm
      screen={screen}
      {...whose}
      conversation={conversation}
      properties={properties}
      languages={CUSTOMER_LANGUAGES}
      {...drawn}
    />
  )
}

/** The fields of the form, and what stood in each when it was drawn. */
function editOf({ read, form }: Visit<"id">): { conversation: Id | null; typed: Fields; shown: Fields } {
  const names = [...OWN_FIELDS, ...customerProperties(read).map(({ id }) => fieldOf(id))]
  const field = text({ most: LONGEST_TYPED })
  const present: Field<string | null> = (given) => (given.length === 0 ? { value: null } : field(given))
  const shape = Object.fromEntries(names.flatMap((name) => [name, `shown.${name}`]).map((name) => [name, present]))
  const values = form<Record<string, unknown>>({ ...shape, conversation: optional(idField) })
  const pick = (prefix: string): Fields =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = values[`${prefix}${name}`]
        return typeof value === "string" ? [[name, value]] : []
      }),
    )
  return { conversation: values.conversation as Id | null, typed: pick(""), shown: pick("shown.") }
}
