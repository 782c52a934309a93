/** Everything that can happen, and who can make it happen. Types only: what follows is decided in reactions.ts. */

import type { WayInFact } from "~/account/rules/way-in.ts"
import type { AuditAct, Changes, Subject } from "~/audit/rules.ts"
import type { CallFact } from "~/call/rules.ts"
import type { FirstMessage, Start } from "~/conversation/rules/starting.ts"
import type { AssignmentReason, ConversationFact, ConversationState, WithheldWhy } from "~/conversation/rules.ts"
import type { CustomerFact } from "~/customer/rules/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Mail, MailState } from "~/mail/rules.ts"
import type { MediaFact } from "~/media/rules/facts.ts"
import type { MenuFact } from "~/menu/rules/facts.ts"
import type { AutomaticContent } from "~/message/rules/content.ts"
import type { Notice, NoticeTo } from "~/notice/rules.ts"
import type { ReportFact } from "~/report/rules/schedule.ts"
import type { RetentionFact } from "~/retention/rules/facts.ts"
import type { SpeechFact } from "~/speech/rules.ts"
import type { TagPlace } from "~/tag/rules.ts"
import type { TemplateFact } from "~/template/rules/facts.ts"
import type { TenantFact } from "~/tenant/rules/facts.ts"

export type Level = "agent" | "supervisor" | "campaign_manager" | "tenant_admin" | "platform_admin"

/**
 * Who acts: a signed-in user with the rights of this moment, somebody who has not said who they are (or not proved it),
 * a customer on WhatsApp, whoever runs commands on the machine itself, or the appliance.
 */
export type Actor =
  | UserActor
  | { kind: "stranger"; address: string }
  | { kind: "customer" }
  | { kind: "operator" }
  | { kind: "system" }
export type UserActor = {
  kind: "user"
  id: Id
  level: Level
  isolated: boolean
  skillsets: readonly Id[]
  /** The request they act by, where there is one: for the record alone. */
  visit?: Visiting
}
export type Visiting = { name: string; address: string }
export const OPERATOR: Actor = { kind: "operator" }
export const SYSTEM: Actor = { kind: "system" }
export const CUSTOMER: Actor = { kind: "customer" }

export type AgentFact =
  /** May take one more: Ready was chosen, the stream came back, a slot came free, a skillset or a limit was added. */
  | { type: "agent.available"; agent: Id }
  | { type: "agent.presence_changed"; agent: Id }
  | { type: "agent.slot_taken"; agent: Id }
  | { type: "agent.slot_freed"; agent: Id }
  /** An offer to them was not opened in time. */
  | { type: "agent.offer_missed"; agent: Id }
  /** No live stream for longer than the grace. */
  | { type: "agent.gone"; agent: Id }
  /** A live stream again after that. */
  | { type: "agent.returned"; agent: Id }

export type AssignmentFact =
  /** The router has decided; the conversation is offered as a consequence. */
  | { type: "assignment.decided"; conversation: Id; agent: Id; reason: AssignmentReason }
  /** Much of what waits may go out at once: a number has opened, a skillset gives otherwise. */
  | { type: "assignment.reopened" }

export type MessageFact =
  /** What began to wait has had its chance of an agent: what is left to do is to tell its customer. */
  | { type: "automatic_message.wait_due"; conversation: Id }
  /** `state`: in which the conversation heard it, before what followed. `words`: written or pressed; null for all else. */
  | {
      type: "message.received"
      conversation: Id
      message: Id
      channel: Id
      state: ConversationState
      words: string | null
    }
  /** `automatic`: nobody has answered the customer: the appliance says it, or it is a reaction. */
  | { type: "message.queued"; conversation: Id; message: Id; channel: Id; automatic: boolean }
  | { type: "message.noted"; conversation: Id; message: Id }
  /** The appliance itself has something to say to the customer. */
  | { type: "message.composed"; conversation: Id; content: AutomaticContent }
  /** What the appliance had to say cannot be sent; `why` is a key. */
  | { type: "message.withheld"; conversation: Id; why: WithheldWhy }
  | { type: "message.status_changed"; conversation: Id; message: Id }
  /** A template was not delivered; `reason` is a failure key. */
  | { type: "message.template_failed"; channel: Id; message: Id; reason: string }
  /** An answer of ours turned out not to have reached the customer, or to have reached them after all. */
  | { type: "message.reach_changed"; conversation: Id }
  /** The owner had everything of the conversation on screen. */
  | { type: "message.seen"; conversation: Id }

/** An agent writes first: what they say follows from it. */
export type StartFact =
  | { type: "start.decided"; start: Start }
  | { type: "start.opened"; conversation: Id; first: FirstMessage }

export type TagFact =
  | { type: "tag.changed"; place: TagPlace }
  /** Tags of these names are to stand there, too. */
  | { type: "tag.wanted"; place: TagPlace; names: readonly string[] }
export type NoteFact = { type: "note.written"; conversation: Id; note: Id }

export type ChannelFact =
  /** WhatsApp refuses whatever the number sends until somebody acts; `reason` is a failure key. */
  | { type: "channel.held"; channel: Id; reason: string }
  | { type: "channel.hours_changed"; channel: Id }
  /** How it behaves, or which skillsets serve it, is otherwise. */
  | { type: "channel.settings_changed"; channel: Id }
  | { type: "channel.released"; channel: Id }
  | { type: "channel.removed"; channel: Id }

/** How it gives conversations away is otherwise, or nobody serves it any more, or somebody does again. */
export type SkillsetFact =
  | { type: "skillset.changed"; skillset: Id }
  | { type: "skillset.member_removed"; skillset: Id; user: Id }
  | { type: "skillset.inherited"; skillset: Id; heir: Id }

export type UserFact =
  | { type: "user.created"; user: Id }
  | { type: "user.rights_changed"; user: Id }
  | { type: "user.disabled"; user: Id }
  /** Whoever administers has decided which skillsets they serve. */
  | { type: "user.skillsets_chosen"; user: Id; skillsets: readonly Id[] }
  | WayInFact
  /** No session of the user is left. */
  | { type: "user.signed_out"; user: Id }

/** People are to be told something once, wherever they are (the header's bell). */
export type NoticeFact = { type: "notice.due"; to: NoticeTo; notice: Notice }
/** A mail is to be posted; and who takes a tenant's mail is somebody else now. */
export type MailFact =
  | { type: "mail.due"; mail: Mail }
  | { type: "mail.server_changed" }
  /** What became of a mail that was made of a conversation. */
  | { type: "mail.about_changed"; about: NonNullable<Mail["about"]>; to: string; state: MailState }

/** Something was done that is put on record, by whoever acts in this command. */
export type AuditFact = { type: "audit.due"; act: AuditAct; subject: Subject; changes: Changes }

/** A deadline of the subject's own rules has come (timers.ts). */
export type TimerKind =
  | "offer_expires"
  | "overflow_due"
  | "menu_ends"
  | "exclusive_ends"
  | "customer_silent"
  | "parked_closes"
  | "window_reminder"
  | "window_warning"
  | "unanswered_closes"
  | "owner_absent"
  | "keeping_alert"
  | "keeping_ends"
  | "link_grace_ends"
  | "hours_change"
  | "report_due"
  | "template_file_ends"
  | "upload_ends"
  | "import_details_end"
  | "call_link_ends"
  | "call_agent_gone"
  | "retention_due"
export type TimerFact = { [Kind in TimerKind]: { type: `timer.${Kind}`; subject: Id; at: Instant } }[TimerKind]

export type Fact =
  | ConversationFact
  | AgentFact
  | AssignmentFact
  | MessageFact
  | StartFact
  | MediaFact
  | MenuFact
  | CallFact
  | SpeechFact
  | CustomerFact
  | TagFact
  | NoteFact
  | ChannelFact
  | TemplateFact
  | TenantFact
  | SkillsetFact
  | UserFact
  | NoticeFact
  | AuditFact
  | ReportFact
  | MailFact
  | RetentionFact
  | TimerFact
