/** A template sent in a conversation. */
import type { Areas } from "~/web/areas.ts"
import { id as idField, line } from "~/web/form.ts"
import { TEMPLATE_FIELDS, valuesOf } from "~/web/template-fields.ts"
import { sendTemplate } from "../actions/templates.ts"

export const templateSendingRoutes = ({ desk }: Areas) =>
  desk().post("/conversations/:id/templates", async ({ id, form, act, redirect }) => {
    const conversation = id("id")
    const { template, clientId, ...fields } = form({
      template: idField,
      clientId: line({ most: 100 }),
      ...TEMPLATE_FIELDS,
    })
    await act((tx) => sendTemplate(tx, conversation, { template, clientId, values: valuesOf(fields) }))
    return redirect(`/conversations/${conversation}`)
  })
