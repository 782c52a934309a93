/** What webhooks brought and nobody could place, and WhatsApp's news of the account: for the admin. */
import { OwnerlessSetAside, SetAsidePage } from "views/channel/set-aside.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { ApplianceReader, Reader } from "~/database/handles.ts"
import { type Id, parseId } from "~/kernel/id.ts"
import type { Areas } from "~/web/areas.ts"
import type { Visit } from "~/web/visit.ts"
import { accountNews, ownerlessSetAside, setAsideOf } from "../queries/set-aside.ts"

export type SetAsideParts = {
  screenOf: (me: SessionUser, read: Reader) => Screen
  appliance: ApplianceReader
  deeds: {
    again(tenant: Id, actor: Visit["actor"], id: Id): Promise<void>
    remove(tenant: Id, actor: Visit["actor"], id: Id): Promise<void>
  }
}

const PATH = "/admin/set-aside"

export const setAsideRoutes = (areas: Areas, parts: SetAsideParts) => [
  administration(areas, parts),
  platform(areas, parts),
]

const administration = ({ administration }: Areas, { screenOf, deeds }: SetAsideParts) =>
  administration()
    .get("/admin/set-aside", ({ me, read, query, page }) => {
      const screen = screenOf(me, read)
      const before = parseId(query.get("before") ?? "")
      const newsBefore = parseId(query.get("news") ?? "")
      const shelves = { aside: setAsideOf(read, before), news: accountNews(read, newsBefore) }
      return page(screen.t("set_aside.title"), <SetAsidePage screen={screen} {...shelves} />)
    })
    .post("/admin/set-aside/:id/placing", async ({ me, actor, id, back }) => {
      await deeds.again(me.tenant, actor, id("id"))
      return back(PATH)
    })
    .post("/admin/set-aside/:id/removing", async ({ me, actor, id, back }) => {
      await deeds.remove(me.tenant, actor, id("id"))
      return back(PATH)
    })

const platform = ({ platform }: Areas, { screenOf, appliance }: SetAsideParts) =>
  platform().get("/admin/unplaced", ({ me, read, query, page }) => {
    const screen = screenOf(me, read)
    const shelf = ownerlessSetAside(appliance, parseId(query.get("before") ?? ""))
    return page(screen.t("set_aside.title"), <OwnerlessSetAside screen={screen} shelf={shelf} />)
  })
