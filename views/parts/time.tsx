import type { Instant } from "~/kernel/clock.ts"
import type { Screen } from "./screen.ts"

/** A moment as text, exact for machines. */
export const Time = ({ at, children }: { at: Instant; children: string }) => (
  <time datetime={new Date(at).toISOString()}>{children}</time>
)

type SinceProps = { at: Instant; screen: Screen; isLate?: boolean; title?: string }

/** How long ago something began: counts on in the browser by the server's clock (`data-since`). */
export const Since = ({ at, screen, isLate = false, title }: SinceProps) => (
  <time
    class={isLate ? "since is-late" : "since"}
    datetime={new Date(at).toISOString()}
    data-since={at}
    title={title ?? screen.t("list.waiting_since", { time: screen.format.moment(at, screen.now) })}
  >
    {screen.format.stopwatch(screen.now - at)}
  </time>
)

/** What is left until a moment: counts down in the browser (`data-until`). */
export const Until = ({ at, screen, isShort = false }: { at: Instant; screen: Screen; isShort?: boolean }) => (
  <time
    class="until"
    datetime={new Date(at).toISOString()}
    data-until={at}
    data-format={isShort ? "stopwatch" : "span"}
  >
    {isShort ? screen.format.stopwatch(at - screen.now) : screen.format.span(at - screen.now)}
  </time>
)
