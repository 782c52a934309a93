/** Agents: how each of them stands at this moment, for whoever supervises. */
import type { AgentFilter, AgentLine, AgentList } from "~/agent/queries/agents.ts"
import { Load, StatusMark } from "../layout/status.tsx"
import { Avatar } from "../parts/avatar.tsx"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { SelectField, TextField } from "../parts/field.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { Since } from "../parts/time.tsx"
import { Standing, StatusSetting } from "./status.tsx"

export type AgentsProps = { screen: Screen; filter: AgentFilter; list: AgentList }

export const Agents = ({ screen, filter, list }: AgentsProps) => (
  <section
    class="page agents-page"
    id="agents-page"
    aria-labelledby="agents-title"
    {...livePanel(addressOf(filter), "agents")}
  >
    <h1 id="agents-title">{screen.t("agents.title")}</h1>
    <Counts screen={screen} filter={filter} list={list} />
    <Search screen={screen} filter={filter} list={list} />
    {list.lines.length === 0 ? (
      <EmptyState
        icon="headset"
        title={screen.t("agents.empty_title")}
        actions={<Button href="/agents">{screen.t("agents.all")}</Button>}
      >
        {screen.t("agents.empty")}
      </EmptyState>
    ) : (
      <AgentTable screen={screen} lines={list.lines} />
    )}
  </section>
)

/** How many stand how: each leads to them, and the chosen one back to all. */
const Counts = ({ screen, filter, list }: AgentsProps) => (
  <ul class="agents-counts">
    {list.counts.map(({ appearance, count }) => {
      const isChosen = filter.appearance === appearance
      const href = addressOf({ ...filter, appearance: isChosen ? null : appearance })
      return (
        <li>
          <a class="agents-count" href={href} aria-current={isChosen ? "true" : null}>
            <StatusMark status={appearance} />
            <span>{screen.t(`status.${appearance}`)}</span>
            <strong>{screen.format.number(count)}</strong>
          </a>
        </li>
      )
    })}
  </ul>
)

/** Works without scripts; with them the list follows what is typed, and the address too. */
const Search = ({ screen: { t }, filter, list }: AgentsProps) => (
  <form
    class="agents-search"
    method="get"
    action="/agents"
    hx-get="/agents"
    hx-target="#agents-page"
    hx-swap="outerMorph"
    hx-replace-url="true"
    hx-trigger="submit, input delay:250ms"
  >
    <TextField name="q" type="search" label={t("agents.search")} value={filter.words} autocomplete="off" />
    <SelectField
      name="skillset"
      label={t("waiting.skillset")}
      value={String(filter.skillset ?? "")}
      options={[
        { value: "", label: t("agents.every_skillset") },
        ...list.skillsets.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
    />
    <SelectField
      name="status"
      label={t("agents.status")}
      value={filter.appearance ?? ""}
      options={[
        { value: "", label: t("agents.every_status") },
        ...list.counts.map(({ appearance }) => ({ value: appearance, label: t(`status.${appearance}`) })),
      ]}
    />
    <noscript>
      <Button type="submit">{t("agents.show")}</Button>
    </noscript>
  </form>
)

const AgentTable = ({ screen, lines }: { screen: Screen; lines: readonly AgentLine[] }) => (
  <table class="agents-table">
    <caption class="visually-hidden">{screen.t("agents.title")}</caption>
    <thead>
      <tr>
        <th scope="col">{screen.t("agents.agent")}</th>
        <th scope="col">{screen.t("agents.status")}</th>
        <th scope="col">{screen.t("agents.load")}</th>
        <th scope="col">{screen.t("agents.unanswered")}</th>
        <th scope="col">{screen.t("agents.skillsets")}</th>
        <th scope="col">
          <span class="visually-hidden">{screen.t("agents.set")}</span>
        </th>
      </tr>
    </thead>
    <tbody>
      {lines.map((agent) => (
        <AgentRow screen={screen} agent={agent} />
      ))}
    </tbody>
  </table>
)

const AgentRow = ({ screen, agent }: { screen: Screen; agent: AgentLine }) => (
  <tr id={`agent-${agent.id}`}>
    <th scope="row">
      <span class="agent-who">
        <Avatar name={agent.name} />
        <a href={`/agents/${agent.id}`}>{agent.name}</a>
        <small>{agent.username}</small>
      </span>
    </th>
    <td>
      <Standing screen={screen} agent={agent} />
    </td>
    <td>
      <Load screen={screen} load={agent.load} maximum={agent.maximum} />
    </td>
    <td data-name={screen.t("agents.unanswered")}>
      <Unanswered screen={screen} since={agent.oldestUnanswered} />
    </td>
    <td>
      {agent.skillsets.map(({ name }) => (
        <Chip tone="info">{name}</Chip>
      ))}
    </td>
    <td>
      <StatusSetting screen={screen} agent={agent} />
    </td>
  </tr>
)

const LATE_MS = 600_000

export const Unanswered = ({ screen, since }: { screen: Screen; since: number | null }) =>
  since === null ? (
    <span class="is-nothing">{screen.t("agents.nobody_waits")}</span>
  ) : (
    <Since at={since} screen={screen} lateAfter={LATE_MS} />
  )

/** The page with a filter, which is in its address. */
function addressOf({ words, skillset, appearance }: AgentFilter): string {
  const asked = new URLSearchParams()
  if (words !== "") asked.set("q", words)
  if (skillset !== null) asked.set("skillset", String(skillset))
  if (appearance !== null) asked.set("status", appearance)
  return asked.size === 0 ? "/agents" : `/agents?${asked}`
}
