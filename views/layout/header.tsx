import type { Standing } from "~/agent/queries.ts"
import type { AgentStatus } from "~/agent/rules.ts"
import { Chip } from "../parts/chip.tsx"
import { opens } from "../parts/dialog.tsx"
import { FormToken } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import { Menu, MenuItem } from "../parts/menu.tsx"
import type { Screen } from "../parts/screen.ts"
import { headerPanel } from "./rail.tsx"
import { type ServiceProps, serviceChip } from "./service.tsx"

export type HeaderStateProps = ServiceProps & {
  /** Null for whoever does not answer customers. */
  standing: Standing | null
  unreadCount: number
}

const STATUSES: readonly AgentStatus[] = ["ready", "back_office", "break"]

/** The part of the header that changes by itself: services, load, status. `data-unread` is read for the tab's title. */
export const HeaderState = ({ screen, service, standing, unreadCount }: HeaderStateProps) => (
  <div
    class="header-state"
    id="header-state"
    data-unread={unreadCount}
    data-status={standing?.status}
    {...headerPanel()}
  >
    {(standing !== null || service.channels.length > 0) && (
      <Chip {...serviceChip(screen, service)} isButton more={opens("service-status")} />
    )}
    {standing && <Load screen={screen} standing={standing} />}
    {standing && <StatusMenu screen={screen} standing={standing} />}
  </div>
)

type StandingProps = { screen: Screen; standing: Standing }

/** 3/5, with one bar for each conversation one may have. */
const Load = ({ screen, standing: { load, maximum } }: StandingProps) => (
  <span
    class={`load${load > maximum ? " is-over" : load === maximum ? " is-full" : ""}`}
    title={screen.t("status.active_title", { load, maximum })}
  >
    <span aria-hidden="true">{screen.t("status.active", { load, maximum })}</span>
    <span class="visually-hidden">{screen.t("status.active_title", { load, maximum })}</span>
    {maximum <= MOST_BARS && <LoadBars load={load} maximum={maximum} />}
  </span>
)

const MOST_BARS = 10

const LoadBars = ({ load, maximum }: { load: number; maximum: number }) => (
  <svg class="load-bars" aria-hidden="true" width={maximum * 5} height="12" viewBox={`0 0 ${maximum * 5} 12`}>
    {Array.from({ length: maximum }, (_, index) => (
      <rect class={index < load ? "is-taken" : null} x={index * 5} y="0" width="3" height="12" rx="1.5" />
    ))}
  </svg>
)

const StatusMenu = ({ screen, standing: { status, since, setBy, reason } }: StandingProps) => (
  <>
    <button
      class="button status-button"
      type="button"
      popovertarget="status-menu"
      aria-label={screen.t("status.choose", { status: screen.t(`status.${status}`) })}
    >
      <StatusMark status={status} />
      <span>{screen.t(`status.${status}`)}</span>
      <Icon name="chevron-down" size="small" />
    </button>
    <Menu id="status-menu" label={screen.t("status.choose", { status: screen.t(`status.${status}`) })}>
      <form class="menu-form" method="post" action="/presence" hx-post="/presence" hx-swap="none">
        <FormToken csrfToken={screen.csrfToken} />
        {STATUSES.map((choice) => (
          <MenuItem
            type="submit"
            mark={<StatusMark status={choice} />}
            hint={screen.t(`status.${choice}_hint`)}
            isCurrent={choice === status}
            more={{ name: "status", value: choice }}
          >
            {screen.t(`status.${choice}`)}
          </MenuItem>
        ))}
      </form>
      <p class="menu-note">{sinceWhen(screen, since, setBy)}</p>
      {reason && <p class="menu-note">{screen.t(`status.${reason}`)}</p>}
    </Menu>
  </>
)

/** Shape and colour; the word stands beside it. */
export const StatusMark = ({ status }: { status: AgentStatus }) => (
  <span class={`status-mark is-${status}`} aria-hidden="true" />
)

function sinceWhen({ t, format, now }: Screen, since: number, setBy: string | null): string {
  const time = format.moment(since, now)
  return setBy === null ? t("status.since", { time }) : t("status.since_by", { time, name: setBy })
}
