/** A stretch of the past, shown before what lies between it and the present is loaded. */
import type { Past } from "~/conversation/queries/thread.ts"
import type { Html } from "../jsx-runtime.ts"
import type { Screen } from "../parts/screen.ts"
import { OlderLink, ThreadItems } from "./thread.tsx"

type Props = { screen: Screen; past: Past }

/** The whole stretch, with the way to what came before it and after it. */
export const ThreadPast = ({ screen, past }: Props): Html => (
  <div class="thread-past" data-begins={past.until}>
    <OlderLink screen={screen} {...past.thread} />
    <NewerItems screen={screen} past={past} />
  </div>
)

/** The next page towards the present. */
export const NewerItems = ({ screen, past: { thread, newerFrom, until } }: Props): Html => (
  <>
    <div class="thread-items">
      <ThreadItems screen={screen} {...thread} />
    </div>
    {newerFrom !== null && (
      <button
        class="older-link newer-link"
        type="button"
        hx-get={`/conversations/${thread.head.id}/thread?after=${newerFrom}&before=${until}`}
        hx-trigger="intersect once root:#thread, click"
        hx-swap="outerHTML"
        hx-target="this"
      >
        {screen.t("thread.newer")}
      </button>
    )}
  </>
)
