/** What the transfer dialog shows: whom one may choose, how they stand now, and what to know before sending it. */
import { serviceStatus } from "~/channel/queries/service.ts"
import type { Reader } from "~/database/handles.ts"
import type { UserActor } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { found, type Refusal } from "~/kernel/step.ts"
import { conversationPolicy } from "../queries.ts"
import { notInHand } from "../rules/leaving.ts"
import { maySee, supervises } from "../rules/policy.ts"
import { skillsetWarnings, type TransferWarning, userWarnings } from "../rules/targets.ts"
import { type Conversation, ownerOf, type TransferMode, windowOpen } from "../rules.ts"
import { loadConversation } from "../store.ts"
import { named, skillsetNameOf } from "./refusal.ts"
import { type SkillsetTarget, searched, skillsetTargets, type UserTarget, userTargets } from "./targets.ts"
import { sentBetween } from "./transfers.ts"

/** What has been chosen so far. */
export type TransferChoice = {
  to: "user" | "skillset" | "queue"
  user: Id | null
  skillset: Id | null
  mode: TransferMode
  words: string
  onlyReady: boolean
}
export type TransferDialog = {
  id: Id
  choice: TransferChoice
  owner: Id | null
  me: Id
  skillset: Id | null
  skillsetName: string
  users: UserTarget[]
  userCount: number
  /** Found, and not listed: there are too many. */
  unlisted: number
  skillsets: SkillsetTarget[]
  /** What is chosen now, by name. */
  chosenName: string | null
  warnings: TransferWarning[]
  /** When a closed number opens again; null: nobody knows. */
  opensAt: Instant | null
  /** Until when an offer made now would stand. */
  offeredUntil: Instant
  /** An exclusive wait would last as long as the customer's window; null: it is over. */
  exclusiveUntil: Instant | null
  /** Only what is being worked on can wait for its customer. */
  mayPark: boolean
}

const MOST_LISTED = 60

/** «Not found» for whoever may not see it; a refusal for whoever has it not, or no longer, with who has. */
export function transferDialog(
  reader: Reader,
  actor: UserActor,
  id: Id,
  choice: TransferChoice,
): TransferDialog | Refusal {
  const conversation = found(loadConversation(reader, id))
  found(maySee(actor, conversation) ? conversation : null)
  const obstacle = notInHand(conversation, { user: actor.id, supervises: supervises(actor) })
  return obstacle ? named(reader, obstacle) : dialogOf(reader, actor, conversation, choice)
}

function dialogOf(
  reader: Reader,
  actor: UserActor,
  conversation: Conversation,
  choice: TransferChoice,
): TransferDialog {
  const { id, skillset, channel, windowEndsAt } = conversation
  const all = userTargets(reader, actor, skillset)
  const matching = searched(all, choice)
  const user = all.find((target) => target.id === choice.user) ?? null
  const listed = matching.slice(0, MOST_LISTED)
  const skillsets = skillsetTargets(reader, actor)
  const team = skillsets.find((target) => target.id === choice.skillset) ?? null
  const number = serviceStatus(reader).channels.find((one) => one.id === channel)
  const isOpen = number?.open ?? false
  return {
    id,
    choice,
    owner: ownerOf(conversation),
    me: actor.id,
    skillset,
    skillsets,
    skillsetName: skillsetNameOf(reader, skillset),
    users: user && !listed.includes(user) ? [user, ...listed] : listed,
    userCount: all.length,
    unlisted: matching.length - listed.length,
    chosenName: (choice.to === "user" ? user?.name : team?.name) ?? null,
    warnings: [
      ...(choice.to === "user" && user ? userWarnings(user, isOpen, sentBetween(reader, id, actor.id, user.id)) : []),
      ...(choice.to === "skillset" && team ? skillsetWarnings(team, isOpen) : []),
    ],
    opensAt: number?.nextChange ?? null,
    offeredUntil: reader.now + conversationPolicy(reader, channel).offerTimeout,
    mayPark: conversation.state === "active",
    exclusiveUntil: windowOpen(conversation, reader.now) ? windowEndsAt : null,
  }
}
