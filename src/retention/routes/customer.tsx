/** A customer is erased, or kept from it: on their page, by the tenant's admin. */

import type { Screen } from "views/parts/screen.ts"
import { ErasureForm, ErasureProgress } from "views/retention/erasure.tsx"
import { HoldForm } from "views/retention/holds.tsx"
import type { SessionUser } from "~/account/queries.ts"
import { conversationHead, titleOf } from "~/conversation/queries/console.ts"
import { titlesOfJoined } from "~/customer/queries/joining.ts"
import { customerFor, phoneOf } from "~/customer/queries.ts"
import type { Reader } from "~/database/handles.ts"
import { found, type Refusal } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { refusalOf } from "~/web/editing.ts"
import { line, text } from "~/web/form.ts"
import { proven } from "~/web/proof.tsx"
import type { Visit } from "~/web/visit.ts"
import { eraseCustomer } from "../actions/erasing.ts"
import { setHold } from "../actions/holds.ts"
import { erasureById, holdMarks, obstaclesOf } from "../queries.ts"
import type { RetentionParts } from "../routes.tsx"
import { LONGEST_HOLD_REASON } from "../rules.ts"

type Parts = RetentionParts & { screenOf: (me: SessionUser, read: Reader) => Screen }

export const customerErasureRoutes = ({ administration }: Areas, parts: Parts) =>
  administration()
    .get(
      "/customers/:id/erasure",
      proven(parts, (visit) => askPage(visit, parts, null)),
    )
    .post(
      "/customers/:id/erasure",
      proven(parts, async (visit) => {
        const customer = found(customerFor(visit.read, visit.actor, visit.id("id")))
        const { typed } = visit.form({ typed: text({ most: 300 }) })
        let erasure = 0
        const refusal = await refusalOf(
          visit.act((tx) => {
            erasure = eraseCustomer(tx, customer.id, typed)
          }),
        )
        return refusal ? askPage(visit, parts, refusal) : visit.redirect(`/admin/retention/erasures/${erasure}`)
      }),
    )
    .get("/admin/retention/erasures/:id", ({ me, read, id, watch, page }) => {
      watch("retention")
      const erasure = found(erasureById(read, id("id")))
      const screen = parts.screenOf(me, read)
      return page(screen.t("erasure.progress_title"), <ErasureProgress screen={screen} erasure={erasure} />)
    })

async function askPage(visit: Visit<"id">, { screenOf, counting }: Parts, refusal: Refusal | null): Promise<Response> {
  const { me, read, actor, id, page } = visit
  const customer = found(customerFor(read, actor, id("id")))
  const footprint = await counting.footprint(me.tenant, customer.id)
  const screen = screenOf(me, read)
  const props = {
    title: titleOf(customer),
    phone: phoneOf(customer),
    customer: customer.id,
    footprint,
    joined: titlesOfJoined(read, customer.id),
  }
  const status = refusal === null ? 200 : refusal.refused === "erasure.not_confirmed" ? 422 : 409
  return page(
    screen.t("erasure.title"),
    <ErasureForm screen={screen} {...props} {...obstaclesOf(read, customer.id)} refusal={refusal} />,
    status,
  )
}

const reason = { reason: line({ most: LONGEST_HOLD_REASON }) }

export const holdRoutes = ({ administration }: Areas, { screenOf }: Pick<Parts, "screenOf">) =>
  administration()
    .get("/customers/:id/hold", ({ me, read, actor, id, html }) => {
      const customer = found(customerFor(read, actor, id("id")))
      const [hold = null] = holdMarks(read, actor, customer.id, null)
      const place = { on: "customer", id: customer.id, title: titleOf(customer) } as const
      return html(<HoldForm screen={screenOf(me, read)} place={place} hold={hold} />)
    })
    .post("/customers/:id/hold", async (visit) => {
      const customer = found(customerFor(visit.read, visit.actor, visit.id("id")))
      const given = visit.form(reason)
      await visit.act((tx) => void setHold(tx, { on: "customer", id: customer.id }, given.reason))
      return visit.done(`/customers/${customer.id}`)
    })
    .get("/conversations/:id/hold", ({ me, read, actor, id, html }) => {
      const head = conversationHead(read, actor, id("id"))
      const marks = holdMarks(read, actor, head.customer, head.id)
      const hold = marks.find(({ on }) => on === "conversation") ?? null
      const place = { on: "conversation", id: head.id, title: head.title } as const
      return html(<HoldForm screen={screenOf(me, read)} place={place} hold={hold} />)
    })
    .post("/conversations/:id/hold", async (visit) => {
      const head = conversationHead(visit.read, visit.actor, visit.id("id"))
      const given = visit.form(reason)
      await visit.act((tx) => void setHold(tx, { on: "conversation", id: head.id }, given.reason))
      return visit.done(`/conversations/${head.id}`)
    })
