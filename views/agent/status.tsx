/** How an agent stands, in a shape, a colour and words; and what a supervisor may make of it. */
import type { AgentLine } from "~/agent/queries/agents.ts"
import type { AgentStatus } from "~/agent/rules.ts"
import { StatusMark } from "../layout/status.tsx"
import { FormToken } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import { Menu, MenuItem } from "../parts/menu.tsx"
import type { Screen } from "../parts/screen.ts"
import { Since } from "../parts/time.tsx"

export type AgentProps = { screen: Screen; agent: AgentLine }

/** Somebody who is gone keeps the status they chose: it is said beside. */
export function Standing({ screen, agent }: AgentProps) {
  const { t, format, now } = screen
  const { appearance, since, status, setBy } = agent
  return (
    <span class="agent-standing">
      <span class="agent-status">
        <StatusMark status={appearance} />
        <strong>{t(`status.${appearance}`)}</strong>
        {since !== null && (
          <Since at={since} screen={screen} title={t("status.since", { time: format.moment(since, now) })} />
        )}
      </span>
      {appearance === "disconnected" && <small>{t("agents.chosen", { status: t(`status.${status}`) })}</small>}
      {appearance === status && setBy !== null && <small>{t("status.set_by", { name: setBy })}</small>}
    </span>
  )
}

const STATUSES: readonly AgentStatus[] = ["ready", "back_office", "break"]

export const StatusSetting = ({ screen, agent }: AgentProps) => {
  const { t, csrfToken } = screen
  const menu = `agent-status-${agent.id}`
  const action = `/agents/${agent.id}/status`
  return (
    <div class="agent-setting">
      <button
        class="button is-small"
        type="button"
        popovertarget={menu}
        aria-label={t("agents.set_of", { name: agent.name })}
      >
        <span>{t("agents.set")}</span>
        <Icon name="chevron-down" size="small" />
      </button>
      <Menu id={menu} label={t("agents.set_of", { name: agent.name })}>
        <form class="menu-form" method="post" action={action} hx-post={action} hx-swap="none">
          <FormToken csrfToken={csrfToken} />
          {STATUSES.map((status) => (
            <MenuItem
              type="submit"
              mark={<StatusMark status={status} />}
              isCurrent={status === agent.status}
              more={{ name: "status", value: status }}
            >
              {t(`status.${status}`)}
            </MenuItem>
          ))}
        </form>
        <p class="menu-note">{t("agents.told", { name: agent.name })}</p>
      </Menu>
    </div>
  )
}
