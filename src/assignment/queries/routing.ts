/** Where a conversation begins, and with whom its customer talked last. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { skillsetManner } from "~/skillset/queries.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import { returnPeriod } from "~/tenant/rules.ts"
import { anyoneFree, freeMembersOf } from "../queries.ts"
import { skillsetsOfChannel } from "./overflow.ts"

/**
 * The queue of a new conversation: where the customer's last agent is free, else the channel's first skillset with
 * somebody free, else its default one. Null: the channel has none.
 */
export function routeFor(reader: Reader, { channel, customer }: { channel: Id; customer: Id }) {
  const skillsets = skillsetsOfChannel(reader, channel)
  const lastAgent = lastAgentOf(reader, customer, Number.MAX_SAFE_INTEGER)
  const isTheirs = (skillset: Id) => freeMembersOf(reader, skillset).some(({ user }) => user === lastAgent)
  const known = lastAgent === null ? undefined : skillsets.find(isTheirs)
  const skillset = known ?? skillsets.find((one) => anyoneFree(reader, one)) ?? skillsets[0]
  return skillset === undefined ? null : { skillset, priority: skillsetManner(reader, skillset).priority }
}

const lastOne = statement((p: { customer: Id; before: Id }) =>
  query
    .selectFrom("conversation")
    .select(["owner", "closedAt"])
    .where("customer", "=", p.customer)
    .where("state", "=", "closed")
    .where("id", "<", p.before)
    .orderBy("id", "desc")
    .limit(1),
)

/** Who had the customer's last conversation before the one named, if that was not too long ago. */
export function lastAgentOf(reader: Reader, customer: Id, before: Id): Id | null {
  const period = returnPeriod(tenantSettings(reader))
  const last = period === null ? null : reader.one(lastOne, { customer, before })
  if (period === null || !last || last.closedAt === null) return null
  return last.closedAt >= reader.now - period ? last.owner : null
}

const onceInHand = statement((p: { conversation: Id }) =>
  query
    .selectFrom("event")
    .select("id")
    .where("conversation", "=", p.conversation)
    .where("kind", "=", "conversation.activated")
    .limit(1),
)

/** To whom a conversation would return: only at its beginning; later somebody has decided where it goes. */
export function returnsTo(reader: Reader, conversation: { id: Id; customer: Id }): Id | null {
  const lastAgent = lastAgentOf(reader, conversation.customer, conversation.id)
  return lastAgent !== null && !reader.one(onceInHand, { conversation: conversation.id }) ? lastAgent : null
}
