import type { Standing } from "~/agent/queries.ts"
import type { AgentStatus } from "~/agent/rules.ts"
import { Chip } from "../parts/chip.tsx"
import { opens } from "../parts/dialog.tsx"
import { FormToken } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import { Menu, MenuItem } from "../parts/menu.tsx"
import type { Screen } from "../parts/screen.ts"
import { Since } from "../parts/time.tsx"
import { headerPanel } from "./rail.tsx"
import { type ServiceProps, serviceChip } from "./service.tsx"
import { Load, StatusMark } from "./status.tsx"

export type HeaderStateProps = ServiceProps & {
  /** Null for whoever does not answer customers. */
  standing: Standing | null
  unreadCount: number
  /** Conversations that would be left behind by signing out. */
  openCount: number
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
    {standing && <Load screen={screen} load={standing.load} maximum={standing.maximum} />}
    {standing && <StatusMenu screen={screen} standing={standing} />}
  </div>
)

type StandingProps = { screen: Screen; standing: Standing }

const StatusMenu = ({ screen, standing: { status, since, setBy, reason } }: StandingProps) => (
  <>
    <button
      class="button status-button"
      type="button"
      popovertarget="status-menu"
      aria-label={screen.t("status.choose", { status: screen.t(`status.${status}`) })}
    >
      <StatusMark status={status} />
      <span class="status-words">
        <span>{screen.t(`status.${status}`)}</span>
        {setBy !== null && <small>{screen.t("status.set_by", { name: setBy })}</small>}
      </span>
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
      <p class="menu-note">
        {sinceWhen(screen, since, setBy)}
        {" · "}
        <Since at={since} screen={screen} title={sinceWhen(screen, since, setBy)} />
      </p>
      {reason && <p class="menu-note">{screen.t(`status.${reason}`)}</p>}
    </Menu>
  </>
)

function sinceWhen({ t, format, now }: Screen, since: number, setBy: string | null): string {
  const time = format.moment(since, now)
  return setBy === null ? t("status.since", { time }) : t("status.since_by", { time, name: setBy })
}
