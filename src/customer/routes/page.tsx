/** One customer on a page of their own. */
import { HistoryList } from "views/conversation/history.tsx"
import { CUSTOMERS_PATH } from "views/customer/list.tsx"
import { CustomerCardPanel, CustomerPage } from "views/customer/page.tsx"
import { listAddress } from "views/list/address.ts"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { titleOf } from "~/conversation/queries/console.ts"
import { customerHistory, periodOf, searchedHistory } from "~/conversation/queries/history.ts"
import { propertiesFor } from "~/customer-property/queries.ts"
import type { Reader } from "~/database/handles.ts"
import { readAsk } from "~/kernel/list.ts"
import { found } from "~/kernel/step.ts"
import type { FindSaid } from "~/message/queries/said.ts"
import { holdMarks, mayErase } from "~/retention/queries.ts"
import type { Areas } from "~/web/areas.ts"
import type { Visit } from "~/web/visit.ts"
import { joinedAddresses, mayJoin, suggestionsFor } from "../queries/joining.ts"
import { customerCard, customerFor, knownSince, mayBlock, personOf, phoneOf } from "../queries.ts"
import { customerList } from "../rules/list.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen; find: FindSaid }

const LONGEST_WORDS = 100
/** No conversation is at hand that would be left out. */
const NONE = 0

export const customerPageRoutes = ({ desk }: Areas, { screenOf, find }: Parts) =>
  desk()
    .get("/customers/:id", (visit) => {
      const person = personOf(visit.read, visit.id("id"))
      if (person !== visit.id("id"))
        return visit.redirect(`/customers/${found(customerFor(visit.read, visit.actor, person)).id}`)
      const props = propsOf(visit, screenOf(visit.me, visit.read))
      visit.watch(`customer-${props.customer.id}`)
      return visit.page(props.title, <CustomerPage {...props} />)
    })
    .get("/customers/:id/card", (visit) => {
      return visit.html(<CustomerCardPanel {...propsOf(visit, screenOf(visit.me, visit.read))} />)
    })
    .get("/customers/:id/history", async (visit) => {
      const { me, read, actor, id, query, wantsPanel, html, redirect } = visit
      const customer = found(customerFor(read, actor, id("id")))
      if (!wantsPanel) return redirect(`/customers/${customer.id}`)
      const filter = {
        ...periodOf(me.timezone, query.get("from") ?? "", query.get("until") ?? ""),
        words: (query.get("words") ?? "").slice(0, LONGEST_WORDS),
      }
      const history = await searchedHistory(visit, find, { customer: customer.id, except: NONE }, filter)
      return html(<HistoryList screen={screenOf(me, read)} history={history} isFiltered />)
    })

function propsOf({ me, read, actor, id, query }: Visit<"id">, screen: Screen) {
  const customer = found(customerFor(read, actor, id("id")))
  const joins = mayJoin(actor, me)
  const ask = readAsk(customerList(propertiesFor(read, null)), query)
  return {
    screen,
    customer,
    title: titleOf(customer),
    phone: phoneOf(customer),
    createdAt: knownSince(read, customer.id),
    card: customerCard(read, customer.id, null),
    rights: {
      mayEdit: me.mayEditCustomers,
      mayBlock: mayBlock(actor),
      mayStart: me.outbound,
      mayErase: mayErase(actor),
      mayJoin: joins,
    },
    addresses: joins ? joinedAddresses(read, customer.id) : [],
    suggestions: joins ? suggestionsFor(read, actor, customer.id) : [],
    history: customerHistory(read, actor, { customer: customer.id, except: NONE }),
    holds: holdMarks(read, actor, customer.id, null),
    listPath: listAddress(CUSTOMERS_PATH, ask, ask.cursor),
  }
}
