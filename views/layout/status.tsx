/** Parts that show presence and load, in the header and wherever agents are listed. */
import type { Appearance } from "~/agent/queries/agents.ts"
import type { Screen } from "../parts/screen.ts"

/** Shape and colour; the word stands beside it. */
export const StatusMark = ({ status }: { status: Appearance }) => (
  <span class={`status-mark is-${status}`} aria-hidden="true" />
)

export type LoadProps = { screen: Screen; load: number; maximum: number }

/** 3/5, with one bar for each conversation one may have. */
export const Load = ({ screen: { t }, load, maximum }: LoadProps) => (
  <span
    class={`load${load > maximum ? " is-over" : load === maximum ? " is-full" : ""}`}
    title={t("status.active_title", { load, maximum })}
  >
    <span aria-hidden="true">{t("status.active", { load, maximum })}</span>
    <span class="visually-hidden">{t("status.active_title", { load, maximum })}</span>
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
