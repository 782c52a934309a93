/** What can happen to customers in menus. */
import type { Id } from "~/kernel/id.ts"
import type { MenuEnd } from "../rules.ts"

/** The customer's way through the menu is over; `path` names the choices made. `skillset`: whose it is from now on. */
export type MenuEnded = {
  type: "menu.ended"
  conversation: Id
  how: MenuEnd
  path: string
  skillset: Id
  /** Null: the skillset's own. */
  priority: number | null
}

/** A supervisor decides for whom a conversation is that no menu has asked about. */
export type MenuPassedBy = { type: "menu.passed_by"; conversation: Id; skillset: Id }

export type MenuFact = MenuEnded | MenuPassedBy
