/** Waiting conversations: for an agent, for the customer, and those an agent left open (S39). */
import type { WaitingConversation, WaitingGroups } from "~/conversation/queries/waiting.ts"
import { Avatar } from "../parts/avatar.tsx"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { FormToken } from "../parts/field.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { Since } from "../parts/time.tsx"

export type WaitingProps = { screen: Screen; groups: WaitingGroups }

export function WaitingConversations({ screen, groups }: WaitingProps) {
  const { t } = screen
  const parts = [
    { title: t("waiting.for_agent"), rows: groups.forAgent },
    { title: t("waiting.for_customer"), rows: groups.forCustomer },
    { title: t("waiting.left_open"), rows: groups.leftOpen },
  ].filter(({ rows }) => rows.length > 0)
  return (
    <section
      class="waiting-page"
      id="waiting-page"
      aria-labelledby="waiting-title"
      {...livePanel("/waiting", "waiting")}
    >
      <h1 id="waiting-title">{t("waiting.title")}</h1>
      {parts.length === 0 ? (
        <EmptyState icon="hourglass" title={t("waiting.empty_title")}>
          {t("waiting.empty")}
        </EmptyState>
      ) : (
        parts.map((part) => <WaitingTable screen={screen} {...part} />)
      )}
    </section>
  )
}

const WaitingTable = ({ screen, title, rows }: { screen: Screen; title: string; rows: WaitingConversation[] }) => (
  <table class="waiting-table">
    <caption>{title}</caption>
    <thead>
      <tr>
        <th scope="col">{screen.t("waiting.customer")}</th>
        <th scope="col">{screen.t("waiting.channel")}</th>
        <th scope="col">{screen.t("waiting.skillset")}</th>
        <th scope="col">{screen.t("waiting.status")}</th>
        <th scope="col">{screen.t("waiting.since")}</th>
        <th scope="col">
          <span class="visually-hidden">{screen.t("waiting.action")}</span>
        </th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <WaitingRow screen={screen} row={row} />
      ))}
    </tbody>
  </table>
)

const WaitingRow = ({ screen, row }: { screen: Screen; row: WaitingConversation }) => (
  <tr id={`waiting-${row.id}`}>
    <th scope="row">
      <Avatar name={row.title} size="small" />
      <a href={`/conversations/${row.id}`}>{row.title}</a>
    </th>
    <td>{row.channelName}</td>
    <td>{row.skillsetName && <Chip tone="info">{row.skillsetName}</Chip>}</td>
    <td>{statusWords(screen, row)}</td>
    <td>
      <Since at={row.since} screen={screen} />
    </td>
    <td>
      {row.mayTake ? (
        <form method="post" action={`/conversations/${row.id}/taking`}>
          <FormToken csrfToken={screen.csrfToken} />
          <Button size="small" type="submit" more={{ "aria-label": screen.t("waiting.take_of", { name: row.title }) }}>
            {screen.t("waiting.take")}
          </Button>
        </form>
      ) : (
        <Button
          size="small"
          kind="quiet"
          href={`/conversations/${row.id}`}
          more={{ "aria-label": screen.t("waiting.look_at", { name: row.title }) }}
        >
          {screen.t("waiting.look")}
        </Button>
      )}
    </td>
  </tr>
)

function statusWords({ t }: Screen, { status, userName }: WaitingConversation): string {
  const name = userName ?? ""
  switch (status) {
    case "queued":
      return userName === null ? t("waiting.queued") : t("waiting.queued_for", { name })
    case "offered":
      return t("waiting.offered", { name })
    case "parked_public":
      return t("waiting.parked_public")
    case "parked_personal":
      return t("waiting.parked_personal", { name })
    case "left_open":
      return t("waiting.agent_gone", { name })
  }
}
