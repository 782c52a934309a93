/** What the page of waiting conversations needs beside its rows: how the queues stand, and what a supervisor may do. */
import { serviceStatus } from "~/channel/queries/service.ts"
import type { Reader } from "~/database/handles.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import type { Refusal } from "~/kernel/step.ts"
import { profilingPolicy } from "~/profiling/queries.ts"
import { askedOfAll, type GivenProfiling, type ProfilingPolicy, profiled } from "~/profiling/rules.ts"
import { supervises } from "../rules/policy.ts"
import { conversationFor } from "./known.ts"
import { assignees, type SkillsetTarget, skillsetTargets, type UserTarget } from "./targets.ts"

export type WaitingSurroundings = {
  /** The queues the viewer may see, by name. */
  queues: readonly SkillsetTarget[]
  channels: readonly { id: Id; name: string }[]
  /** Whom conversations may be assigned to, who can take one first; empty for whoever does not supervise. */
  agents: readonly UserTarget[]
  maySteer: boolean
}

export function waitingSurroundings(reader: Reader, actor: UserActor): WaitingSurroundings {
  const maySteer = supervises(actor)
  return {
    queues: skillsetTargets(reader, actor),
    channels: serviceStatus(reader).channels.map(({ id, name }) => ({ id, name })),
    agents: maySteer ? assignees(reader, actor) : [],
    maySteer,
  }
}

export type Closable = { id: Id; title: string; unreadCount: number }
/** `asks`: what all of them ask at closing; null where one answer does not do for all. */
export type ClosingOfMany = { chosen: Closable[]; asks: ProfilingPolicy | null }

/** What would be closed, by name, and what is asked then; what is closed already or unknown is left out. */
export function closingOfMany(reader: Reader, actor: UserActor, ids: readonly Id[]): ClosingOfMany {
  const known = ids.flatMap((id) => conversationFor(reader, actor, id) ?? [])
  const open = known.filter(({ conversation }) => conversation.state !== "closed")
  const asking = open.filter(({ conversation }) => conversation.state !== "awaiting_reply")
  const channels = new Set(asking.map(({ conversation }) => conversation.channel))
  return {
    chosen: open.map(({ title, conversation: { id, unreadCount } }) => ({ id, title, unreadCount })),
    asks: askedOfAll([...channels].map((channel) => profilingPolicy(reader, channel))),
  }
}

/** What is missing for all of them, said while the window is still there to say it in; null when nothing is. */
export function refusalForAll(
  reader: Reader,
  actor: UserActor,
  ids: readonly Id[],
  given: GivenProfiling,
): Refusal | null {
  const { asks } = closingOfMany(reader, actor, ids)
  const said = asks && profiled(asks, given)
  return said && "refused" in said ? said : null
}
