/** A6: templates of the tenant's WhatsApp accounts, as Meta has them and as agents may use them. */
import type { Screen } from "views/parts/screen.ts"
import { AdminTemplates } from "views/template/admin.tsx"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Areas } from "~/web/areas.ts"
import { checkbox, line, optional } from "~/web/form.ts"
import { chooseTemplate, wantSync } from "../actions.ts"
import { adminTemplates } from "../queries/admin.ts"
import { templateAccounts } from "../queries.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const templateAdminRoutes = ({ administration }: Areas, { screenOf }: Parts) =>
  administration()
    .get("/admin/templates", ({ me, read, page, watch }) => {
      const screen = screenOf(me, read)
      watch("templates")
      const props = { screen, accounts: templateAccounts(read), templates: adminTemplates(read) }
      return page(screen.t("templates_admin.title"), <AdminTemplates {...props} />)
    })
    .post("/admin/templates/sync", async ({ read, form, act, redirect }) => {
      const { account } = form({ account: optional(line({ most: 32 })) })
      const wanted = templateAccounts(read).filter(({ wabaId }) => account === null || wabaId === account)
      await act((tx) => {
        for (const { wabaId } of wanted) wantSync(tx, wabaId)
      })
      return redirect("/admin/templates")
    })
    .post("/admin/templates/:id/opening", async ({ id, form, act, redirect }) => {
      const template = id("id")
      const { enabled } = form({ enabled: checkbox })
      await act((tx) => chooseTemplate(tx, template, { enabled }))
      return redirect("/admin/templates")
    })
