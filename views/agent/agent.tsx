/** One agent: how they stand, and how that changed in the last 24 hours. */
import type { AgentLine } from "~/agent/queries/agents.ts"
import type { PresenceEntry } from "~/agent/queries/history.ts"
import { Load } from "../layout/status.tsx"
import { Avatar } from "../parts/avatar.tsx"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { Facts } from "../parts/facts.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { Time } from "../parts/time.tsx"
import { Unanswered } from "./agents.tsx"
import { Standing, StatusSetting } from "./status.tsx"

export type AgentPageProps = { screen: Screen; agent: AgentLine; history: readonly PresenceEntry[] }

export const AgentPage = ({ screen, agent, history }: AgentPageProps) => (
  <section class="page agent-page" id="agent-page" {...livePanel(`/agents/${agent.id}`, "agents")}>
    <Button kind="quiet" icon="arrow-left" href="/agents">
      {screen.t("agents.title")}
    </Button>
    <div class="card">
      <div class="card-head">
        <Avatar name={agent.name} size="large" />
        <h1>{agent.name}</h1>
        <StatusSetting screen={screen} agent={agent} />
      </div>
      <Facts
        facts={[
          { name: screen.t("agents.status"), value: <Standing screen={screen} agent={agent} /> },
          {
            name: screen.t("agents.load"),
            value: <Load screen={screen} load={agent.load} maximum={agent.maximum} />,
          },
          {
            name: screen.t("agents.unanswered"),
            value: <Unanswered screen={screen} since={agent.oldestUnanswered} />,
          },
          {
            name: screen.t("agents.skillsets"),
            value: agent.skillsets.map(({ name }) => <Chip tone="info">{name}</Chip>),
          },
        ]}
      />
    </div>
    <div class="card">
      <h2>{screen.t("agents.history")}</h2>
      {history.length === 0 && <p>{screen.t("agents.history_none")}</p>}
      <ol class="presence-history">
        {history.map((entry) => (
          <li id={`presence-${entry.id}`}>
            <Time at={entry.at}>{screen.format.moment(entry.at, screen.now)}</Time>
            <span>{wordsOf(screen, entry)}</span>
          </li>
        ))}
      </ol>
    </div>
  </section>
)

function wordsOf({ t }: Screen, entry: PresenceEntry): string {
  if (entry.part === "link") return t(entry.reason === "connected" ? "presence.connected" : goneKey(entry))
  const change = { was: t(`status.${entry.was}`), became: t(`status.${entry.became}`) }
  if (entry.by !== null) return t("presence.set", { ...change, name: entry.by })
  return t(entry.reason === "missed_offers" ? "presence.missed_offers" : "presence.chosen", change)
}

const goneKey = ({ reason }: PresenceEntry) => (reason === "lost" ? "presence.lost" : "presence.signed_out")
