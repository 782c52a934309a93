/** The agent's conversations: one label each, what wants opening first. */
import type { AgentStatus } from "~/agent/rules.ts"
import type { ConversationLabel } from "~/conversation/queries/console.ts"
import type { Id } from "~/kernel/id.ts"
import { Avatar } from "../parts/avatar.tsx"
import { Chip } from "../parts/chip.tsx"
import { Count } from "../parts/count.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { Since } from "../parts/time.tsx"
import { StartButton } from "../start/start.tsx"
import { TagChips } from "../tag/tags.tsx"
import { LastLine } from "./last-line.tsx"
import { WindowLeft } from "./window-left.tsx"

export type ConversationListProps = {
  screen: Screen
  labels: readonly ConversationLabel[]
  /** Of the labels: what the page compares with what there is. */
  sum?: string
  /** The one whose thread is open. */
  current: Id | null
  status: AgentStatus | null
  /** The user may write first. */
  mayStart?: boolean
}

/** Its own panel: it never disturbs the thread beside it. */
export function ConversationList({
  screen,
  labels,
  sum = "",
  current,
  status,
  mayStart = false,
}: ConversationListProps) {
  // One tab stop for the whole list: arrows move within it.
  const tabStop = labels.find(({ id }) => id === current) ?? labels[0]
  return (
    <section
      class="conversation-list"
      id="conversation-list"
      aria-label={screen.t("list.title")}
      data-pane
      data-sum={sum}
      {...livePanel(`/conversations/list${current === null ? "" : `?open=${current}`}`, "conversations", "status")}
    >
      <header class="pane-head">
        <h2>{screen.t("list.title")}</h2>
        {mayStart && <StartButton {...screen} />}
      </header>
      {labels.length === 0 ? (
        <EmptyState icon="inbox" title={screen.t("list.empty_title")}>
          {screen.t(emptyWords(status))}
        </EmptyState>
      ) : (
        <ul class="conversation-labels" aria-label={screen.t("list.title")}>
          {labels.map((label) => (
            <Label screen={screen} label={label} isCurrent={label.id === current} isTabStop={label === tabStop} />
          ))}
        </ul>
      )}
    </section>
  )
}

const emptyWords = (status: AgentStatus | null) => {
  if (status === "break") return "list.empty_break"
  return status === "back_office" ? "list.empty_back_office" : "list.empty_ready"
}

type LabelProps = { screen: Screen; label: ConversationLabel; isCurrent: boolean; isTabStop: boolean }

function Label({ screen, label, isCurrent, isTabStop }: LabelProps) {
  const { t } = screen
  const look = [
    "conversation-label",
    label.unreadCount > 0 && "is-unread",
    label.state === "offered" && "is-new",
    label.transfer && "is-transferred",
  ]
  return (
    <li id={`label-${label.id}`}>
      <a
        class={look.filter(Boolean).join(" ")}
        href={`/conversations/${label.id}`}
        id={`open-${label.id}`}
        {...swapThread(label.id)}
        aria-current={isCurrent ? "page" : null}
        tabindex={isTabStop ? null : "-1"}
        data-unread={label.unreadCount}
      >
        <Avatar name={label.title} />
        <span class="label-title">{label.title}</span>
        <LabelTime screen={screen} label={label} />
        <span class="label-line">
          <LastLine screen={screen} line={label.lastLine} />
        </span>
        <span class="label-foot">
          <Draft screen={screen} id={label.id} />
          {label.state === "offered" && (
            <Chip tone="warn" icon="bell">
              {t("list.open_it")}
            </Chip>
          )}
          {label.transfer && (
            <Chip
              tone="info"
              icon="arrow-right-left"
              title={t("popup.transferred", { name: label.transfer.senderName })}
            >
              {label.transfer.senderName}
            </Chip>
          )}
          <span class="label-channel">{label.channelName}</span>
          {label.tags.length > 0 && (
            <span class="label-tags">
              <TagChips tags={label.tags} />
            </span>
          )}
          {label.skillsetName && <Chip tone="info">{label.skillsetName}</Chip>}
          <WindowLeft screen={screen} endsAt={label.windowEndsAt} soonOnly />
          {label.unreadCount > 0 && (
            <Count count={label.unreadCount} label={t("list.unread", { count: label.unreadCount })} />
          )}
        </span>
      </a>
    </li>
  )
}

/** Drafts are the browser's: its script shows the one that holds (public/scripts/drafts.js). */
const Draft = ({ screen: { t }, id }: { screen: Screen; id: Id }) => (
  <span class="label-draft" data-draft-of={id}>
    <span data-draft="kept" hidden>
      <Chip icon="pencil-line">{t("list.draft")}</Chip>
    </span>
    <span data-draft="unsent" hidden>
      <Chip tone="bad" icon="circle-alert">
        {t("list.unsent")}
      </Chip>
    </span>
  </span>
)

/** Another conversation takes the place of this one without loading the page again. */
const swapThread = (id: Id) => ({
  "hx-get": `/conversations/${id}/pane`,
  "hx-target": "#thread-pane",
  "hx-swap": "outerHTML",
  "hx-push-url": `/conversations/${id}`,
})

/** How long the customer has been waiting; when nobody waits, when something was last said. */
const LATE_MS = 120_000
function LabelTime({ screen, label }: Pick<LabelProps, "screen" | "label">) {
  if (label.waitingSince !== null) return <Since at={label.waitingSince} screen={screen} lateAfter={LATE_MS} />
  return <span class="label-time">{screen.format.moment(label.lastAt, screen.now)}</span>
}
