import { channelSettings } from "~/channel/queries.ts"
import type { OverflowStep } from "~/conversation/rules.ts"
import type { Reader } from "~/database/handles.ts"
import { query, remembered, statement } from "~/database/statement.ts"
import { seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { countMembers, skillsetOverflow } from "~/skillset/queries.ts"
import { overflowAfter } from "~/skillset/rules.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import { unservedAfter } from "~/tenant/rules.ts"
import { overflowSteps } from "../rules/overflow.ts"

const channelOrder = remembered(
  statement((p: { channel: Id }) =>
    query.selectFrom("channelSkillset").select("skillset").where("channel", "=", p.channel).orderBy("position"),
  ),
)

/** The skillsets of a channel, the first being its default. */
export const skillsetsOfChannel = (reader: Reader, channel: Id): Id[] =>
  reader.all(channelOrder, { channel }).map(({ skillset }) => skillset)

/** Who joins in the waits of a skillset on a channel, the soonest first. */
export function overflowOf(reader: Reader, channel: Id, skillset: Id): OverflowStep[] {
  const overflow = skillsetOverflow(reader, skillset)
  const isServed = countMembers(reader, skillset, 1) > 0
  return overflowSteps({
    own: skillset,
    overflow: overflow && { to: overflow.to, after: overflowAfter(overflow) },
    channelSkillsets: skillsetsOfChannel(reader, channel),
    channelAfter: seconds(channelSettings(reader, channel).overflowAfterSeconds),
    unservedAfter: isServed ? null : unservedAfter(tenantSettings(reader)),
  })
}
