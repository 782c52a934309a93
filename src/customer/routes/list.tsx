/** S38: the list of customers, its file, and entering one by hand. */
import { CUSTOMERS_PATH, Customers, customerColumns } from "views/customer/list.tsx"
import { NewCustomer } from "views/customer/new.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { propertiesFor } from "~/customer-property/queries.ts"
import type { Reader } from "~/database/handles.ts"
import { type ListAsk, readAsk } from "~/kernel/list.ts"
import { demand, type Refusal } from "~/kernel/step.ts"
import { chosenColumns } from "~/list/queries.ts"
import { type FindSaid, saidWith } from "~/message/queries/said.ts"
import { allTags } from "~/tag/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { errorsFor, refusalOf, type Written } from "~/web/editing.ts"
import { type FieldErrors, line } from "~/web/form.ts"
import { listFile } from "~/web/list-file.ts"
import { proven } from "~/web/proof.tsx"
import type { Visit } from "~/web/visit.ts"
import { createCustomer } from "../actions/creating.ts"
import { customerPage, customerPortions } from "../queries/list.ts"
import { mayImport } from "../queries.ts"
import { LONGEST_NAME } from "../rules/editing.ts"
import { customerList, searchedFor } from "../rules/list.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen; find: FindSaid }

const LONGEST_PHONE = 40

export const customerListRoutes = ({ desk }: Areas, { screenOf, find }: Parts) =>
  desk()
    .get(CUSTOMERS_PATH, async (visit) => {
      const { me, read, actor, page } = visit
      const screen = screenOf(me, read)
      const { shape, ask, properties } = asking(visit)
      const said = await saidWith(find, visit, ask.words, { called: searchedFor(ask.words) })
      const found = customerPage(read, actor, ask, said)
      const list = { screen, shape, ask, said, page: found, tags: allTags(read), properties, mayCreate: mayCreate(me) }
      return page(screen.t("customers.title"), <Customers {...list} mayImport={mayImport(actor)} />)
    })
    .post(
      `${CUSTOMERS_PATH}/export`,
      proven({ screenOf }, async (visit) => {
        const { me, read, actor } = visit
        const screen = screenOf(me, read)
        const { ask, properties } = asking(visit)
        const columns = customerColumns(screen, properties)
        const said = await saidWith(find, visit, ask.words, { called: searchedFor(ask.words) })
        const portions = customerPortions(read, actor, ask, said)
        return listFile(visit, withIdentity(ask), columns, portions, screen.t("customers.title"))
      }),
    )
    .get(`${CUSTOMERS_PATH}/new`, (visit) => {
      demand(mayCreate(visit.me), "customer.may_not_edit")
      return newCustomer(visit, screenOf(visit.me, visit.read), {}, {})
    })
    .post(CUSTOMERS_PATH, async (visit) => {
      const screen = screenOf(visit.me, visit.read)
      const form = visit.checkForm({ name: line({ most: LONGEST_NAME }), phone: line({ most: LONGEST_PHONE }) })
      if (!form.valid) return newCustomer(visit, screen, form.written, form.errors)
      let created = 0
      const refusal = await refusalOf(
        visit.act((tx) => {
          created = createCustomer(tx, form.values)
        }),
      )
      if (refusal === null) return visit.redirect(`${CUSTOMERS_PATH}/${created}`)
      return newCustomer(visit, screen, form.written, atItsField(refusal))
    })

const atItsField = (refusal: Refusal): FieldErrors =>
  errorsFor(refusal, { "customer.not_a_phone": "phone", "customer.known": "phone" })

/** Whoever brings the file in again finds everybody, also those without a number. */
const withIdentity = (ask: ListAsk): ListAsk =>
  ask.columns.includes("whatsappUserId") ? ask : { ...ask, columns: [...ask.columns, "whatsappUserId"] }

/** Whether somebody is known already would tell an isolated agent of other skillsets' customers. */
const mayCreate = ({ mayEditCustomers, isolated }: SessionUser): boolean => mayEditCustomers && !isolated

function asking({ query, read, me }: Visit) {
  const properties = propertiesFor(read, null)
  const shape = customerList(properties)
  return { properties, shape, ask: readAsk(shape, query, chosenColumns(read, me.id, shape.name)) }
}

function newCustomer(visit: Visit, screen: Screen, written: Written, errors: FieldErrors): Response {
  const editing = { written, errors, conflict: null, before: null }
  const status = Object.keys(errors).length > 0 ? 422 : 200
  return visit.page(screen.t("customers.new"), <NewCustomer screen={screen} editing={editing} />, status)
}
