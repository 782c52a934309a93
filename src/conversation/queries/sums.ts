/** What the console shows, each part as one short sum: a page that never heard of a change finds out by comparing. */
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { maySee } from "../rules/policy.ts"
import { loadConversation } from "../store.ts"
import type { ConversationLabel } from "./console.ts"
import { type Asking, type Thread, threadOf } from "./thread.ts"

/** The end of the thread, which every page of it has, however far back it reaches. */
const COMPARED_ITEMS = 20

const sumOf = (shown: unknown): string => Bun.hash.xxHash3(JSON.stringify(shown)).toString(36)

export const listSum = (labels: readonly ConversationLabel[]): string => sumOf(labels)

export const threadSum = ({ head, items }: Pick<Thread, "head" | "items">): string =>
  sumOf([head, items.slice(-COMPARED_ITEMS)])

/** Null where there is none, or none any more for whoever asks. */
export function openThreadSum(reader: Reader, asking: Asking, id: Id | null): string | null {
  const conversation = id === null ? null : loadConversation(reader, id)
  if (!conversation || !maySee(asking.actor, conversation)) return null
  return threadSum(threadOf(reader, asking, conversation.id))
}
