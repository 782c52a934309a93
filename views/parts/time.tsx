import type { Instant, Milliseconds } from "~/kernel/clock.ts"
import type { Screen } from "./screen.ts"

/** A moment as text, exact for machines. */
export const Time = ({ at, children }: { at: Instant; children: string }) => (
  <time datetime={new Date(at).toISOString()}>{children}</time>
)

type SinceProps = { at: Instant; screen: Screen; lateAfter?: Milliseconds | null; title?: string }

/** How long ago something began: counts on in the browser by the server's clock, and turns red when it is late. */
export const Since = ({ at, screen, lateAfter = null, title }: SinceProps) => (
  <time
    class={lateAfter !== null && screen.now - at > lateAfter ? "since is-late" : "since"}
    datetime={new Date(at).toISOString()}
    data-since={at}
    data-late-after={lateAfter}
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
