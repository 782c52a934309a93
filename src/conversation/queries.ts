/** What deciding about conversations needs to know of the rest of the house. The screens' questions: queries/. */
import { overflowOf } from "~/assignment/queries/overflow.ts"
import { channelSettings } from "~/channel/queries.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import { days, hours, type Instant, type Milliseconds, minutes } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Refusal } from "~/kernel/step.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import { offerTimeout, priorityStep, reopenPeriod, type TenantSettings } from "~/tenant/rules.ts"
import type { By } from "./rules/common.ts"
import type { KeepingPolicy } from "./rules/keeping-deadlines.ts"
import { mayReopen } from "./rules/leaving.ts"
import type { OwnerStanding } from "./rules/receiving.ts"
import type { Closed, ConversationPolicy } from "./rules.ts"

const agentOf = statement((p: { user: Id }) =>
  query
    .selectFrom("agent")
    .innerJoin("user", "user.id", "agent.user")
    .select(["agent.status", "agent.link", "user.enabled"])
    .where("agent.user", "=", p.user),
)

/** The choices that decide when time acts on conversations of a channel; read where a state asks for them. */
export function conversationPolicy(reader: Reader, channel: Id): ConversationPolicy {
  return {
    get offerTimeout() {
      return offerTimeout(tenantSettings(reader))
    },
    get customerSilence() {
      const { parkSilentAfterMinutes, parkSilentAs } = channelSettings(reader, channel)
      return parkSilentAfterMinutes === 0 ? null : { after: minutes(parkSilentAfterMinutes), parkAs: parkSilentAs }
    },
    get closeParkedAfter() {
      const { closeParkedAfterHours } = channelSettings(reader, channel)
      return closeParkedAfterHours === 0 ? null : hours(closeParkedAfterHours)
    },
    get closeUnansweredAfter() {
      return unlessZero(days(tenantSettings(reader).unansweredTemplateDays))
    },
    get keeping() {
      return keepingPolicy(tenantSettings(reader))
    },
    get remindBeforeWindowEnds() {
      const { windowReminderBeforeMinutes } = channelSettings(reader, channel)
      return windowReminderBeforeMinutes === 0 ? null : minutes(windowReminderBeforeMinutes)
    },
    get priorityStep() {
      return priorityStep(tenantSettings(reader))
    },
    overflow: (skillset) => overflowOf(reader, channel, skillset),
  }
}

const newest = statement((p: { customer: Id; channel: Id }) =>
  query
    .selectFrom("conversation")
    .select("id")
    .where("customer", "=", p.customer)
    .where("channel", "=", p.channel)
    .orderBy("id", "desc")
    .limit(1),
)

const lastAnswer = statement((p: { conversation: Id }) =>
  query
    .selectFrom("message")
    .select(["queuedAt", "sentAt"])
    .where("conversation", "=", p.conversation)
    .where("direction", "=", "out")
    .where("author", "is not", null)
    .where("kind", "<>", "reaction")
    .where("status", "not in", ["failed", "discarded", "held"])
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(1),
)

/** The refusal when a closed conversation may not be opened again; null when it may. */
export function reopenRefusal(reader: Reader, closed: Closed, by: NonNullable<By>): Refusal | null {
  const isLatest = reader.one(newest, closed)?.id === closed.id
  return mayReopen(closed, by, { within: reopenPeriod(tenantSettings(reader)), isLatest }, reader.now)
}

/** When somebody last answered the customer with what reached them, or may have. */
export function lastAnswerAt(reader: Reader, conversation: Id): Instant | null {
  const answer = reader.one(lastAnswer, { conversation })
  return answer && Math.max(answer.queuedAt ?? 0, answer.sentAt ?? 0)
}

const keepingPolicy = (settings: TenantSettings): KeepingPolicy => ({
  alertParkedAfter: unlessZero(hours(settings.parkedAlertAfterHours)),
  releaseParkedAfter: unlessZero(hours(settings.parkedReleaseAfterHours)),
  alertWaitingAfter: unlessZero(minutes(settings.personalAlertAfterMinutes)),
  releaseWaitingAfter: unlessZero(minutes(settings.personalBecomesPublicAfterMinutes)),
  returnActiveAfter: unlessZero(minutes(settings.ownerAbsentReturnMinutes)),
})

const unlessZero = (span: Milliseconds): Milliseconds | null => (span === 0 ? null : span)

const servesQuery = statement((p: { user: Id; skillset: Id }) =>
  query.selectFrom("skillsetMember").select("user").where("user", "=", p.user).where("skillset", "=", p.skillset),
)
const levelOf = statement((p: { id: Id }) => query.selectFrom("user").select("level").where("id", "=", p.id))

/** Whether whoever sent a template still serves the skillset it was sent for; supervisors serve all of them. */
export function stillServes(reader: Reader, user: Id, skillset: Id | null): boolean {
  const level = reader.one(levelOf, { id: user })?.level
  if (level === "supervisor" || level === "tenant_admin") return true
  return skillset !== null && reader.one(servesQuery, { user, skillset }) !== null
}

/** How things stand with the owner of a conversation; null when they are no agent any more. */
export function ownerStanding(reader: Reader, owner: Id): OwnerStanding | null {
  const agent = reader.one(agentOf, { user: owner })
  if (!agent || agent.enabled === 0) return null
  const present = agent.link !== "gone"
  return { present, ready: agent.status === "ready" }
}
