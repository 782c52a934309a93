/** What an administrator does for somebody's sign-in: invite, start a reset, take a lost factor away, end sessions. */
import { Handed, Helped } from "views/account/handed.tsx"
import type { Areas } from "~/web/areas.ts"
import type { Visit } from "~/web/visit.ts"
import { invite } from "../actions/inviting.ts"
import { offerReset } from "../actions/resetting.ts"
import { resetFactor } from "../actions/second-factor.ts"
import { endSessionsForAdmin } from "../actions.ts"
import type { AccountRouteParts } from "../routes.tsx"

/**
 * Answers to htmx are a fragment that says what was done, with what is to be handed over where no mail can be; a plain
 * form gets the same as a page.
 */
export function helpingRoutes({ administration }: Areas, parts: AccountRouteParts) {
  const screen = ({ me, read }: Visit) => parts.screenOf(me, read)
  return administration()
    .post("/admin/users/:id/invitation", async (visit) => {
      const invited = await invite(parts, visit.me.tenant, visit.actor, visit.id("id"))
      const { t } = screen(visit)
      return visit.page(
        t("handed.invitation_title"),
        <Handed screen={screen(visit)} what={{ kind: "invitation", ...invited }} />,
      )
    })
    .post("/admin/users/:id/password-reset", async (visit) => {
      const offered = await offerReset(parts, visit.me.tenant, visit.actor, visit.id("id"))
      const { t } = screen(visit)
      return visit.page(t("handed.reset_title"), <Handed screen={screen(visit)} what={{ kind: "reset", ...offered }} />)
    })
    .post("/admin/users/:id/second-factor/reset", async (visit) => {
      const user = visit.id("id")
      await visit.act((tx) => resetFactor(tx, user))
      return helped(visit, parts, "factor")
    })
    .post("/admin/users/:id/sessions/ending", async (visit) => {
      const user = visit.id("id")
      await visit.act((tx) => endSessionsForAdmin(tx, user))
      return helped(visit, parts, "sessions")
    })
}

function helped(visit: Visit, { screenOf }: AccountRouteParts, what: "factor" | "sessions"): Response {
  const screen = screenOf(visit.me, visit.read)
  return visit.page(screen.t(`helped.${what}`), <Helped screen={screen} what={what} />)
}
