import type { Areas } from "~/web/areas.ts"
import { choice, clockTime, optional } from "~/web/form.ts"
import { followHours, forceHours } from "./actions/forcing.ts"
import { FORCED_STATES } from "./rules.ts"

/** Where a plain form goes on. */
const nextPage = optional(choice(["hours"]))

export const channelRoutes = ({ supervision }: Areas) =>
  supervision()
    .post("/channels/:id/forced-hours", async ({ id, form, act, done }) => {
      const channel = id("id")
      const { state, until, next } = form({ state: choice(FORCED_STATES), until: clockTime, next: nextPage })
      await act((tx) => forceHours(tx, channel, state, until))
      return done(next === "hours" ? `/admin/channels/${channel}/hours` : "/conversations")
    })
    .post("/channels/:id/forced-hours/ending", async ({ id, form, act, done }) => {
      const channel = id("id")
      const { next } = form({ next: nextPage })
      await act((tx) => followHours(tx, channel))
      return done(next === "hours" ? `/admin/channels/${channel}/hours` : "/conversations")
    })
