import type { Areas } from "~/web/areas.ts"
import { choice } from "~/web/form.ts"
import { setStatus } from "./actions.ts"
import { AGENT_STATUSES } from "./rules.ts"

export const agentRoutes = ({ desk }: Areas) =>
  desk().post("/presence", async ({ me, form, act, done }) => {
    const { status } = form({ status: choice(AGENT_STATUSES) })
    await act((tx) => setStatus(tx, me.id, status))
    return done("/conversations")
  })
