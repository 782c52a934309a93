/** How often a customer who does not answer was written to. */
import type { Conversation } from "~/conversation/rules.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import { hours, type Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { readContent } from "../rules/content.ts"

const MOST_LOOKED_AT = 50

const templates = statement((p: { customer: Id; channel: Id; since: Instant; limit: number }) =>
  query
    .selectFrom("message as m")
    .innerJoin("conversation as c", "c.id", "m.conversation")
    .select(["m.at", "m.content"])
    .where("c.customer", "=", p.customer)
    .where("c.channel", "=", p.channel)
    .where("m.direction", "=", "out")
    .where("m.kind", "=", "template")
    .where("m.status", "not in", ["failed", "discarded", "held"])
    .where("m.at", ">", p.since)
    .orderBy("m.at", "desc")
    .limit(p.limit),
)
const lastHeard = statement((p: { customer: Id; channel: Id }) =>
  query
    .selectFrom("conversation")
    .select((row) => row.fn.max("lastInboundAt").as("at"))
    .where("customer", "=", p.customer)
    .where("channel", "=", p.channel),
)

export type SilentTemplates = { last: { name: string; at: Instant } | null; today: number }

/** Templates since the customer's last word: the latest, and how many of them within a day. */
export function silentTemplates(
  reader: Reader,
  { customer, channel }: Pick<Conversation, "customer" | "channel">,
): SilentTemplates {
  const since = reader.one(lastHeard, { customer, channel })?.at ?? 0
  const sent = reader.all(templates, { customer, channel, since, limit: MOST_LOOKED_AT })
  const [latest] = sent
  const name = latest ? (readContent(latest.content).template?.name ?? "") : ""
  return {
    last: latest ? { name, at: latest.at } : null,
    today: sent.filter(({ at }) => at > reader.now - hours(24)).length,
  }
}
