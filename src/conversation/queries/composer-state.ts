import type { Instant } from "~/kernel/clock.ts"

/** What the composer allows, and why not. */
export type ComposerState =
  | { mode: "ready" }
  | { mode: "offered" }
  | { mode: "takeable" }
  | { mode: "owned"; ownerName: string }
  | { mode: "waiting" }
  /** In the viewer's own wait queue. */
  | { mode: "parked" }
  /** It waits for one user, or for the members of its skillset, and nobody else; until when, and who may end that. */
  | { mode: "reserved"; name: string; until: Instant | null; mayRelease: boolean; mayTake: boolean }
  | { mode: "window_closed" }
  /** A template of the viewer's that nobody has answered yet. */
  | { mode: "unanswered" }
  | { mode: "number_held"; reason: string }
  | { mode: "closed"; mayReopen: boolean }
