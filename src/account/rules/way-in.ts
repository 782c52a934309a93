/** What may be otherwise about somebody's way in. */
import type { Id } from "~/kernel/id.ts"

/** What is otherwise about somebody's way in: they are told by mail, for it may not have been they who did it. */
export type WayInChange =
  | { what: "second_factor.turned_on" | "second_factor.turned_off" | "second_factor.reset" | "second_factor.renewed" }
  | { what: "passkey.added" | "passkey.removed" | "passkey.stopped"; name: string }
  | { what: "password.changed" | "password.reset" | "password.set_by_operator" }
  | { what: "sign_in.linked"; provider: string }
  | { what: "sign_in.unlinked" }
  /** The address that was theirs hears of it. */
  | { what: "email.changed"; before: string }

/** Somebody may get in otherwise than before. */
export type WayInFact = { type: "user.way_in_changed"; user: Id; change: WayInChange }
