/** How agents stand: what each says of themselves, what supervisors see and say, what stays when somebody leaves. */
import { AgentPage } from "views/agent/agent.tsx"
import { Agents } from "views/agent/agents.tsx"
import { Leaving } from "views/agent/leaving.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import { found } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { choice } from "~/web/form.ts"
import { setStatus, setStatusOf } from "./actions.ts"
import { agentLine, agentList, readFilter } from "./queries/agents.ts"
import { presenceHistory } from "./queries/history.ts"
import { leftBehind } from "./queries/leaving.ts"
import { AGENT_STATUSES } from "./rules.ts"

export type AgentParts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const agentRoutes = (areas: Areas, parts: AgentParts) => [own(areas, parts), supervised(areas, parts)]

const shape = { status: choice(AGENT_STATUSES) }

function own({ desk }: Areas, { screenOf }: AgentParts) {
  return desk()
    .post("/presence", async ({ me, form, act, done }) => {
      const { status } = form(shape)
      await act((tx) => setStatus(tx, me.id, status))
      return done("/conversations")
    })
    .get("/logout", ({ me, read, page }) => {
      const screen = screenOf(me, read)
      return page(screen.t("leaving.title"), <Leaving screen={screen} left={leftBehind(read, me.id)} />)
    })
}

function supervised({ supervision }: Areas, { screenOf }: AgentParts) {
  return supervision()
    .get("/agents", ({ me, read, query, watch, page }) => {
      const screen = screenOf(me, read)
      const filter = readFilter(query)
      watch("agents")
      return page(screen.t("agents.title"), <Agents screen={screen} filter={filter} list={agentList(read, filter)} />)
    })
    .get("/agents/:id", ({ me, read, id, watch, page }) => {
      const screen = screenOf(me, read)
      const agent = found(agentLine(read, id("id")))
      watch("agents")
      return page(agent.name, <AgentPage screen={screen} agent={agent} history={presenceHistory(read, agent.id)} />)
    })
    .post("/agents/:id/status", async ({ id, form, act, done }) => {
      const agent = id("id")
      const { status } = form(shape)
      await act((tx) => setStatusOf(tx, agent, status))
      return done("/agents")
    })
}
