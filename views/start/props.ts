/** What «Start Conversation» is drawn from. */
import type { StartChannel, StartCustomer, StartNumber, StartSearch } from "~/conversation/queries/starting.ts"
import type { Id } from "~/kernel/id.ts"
import type { TemplatePick } from "~/template/queries/picking.ts"
import type { Screen } from "../parts/screen.ts"

/** Whom it is for; null while nobody is chosen. */
export type Chosen = { kind: "customer"; customer: StartCustomer } | { kind: "number"; number: StartNumber } | null

export type StartProps = {
  screen: Screen
  channels: readonly StartChannel[]
  channel: Id
  words: string
  search: StartSearch
  chosen: Chosen
  picks: readonly TemplatePick[]
  /** Whose answer it is if the user is not Ready then. */
  skillsetName: string
}
