/** Waiting conversations: for an agent, for the customer, and those an agent left open (S39). */
import type { WaitingConversation, WaitingGroups, WaitingPage } from "~/conversation/queries/waiting.ts"
import { Avatar } from "../parts/avatar.tsx"
import { Button } from "../parts/button.tsx"
import { Chip, type Tone } from "../parts/chip.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { FormToken } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import type { IconName } from "../parts/icons.ts"
import { livePanel, type Screen } from "../parts/screen.ts"
import { Since } from "../parts/time.tsx"
import { LastLine } from "./last-line.tsx"

/** `from` is where a later page of one group starts; null shows every group from its beginning. */
export type WaitingProps = { screen: Screen; groups: WaitingGroups; from: string | null }

export function WaitingConversations({ screen, groups, from }: WaitingProps) {
  const { t } = screen
  const parts = [
    { title: t("waiting.for_agent"), hint: t("waiting.for_agent_hint"), icon: "clock", page: groups.forAgent },
    { title: t("waiting.for_customer"), hint: t("waiting.for_customer_hint"), icon: "timer", page: groups.forCustomer },
    { title: t("waiting.left_open"), hint: t("waiting.left_open_hint"), icon: "wifi-off", page: groups.leftOpen },
  ] as const
  const filled = parts.filter(({ page }) => page.rows.length > 0)
  return (
    <section
      class="waiting-page"
      id="waiting-page"
      aria-labelledby="waiting-title"
      {...livePanel(from === null ? "/waiting" : `/waiting?from=${from}`, "waiting")}
    >
      <h1 id="waiting-title">{t("waiting.title")}</h1>
      {from !== null && (
        <Button kind="quiet" icon="arrow-left" href="/waiting">
          {t("waiting.from_start")}
        </Button>
      )}
      {filled.length === 0 ? (
        <EmptyState icon="hourglass" title={t("waiting.empty_title")}>
          {t("waiting.empty")}
        </EmptyState>
      ) : (
        filled.map((part) => <WaitingPart screen={screen} {...part} />)
      )}
    </section>
  )
}

type PartProps = { screen: Screen; title: string; hint: string; icon: IconName; page: WaitingPage }

const WaitingPart = ({ screen, title, hint, icon, page }: PartProps) => (
  <div class="waiting-part">
    <table class="waiting-table">
      <caption>
        <span class="waiting-caption">
          <Icon name={icon} size="small" />
          <strong>{title}</strong>
          <span>{hint}</span>
        </span>
      </caption>
      <thead>
        <tr>
          <th scope="col">{screen.t("waiting.customer")}</th>
          <th scope="col">{screen.t("waiting.status")}</th>
          <th scope="col">{screen.t("waiting.since")}</th>
          <th scope="col">{screen.t("waiting.skillset")}</th>
          <th scope="col">{screen.t("waiting.channel")}</th>
          <th scope="col">
            <span class="visually-hidden">{screen.t("waiting.action")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {page.rows.map((row) => (
          <WaitingRow screen={screen} row={row} />
        ))}
      </tbody>
    </table>
    {page.next && (
      <Button kind="quiet" href={`/waiting?from=${page.next.from}`}>
        {screen.t("waiting.more", { count: page.next.count })}
      </Button>
    )}
  </div>
)

const WaitingRow = ({ screen, row }: { screen: Screen; row: WaitingConversation }) => (
  <tr id={`waiting-${row.id}`}>
    <th scope="row">
      <span class="waiting-who">
        <Avatar name={row.title} />
        <a class="waiting-name" href={`/conversations/${row.id}`}>
          {row.title}
        </a>
        <span class="waiting-line">
          <LastLine screen={screen} line={row.lastLine} />
        </span>
      </span>
    </th>
    <td>
      <Status screen={screen} row={row} />
    </td>
    <td>
      <Since
        at={row.since}
        screen={screen}
        lateAfter={row.status === "queued" || row.status === "offered" ? LATE_MS : null}
      />
    </td>
    <td>{row.skillsetName && <Chip tone="info">{row.skillsetName}</Chip>}</td>
    <td>{row.channelName}</td>
    <td>
      <Action screen={screen} row={row} />
    </td>
  </tr>
)

const Action = ({ screen, row }: { screen: Screen; row: WaitingConversation }) =>
  row.mayTake ? (
    <form method="post" action={`/conversations/${row.id}/taking`}>
      <FormToken csrfToken={screen.csrfToken} />
      <Button
        size="small"
        type="submit"
        icon="hand"
        kind={row.status === "queued" ? "primary" : "plain"}
        more={{ "aria-label": screen.t("waiting.take_of", { name: row.title }) }}
      >
        {screen.t("waiting.take")}
      </Button>
    </form>
  ) : (
    <Button
      size="small"
      kind="quiet"
      icon="eye"
      href={`/conversations/${row.id}`}
      more={{ "aria-label": screen.t("waiting.look_at", { name: row.title }) }}
    >
      {screen.t("waiting.look")}
    </Button>
  )

/** Somebody who waits for us too long; what waits for the customer is never late. */
const LATE_MS = 600_000

function Status({ screen, row }: { screen: Screen; row: WaitingConversation }) {
  const { tone, icon } = STATUS_LOOKS[row.status]
  return (
    <Chip tone={tone} icon={icon}>
      {statusWords(screen, row)}
    </Chip>
  )
}

const STATUS_LOOKS: Readonly<Record<WaitingConversation["status"], { tone: Tone; icon: IconName }>> = {
  queued: { tone: "info", icon: "clock" },
  offered: { tone: "info", icon: "bell" },
  parked_public: { tone: "ok", icon: "users" },
  parked_personal: { tone: "ok", icon: "user-round" },
  left_open: { tone: "warn", icon: "wifi-off" },
}

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
