/** What every view needs to know of whom it is drawn for. */
import type { Instant } from "~/kernel/clock.ts"
import type { Formatters } from "../locales/formatters.ts"
import type { Translate } from "../locales/index.ts"

export type Screen = {
  t: Translate
  /** Moments as the reader writes them, in the tenant's zone. */
  format: Formatters
  now: Instant
  /** What plain forms carry back as `_csrf`. */
  csrfToken: string
}

/**
 * The attributes of a panel that keeps itself fresh: it fetches its own URL when one of its topics rings (or everything
 * may have changed: `refetch`), and morphs in place. One request at a time; the last ring is never lost.
 */
export const livePanel = (url: string, ...topics: string[]) => ({
  "hx-get": url,
  "hx-trigger": [...topics, "refetch"].map((topic) => `${topic} from:body`).join(", "),
  "hx-swap": "outerMorph",
  "hx-target": "this",
  "hx-sync": "this:queue last",
})
