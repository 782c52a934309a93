/** Unmanaged: supervisors look at who is in a menu, and take them out of it. */
import { Unmanaged } from "views/menu/unmanaged.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Areas } from "~/web/areas.ts"
import { id as idField } from "~/web/form.ts"
import { assignTo } from "./actions.ts"
import { everySkillset, unmanagedConversations } from "./queries.ts"

export type MenuParts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const menuRoutes = ({ supervision }: Areas, { screenOf }: MenuParts) =>
  supervision()
    .get("/unmanaged", ({ me, read, page }) => {
      const screen = screenOf(me, read)
      const props = { screen, conversations: unmanagedConversations(read), skillsets: everySkillset(read) }
      return page(screen.t("unmanaged.title"), <Unmanaged {...props} />)
    })
    .post("/unmanaged/:id/skillset", async ({ id, form, act, done }) => {
      const conversation = id("id")
      const { skillset } = form({ skillset: idField })
      await act((tx) => assignTo(tx, conversation, skillset))
      return done("/unmanaged")
    })
