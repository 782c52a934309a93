/** What supervisors ask of distribution. */
import { WhyItWaits } from "views/assignment/why.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Areas } from "~/web/areas.ts"
import { explain } from "./queries/why.ts"

export type AssignmentParts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const assignmentRoutes = ({ supervision }: Areas, { screenOf }: AssignmentParts) =>
  supervision().get("/conversations/:id/why", ({ me, read, actor, id, watch, page }) => {
    const screen = screenOf(me, read)
    const explanation = explain(read, actor, id("id"))
    watch("agents")
    watch(`conversation-${explanation.conversation}`)
    return page(screen.t("why.title"), <WhyItWaits screen={screen} explanation={explanation} />)
  })
