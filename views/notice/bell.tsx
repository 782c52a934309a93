/** The header's bell: what the user was told since they last looked, and what before that. */
import type { NoticeArea, NoticeLine } from "~/notice/queries.ts"
import type { NoticeKind } from "~/notice/rules.ts"
import type { Phrase } from "../locales/index.ts"
import { Icon } from "../parts/icon.tsx"
import type { IconName } from "../parts/icons.ts"
import { Menu } from "../parts/menu.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { Time } from "../parts/time.tsx"

export type NoticeBellProps = { screen: Screen; area: NoticeArea }

const ICONS: Readonly<Record<NoticeKind, IconName>> = {
  exclusive_ended: "timer-off",
  exclusive_skillset_ended: "timer-off",
  target_lost: "user-round",
  offer_declined: "arrow-right-left",
  set_to_ready: "headset",
  set_to_back_office: "headset",
  set_to_break: "headset",
  was_disconnected: "wifi-off",
  offer_declined_because: "arrow-right-left",
  agent_on_break: "timer-off",
  nobody_serves: "users",
  parked_forgotten: "hourglass",
  came_back_for: "message-circle",
  kept_too_long: "timer-off",
  owner_absent: "wifi-off",
  handed_over: "arrow-right-left",
  yours_taken: "hand",
  yours_transferred: "arrow-right-left",
  yours_returned: "rotate-ccw",
  yours_closed: "circle-check",
  mentioned: "message-circle",
  transfer_accepted: "arrow-right-left",
  parked_answered: "message-circle",
  window_nearly_over: "hourglass",
  file_damaged: "triangle-alert",
  file_infected: "shield-alert",
  mail_failed: "circle-alert",
  message_failed: "circle-alert",
  customer_floods: "message-circle",
  set_aside: "inbox",
  account_news: "info",
  clock_ahead: "clock",
  clock_behind: "clock",
  number_held: "ban",
  number_released: "check",
}

/** Where a notice leads that is about no conversation. */
const ELSEWHERE: Readonly<Partial<Record<NoticeKind, string>>> = {
  set_aside: "/admin/set-aside",
  account_news: "/admin/set-aside",
}

/** Opening the list is looking at it. */
export const NoticeBell = ({ screen, area: { unseen, lines } }: NoticeBellProps) => (
  <div class="notice-bell" id="notice-bell" {...livePanel("/notices", "notices")}>
    <button
      class="icon-button"
      type="button"
      popovertarget="notice-list"
      aria-label={unseen === 0 ? screen.t("notice.bell") : screen.t("notice.bell_new", { count: unseen })}
      title={screen.t("notice.bell")}
      hx-post="/notices/seen"
      hx-swap="none"
    >
      <Icon name="bell" />
      {unseen > 0 && <span class="count" data-count={unseen > 99 ? "99+" : unseen} aria-hidden="true" />}
    </button>
    <Menu id="notice-list" label={screen.t("notice.bell")}>
      {lines.length === 0 && <p class="menu-note">{screen.t("notice.none")}</p>}
      <ul class="notice-lines">
        {lines.map((line) => (
          <Line screen={screen} line={line} />
        ))}
      </ul>
    </Menu>
    <p class="visually-hidden" role="status">
      {unseen > 0 && lines[0] && wordsOf(screen, lines[0])}
    </p>
  </div>
)

function Line({ screen, line }: { screen: Screen; line: NoticeLine }) {
  const href = line.conversation === null ? (ELSEWHERE[line.kind] ?? null) : `/conversations/${line.conversation}`
  const inside = (
    <>
      <Icon name={ICONS[line.kind]} />
      <span>
        <span class="notice-words">{wordsOf(screen, line)}</span>
        <small>
          <Time at={line.at}>{screen.format.moment(line.at, screen.now)}</Time>
        </small>
      </span>
    </>
  )
  return (
    <li id={`notice-${line.id}`} class={line.isNew ? "notice-line is-new" : "notice-line"}>
      {href === null ? <div>{inside}</div> : <a href={href}>{inside}</a>}
    </li>
  )
}

const wordsOf = ({ t }: Screen, { kind, customer, user, by, skillset, count, words }: NoticeLine): string =>
  (t as Phrase)(`notice.kind.${kind}`, { user, by, skillset, count, words, customer: customer || t("notice.somebody") })
