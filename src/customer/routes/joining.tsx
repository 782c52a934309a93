/** Joining two customers, and parting them again: each with a page that says what it would do. */
import { JoinPreviewPage, JoinSearch, SeparatePage } from "views/customer/joining.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { titleOf } from "~/conversation/queries/console.ts"
import { propertiesFor } from "~/customer-property/queries.ts"
import type { Reader } from "~/database/handles.ts"
import { type Id, parseId } from "~/kernel/id.ts"
import { readAsk } from "~/kernel/list.ts"
import { demand, found } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { choice, type FormShape, id as idField, optional } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { joinCustomers, separateCustomer, undoJoin } from "../actions/joining.ts"
import { joinedAddresses, joinPreview, mayJoin, suggestionsFor } from "../queries/joining.ts"
import { customerPage } from "../queries/list.ts"
import { customerFor } from "../queries.ts"
import type { FieldPick } from "../rules/joining.ts"
import { customerList } from "../rules/list.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const customerJoiningRoutes = ({ supervision }: Areas, { screenOf }: Parts) =>
  supervision()
    .get("/customers/:id/joining", (visit) => {
      const { read, actor, query, me } = visit
      const customer = allowed(visit)
      const screen = screenOf(me, read)
      const other = parseId(query.get("with") ?? "")
      if (other === null) return visit.page(screen.t("joining.title"), <JoinSearch {...searchOf(visit, screen)} />)
      const preview = joinPreview(read, actor, customer.id, other)
      return visit.page(
        screen.t("joining.title"),
        <JoinPreviewPage screen={screen} preview={preview} properties={propertiesFor(read, null)} />,
      )
    })
    .post("/customers/:id/joining", async (visit) => {
      const { id: kept } = allowed(visit)
      const { joined, picks } = picksOf(visit, kept)
      await visit.act((tx) => joinCustomers(tx, { kept, joined, picks }))
      return visit.redirect(`/customers/${kept}`)
    })
    .get("/customers/:id/separating", (visit) => {
      const customer = allowed(visit)
      const screen = screenOf(visit.me, visit.read)
      const join = parseId(visit.query.get("join") ?? "")
      const address = found(joinedAddresses(visit.read, customer.id).find((one) => one.join === join) ?? null)
      const props = { screen, customer: customer.id, title: titleOf(customer), address }
      return visit.page(screen.t("joining.separate_title"), <SeparatePage {...props} />)
    })
    .post("/customers/:id/separating", async (visit) => {
      const { id: kept } = allowed(visit)
      const { join, how } = visit.form({ join: idField, how: choice(["undo", "separate"]) })
      await visit.act((tx) => (how === "undo" ? undoJoin(tx, kept, join) : void separateCustomer(tx, kept, join)))
      return visit.redirect(`/customers/${kept}`)
    })

function allowed({ read, actor, id, me }: Visit<"id">) {
  const customer = found(customerFor(read, actor, id("id")))
  demand(mayJoin(actor, me), "customer.may_not_join")
  return customer
}

/** Whom it may be: those who look like it, and whoever is searched for. */
function searchOf(visit: Visit<"id">, screen: Screen) {
  const { read, actor, query } = visit
  const customer = allowed(visit)
  const words = query.get("q") ?? ""
  const ask = readAsk(customerList(propertiesFor(read, null)), new URLSearchParams({ q: words }))
  const rows = words.trim() === "" ? [] : customerPage(read, actor, ask, null).rows
  return {
    screen,
    customer: customer.id,
    title: titleOf(customer),
    words,
    hits: rows.filter(({ id }) => id !== customer.id).slice(0, MOST_HITS),
    suggestions: suggestionsFor(read, actor, customer.id),
  }
}

const MOST_HITS = 20

/** Which value of each field stays; a field that is not named stays as the page showed it. */
function picksOf({ read, actor, form }: Visit<"id">, kept: Id) {
  const { joined } = { joined: idField }
  const fields = [
    "name",
    "otherPhone",
    "email",
    "language",
    ...propertiesFor(read, null).map(({ id }) => `property${id}`),
  ]
  const pick = optional(choice(["kept", "joined"] as const))
  const shape = { joined, ...Object.fromEntries(fields.map((field) => [`pick.${field}`, pick])) }
  const values = form(shape as unknown as FormShape<Record<string, unknown>>)
  const other = values.joined as Id
  found(customerFor(read, actor, other))
  const chosen = fields.flatMap((field) => {
    const value = values[`pick.${field}`] as FieldPick | null
    return value === null ? [] : [[field, value] as const]
  })
  return { kept, joined: other, picks: Object.fromEntries(chosen) }
}
