/** Before signing out with conversations in hand: what stays behind, and what becomes of it. */
import type { LeftBehind } from "~/agent/queries/leaving.ts"
import { Avatar } from "../parts/avatar.tsx"
import { Button } from "../parts/button.tsx"
import { Chip, type Tone } from "../parts/chip.tsx"
import { FormToken } from "../parts/field.tsx"
import type { IconName } from "../parts/icons.ts"
import { livePanel, type Screen } from "../parts/screen.ts"

export type LeavingProps = { screen: Screen; left: readonly LeftBehind[] }

export const Leaving = ({ screen, left }: LeavingProps) => (
  <section class="page leaving-page" id="leaving-page" {...livePanel("/logout", "conversations")}>
    <h1>{screen.t("leaving.title")}</h1>
    <div class="card">
      <p>{left.length === 0 ? screen.t("leaving.nothing") : screen.t("leaving.intro", { count: left.length })}</p>
      <ul class="leaving-list">
        {left.map((one) => (
          <Left screen={screen} left={one} />
        ))}
      </ul>
      <div class="leaving-actions">
        <Button kind="primary" href="/conversations">
          {screen.t("leaving.stay")}
        </Button>
        <form method="post" action="/logout">
          <FormToken csrfToken={screen.csrfToken} />
          <Button kind={left.length === 0 ? "plain" : "danger"} type="submit" icon="log-out" more={LOGOUT}>
            {screen.t(left.length === 0 ? "user.logout" : "leaving.anyway")}
          </Button>
        </form>
      </div>
    </div>
  </section>
)

const LOGOUT = { "data-action": "logout" }

const LOOKS: Readonly<Record<LeftBehind["state"], { tone: Tone; icon: IconName }>> = {
  active: { tone: "warn", icon: "message-circle" },
  offered: { tone: "info", icon: "bell" },
  parked: { tone: "ok", icon: "timer" },
}

const Left = ({ screen: { t }, left: { id, title, channelName, state } }: { screen: Screen; left: LeftBehind }) => (
  <li id={`left-${id}`}>
    <Avatar name={title} />
    <span class="leaving-who">
      <a href={`/conversations/${id}`}>{title}</a>
      <small>{t("thread.via_only", { channel: channelName })}</small>
    </span>
    <span class="leaving-fate">
      <Chip tone={LOOKS[state].tone} icon={LOOKS[state].icon}>
        {t(`leaving.${state}`)}
      </Chip>
      <small>{t(`leaving.${state}_fate`)}</small>
    </span>
    {state === "active" && (
      <Button
        size="small"
        icon="arrow-right-left"
        href={`/conversations/${id}/transfer`}
        more={{ "aria-label": t("leaving.transfer_of", { name: title }) }}
      >
        {t("leaving.transfer")}
      </Button>
    )}
  </li>
)
