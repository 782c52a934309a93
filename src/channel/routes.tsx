import type { Areas } from "~/web/areas.ts"
import { choice, clockTime } from "~/web/form.ts"
import { followHours, forceHours } from "./actions/forcing.ts"
import { FORCED_STATES } from "./rules.ts"

export const channelRoutes = ({ supervision }: Areas) =>
  supervision()
    .post("/channels/:id/forced-hours", async ({ id, form, act, done }) => {
      const channel = id("id")
      const { state, until } = form({ state: choice(FORCED_STATES), until: clockTime })
      await act((tx) => forceHours(tx, channel, state, until))
      return done("/conversations")
    })
    .post("/channels/:id/forced-hours/ending", async ({ id, act, done }) => {
      const channel = id("id")
      await act((tx) => followHours(tx, channel))
      return done("/conversations")
    })
