/** The wait queue: into it, one's own, and out of it. */

import type { Screen } from "views/parts/screen.ts"
import { WaitQueue } from "views/wait-queue/wait-queue.tsx"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Areas } from "~/web/areas.ts"
import { choice, optional, text } from "~/web/form.ts"
import { park, unpark } from "../actions/parking.ts"
import { ownWaitQueue } from "../queries/wait-queue.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }

const MOST_REASON = 1_000

export const waitQueueRoutes = ({ desk }: Areas, { screenOf }: Parts) =>
  desk()
    .get("/wait-queue", ({ me, read, page }) => {
      const screen = screenOf(me, read)
      return page(screen.t("nav.wait_queue"), <WaitQueue screen={screen} conversations={ownWaitQueue(read, me.id)} />)
    })
    .post("/conversations/:id/park", async ({ id, form, act, redirect }) => {
      const conversation = id("id")
      const { as, reason } = form({ as: choice(["public", "personal"]), reason: optional(text({ most: MOST_REASON })) })
      await act((tx) => park(tx, conversation, { as, reason: reason?.trim() ?? null }))
      return redirect("/conversations")
    })
    .post("/conversations/:id/unpark", async ({ id, act, redirect }) => {
      const conversation = id("id")
      await act((tx) => unpark(tx, conversation))
      return redirect(`/conversations/${conversation}`)
    })
