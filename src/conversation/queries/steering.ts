/** What the page of waiting conversations needs beside its rows: how the queues stand, and what a supervisor may do. */
import { serviceStatus } from "~/channel/queries/service.ts"
import type { Reader } from "~/database/handles.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
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

/** What would be closed, by name; what is closed already or unknown is left out. */
export const closable = (reader: Reader, actor: UserActor, ids: readonly Id[]): Closable[] =>
  ids.flatMap((id) => {
    const known = conversationFor(reader, actor, id)
    if (!known || known.conversation.state === "closed") return []
    return [{ id, title: known.title, unreadCount: known.conversation.unreadCount }]
  })
