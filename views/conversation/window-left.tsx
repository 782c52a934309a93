/** How long one may still write freely to somebody, wherever they are listed; counted down and coloured by the page. */
import { Chip } from "../parts/chip.tsx"
import type { Screen } from "../parts/screen.ts"
import { Until } from "../parts/time.tsx"
import { windowTone } from "./window.ts"

type WindowLeftProps = { screen: Screen; endsAt: number | null } & {
  /** Said only when it matters: nearly over, or over. */
  soonOnly?: boolean
}

/** Nothing for somebody who never wrote: there is nothing that could end. */
export function WindowLeft({ screen, endsAt, soonOnly = false }: WindowLeftProps) {
  const { t, format, now } = screen
  if (endsAt === null) return <span />
  const left = endsAt - now
  if (left <= 0)
    return (
      <Chip tone="bad" icon="timer-off" title={t("thread.window_closed_title")}>
        {t("list.window_closed")}
      </Chip>
    )
  const tone = windowTone(left)
  const hidden = soonOnly ? { "data-soon-only": true, hidden: tone === "plain" } : {}
  return (
    <Chip
      tone={tone}
      icon="hourglass"
      title={t("thread.window_title", { time: format.moment(endsAt, now) })}
      more={{ "data-window": endsAt, ...hidden }}
    >
      <Until at={endsAt} screen={screen} />
    </Chip>
  )
}
