/**
 * The switchboard: when this happens, that follows – in the same transaction, in this order. The one page that answers
 * «what happens when an agent goes on break?».
 */
import { endEverySession } from "~/account/actions/shutting.ts"
import { createFirstAdmin } from "~/account/actions/users.ts"
import * as agent from "~/agent/actions.ts"
import * as assignment from "~/assignment/actions.ts"
import * as audit from "~/audit/actions.ts"
import * as automatic from "~/automatic-message/actions.ts"
import * as call from "~/call/actions.ts"
import { inheritSkillset as inheritChannels } from "~/channel/actions/inheriting.ts"
import { dropChannel } from "~/channel/actions/removing.ts"
import * as channel from "~/channel/actions.ts"
import * as keeping from "~/conversation/actions/keeping.ts"
import { tellMailFailed } from "~/conversation/actions/mailing.ts"
import { endMenu } from "~/conversation/actions/menu.ts"
import * as ofCustomer from "~/conversation/actions/of-customer.ts"
import * as queue from "~/conversation/actions/queue.ts"
import { showAgain, showCustomerAgain } from "~/conversation/actions/showing.ts"
import * as starting from "~/conversation/actions/starting.ts"
import * as transferring from "~/conversation/actions/transferring.ts"
import * as conversation from "~/conversation/actions.ts"
import { holdAt, inheritAddress } from "~/customer/actions/addresses.ts"
import { noteContact, noteLatest } from "~/customer/actions/contact.ts"
import { forgetValues } from "~/customer/actions/editing.ts"
import * as importing from "~/customer/actions/importing.ts"
import { hearConsentWord, hearMarketingStop } from "~/customer/actions/standing.ts"
import * as customer from "~/customer/actions.ts"
import { dropProperty } from "~/customer-property/actions.ts"
import type { Tx } from "~/database/handles.ts"
import type { Fact } from "~/facts.ts"
import * as mail from "~/mail/actions.ts"
import * as media from "~/media/actions.ts"
import * as menu from "~/menu/actions.ts"
import { sendFile } from "~/message/actions/attaching.ts"
import { sendBySystem } from "~/message/actions/automatic.ts"
import { tellFailure } from "~/message/actions/failing.ts"
import { ringThread } from "~/message/actions/ring.ts"
import { noteTemplateFailure, sayFirst, sendTemplate } from "~/message/actions/templates.ts"
import { keepTranscription } from "~/message/actions/transcribing.ts"
import { reply } from "~/message/actions.ts"
import * as notice from "~/notice/actions.ts"
import { forgetTreeOf, keepProfiling } from "~/profiling/actions.ts"
import * as schedules from "~/report/actions/schedules.ts"
import * as report from "~/report/actions.ts"
import * as retention from "~/retention/actions.ts"
import * as skillset from "~/skillset/actions.ts"
import * as tag from "~/tag/actions.ts"
import * as template from "~/template/actions.ts"
import { elapsing } from "./elapsing.ts"
import { removals } from "./removals.ts"

type Of<Type extends Fact["type"]> = Extract<Fact, { type: Type }>
type Reactions = { [Type in Fact["type"]]?: readonly ((tx: Tx, fact: Of<Type>) => void)[] }

export const reactions: Reactions = {
  "conversation.opened": [
    (tx, fact) => noteContact(tx, fact.conversation),
    (tx, fact) => report.countEvents(tx, fact.conversation),
    (tx, fact) => fact.how !== "inbound" && inheritAddress(tx, fact.conversation),
    (tx, fact) => fact.how === "inbound" && automatic.welcome(tx, fact.conversation),
  ],
  "conversation.queued": [
    // One that is new has been counted with its opening.
    (tx, fact) => fact.why !== "new" && report.countEvents(tx, fact.conversation),
    (tx, fact) => menu.leave(tx, fact.conversation),
    (tx, fact) => assignment.assignConversation(tx, fact.conversation),
    (tx, fact) => automatic.awaitAssignment(tx, fact.conversation),
  ],
  "automatic_message.wait_due": [(tx, fact) => automatic.tellWait(tx, fact.conversation)],
  "conversation.overflowed": [
    (tx, fact) => report.countEvents(tx, fact.conversation),
    (tx, fact) => assignment.assignConversation(tx, fact.conversation),
  ],
  "assignment.decided": [(tx, fact) => conversation.offerTo(tx, fact.conversation, fact.agent, fact.reason)],

  "conversation.offered": [
    (tx, fact) => report.countEvents(tx, fact.conversation),
    (tx, fact) => menu.leave(tx, fact.conversation),
  ],
  "conversation.offer_expired": [(tx, fact) => report.countEvents(tx, fact.conversation)],
  "conversation.declined": [(tx, fact) => report.countEvents(tx, fact.conversation)],
  "conversation.handed_over": [(tx, fact) => report.countEvents(tx, fact.conversation)],
  "conversation.awaiting_reply": [(tx, fact) => report.countEvents(tx, fact.conversation)],
  "conversation.activated": [
    (tx, fact) => report.countEvents(tx, fact.conversation),
    (tx, fact) => menu.leave(tx, fact.conversation),
    (tx, fact) => agent.noteHandled(tx, fact),
  ],
  "conversation.transferred": [
    (tx, fact) => report.countEvents(tx, fact.conversation),
    (tx, fact) => automatic.tellTransfer(tx, fact.conversation, fact),
  ],
  "conversation.parked": [
    (tx, fact) => report.countEvents(tx, fact.conversation),
    (tx, fact) => automatic.tellParked(tx, fact.conversation),
  ],
  "conversation.closed": [
    (tx, fact) => report.countEvents(tx, fact.conversation),
    (tx, fact) => menu.leave(tx, fact.conversation),
    (tx, fact) => keepProfiling(tx, fact.conversation, fact.profiling),
    (tx, fact) => call.endCallOf(tx, fact.conversation),
    (tx, fact) => fact.how !== "blocked" && automatic.sayFarewell(tx, fact.conversation, fact.how),
  ],
  "menu.passed_by": [(tx, fact) => ofCustomer.letInTo(tx, fact.conversation, fact.skillset)],
  "menu.ended": [(tx, fact) => endMenu(tx, fact)],

  "agent.slot_taken": [(tx, fact) => agent.takeSlot(tx, fact.agent)],
  "agent.slot_freed": [(tx, fact) => agent.freeSlot(tx, fact.agent)],
  "agent.offer_missed": [(tx, fact) => agent.missOffer(tx, fact.agent)],
  "agent.available": [(tx, fact) => assignment.fillAgent(tx, fact.agent)],
  "agent.gone": [
    (tx, fact) => conversation.withdrawOffersOf(tx, fact.agent),
    (tx, fact) => keeping.leaveOpen(tx, fact.agent),
  ],
  "agent.presence_changed": [(tx, fact) => report.countPresence(tx, fact.agent)],
  "agent.returned": [(tx, fact) => keeping.findOpenAgain(tx, fact.agent)],

  "customer.identity_changed": [(tx, fact) => conversation.noteIdentity(tx, fact)],
  "customer.addressed": [(tx, fact) => customer.meet(tx, fact)],
  "start.decided": [(tx, fact) => starting.openStarted(tx, fact.start)],
  "start.opened": [(tx, fact) => sayFirst(tx, fact.conversation, fact.first)],
  "customer.changed": [
    (tx, fact) => showCustomerAgain(tx, fact.customer),
    (tx, fact) => ofCustomer.letInKnown(tx, fact.customer),
  ],
  "customer.blocked": [(tx, fact) => ofCustomer.closeBlocked(tx, fact.customer)],
  "customer.replaced": [(tx, fact) => ofCustomer.moveOpen(tx, fact.customer, fact.by)],
  "customer.named_number": [(tx, fact) => holdAt(tx, fact.conversation, fact.address)],
  "customer.joined": [(tx, fact) => ofCustomer.joinHistories(tx, fact), (tx, fact) => noteLatest(tx, fact.customer)],
  "customer.separated": [
    (tx, fact) => ofCustomer.partHistories(tx, fact),
    (tx, fact) => noteLatest(tx, fact.customer, fact.separated),
  ],
  "customer.consent_changed": [(tx, fact) => ofCustomer.noteConsent(tx, fact)],
  "customer_property.removed": [
    (tx, fact) => forgetValues(tx, fact.property),
    (tx, fact) => dropProperty(tx, fact.property),
  ],
  "tag.wanted": [(tx, fact) => tag.putTags(tx, fact.place, fact.names)],
  "customer_import.file_taken": [(tx, fact) => importing.beginImport(tx, fact)],
  "customer_import.file_let_go": [(tx, fact) => media.removeUnused(tx, fact.file)],
  "tag.changed": [
    (tx, { place }) => (place.on === "customer" ? showCustomerAgain(tx, place.id) : showAgain(tx, place.id)),
  ],
  "note.written": [(tx, fact) => showAgain(tx, fact.conversation)],
  "assignment.reopened": [(tx) => assignment.fillEverybody(tx)],
  "channel.hours_changed": [
    (tx) => assignment.fillEverybody(tx),
    (tx, fact) => automatic.followHours(tx, fact.channel),
  ],
  "channel.removed": [
    (tx, fact) => menu.forgetMenu(tx, fact.channel),
    (tx, fact) => automatic.forgetMessages(tx, fact.channel),
    (tx, fact) => forgetTreeOf(tx, fact.channel),
    (tx, fact) => dropChannel(tx, fact.channel),
  ],
  "channel.settings_changed": [
    (tx, fact) => queue.followQueueOfChannel(tx, fact.channel),
    (tx, fact) => ofCustomer.letInEverybody(tx, fact.channel),
  ],
  "skillset.changed": [(tx, fact) => queue.followQueueOfSkillset(tx, fact.skillset)],
  "tenant.settings_changed": [(tx) => queue.followQueue(tx)],
  "tenant.disabled": [(tx) => endEverySession(tx)],
  "tenant.admin_wanted": [(tx, fact) => void createFirstAdmin(tx, fact.admin)],
  "tenant.timezone_changed": [
    (tx) => channel.followTimezone(tx),
    (tx) => schedules.followTimezone(tx),
    (tx) => retention.followTimezone(tx),
  ],
  "user.signed_out": [(tx, fact) => agent.leave(tx, fact.user)],
  "user.disabled": [
    (tx, fact) => transferring.loseTarget(tx, fact.user),
    (tx, fact) => keeping.releaseParkedOf(tx, fact.user),
    (tx, fact) => agent.leave(tx, fact.user),
    (tx, fact) => keeping.returnAllOf(tx, fact.user),
  ],
  "user.skillsets_chosen": [(tx, fact) => void skillset.setSkillsetsOf(tx, fact.user, fact.skillsets)],
  "skillset.inherited": [
    (tx, fact) => inheritChannels(tx, fact.skillset, fact.heir),
    (tx, fact) => menu.inheritSkillset(tx, fact.skillset, fact.heir),
    (tx, fact) => queue.inheritSkillset(tx, fact.skillset, fact.heir),
  ],
  "skillset.member_removed": [(tx, fact) => transferring.loseTarget(tx, fact.user, fact.skillset)],
  "user.rights_changed": [
    (tx, fact) => skillset.followMember(tx, fact.user),
    (tx, fact) => agent.followRights(tx, fact.user),
  ],

  "message.composed": [(tx, fact) => void sendBySystem(tx, fact)],
  "message.received": [
    (tx, fact) => report.countInbound(tx, fact.channel),
    (tx, fact) => hearConsentWord(tx, fact.conversation, fact.words),
    (tx, fact) => fact.state === "menu" && menu.hear(tx, fact.conversation, fact.message),
    (tx, fact) => automatic.answerWhenClosed(tx, fact),
  ],
  "message.queued": [
    (tx, fact) => report.countOutbound(tx, fact.message),
    (tx, fact) => !fact.automatic && conversation.noteReply(tx, fact.conversation),
  ],
  "message.noted": [(tx, fact) => report.countAside(tx, fact.message)],
  "message.template_failed": [(tx, fact) => template.doubtTemplates(tx, fact.channel, fact.reason)],
  "message.reach_changed": [(tx, fact) => conversation.noteReach(tx, fact.conversation)],
  "message.status_changed": [
    (tx, fact) => tellFailure(tx, fact.message),
    (tx, fact) => noteTemplateFailure(tx, fact.message),
    (tx, fact) => hearMarketingStop(tx, fact.message),
  ],
  "message.withheld": [(tx, fact) => conversation.noteWithheld(tx, fact.conversation, fact.why)],
  "message.seen": [(tx, fact) => conversation.noteSeen(tx, fact.conversation)],

  "media.announced": [(tx, fact) => media.expect(tx, fact)],
  "media.attached": [(tx, fact) => sendFile(tx, fact), (tx, fact) => media.keepAttached(tx, fact)],
  "media.carried": [(tx, fact) => media.keepAttached(tx, fact)],
  "media.changed": [(tx, fact) => ringThread(tx, fact.conversation)],

  "template.file_let_go": [(tx, fact) => media.removeUnused(tx, fact.file)],
  "template.file_taken": [(tx, fact) => template.keepFile(tx, fact)],
  "template.listing_due": [(tx, fact) => template.wantSync(tx, fact.wabaId)],
  "audit.due": [(tx, fact) => audit.record(tx, fact)],

  "mail.about_changed": [
    (tx, { about }) => showAgain(tx, about.conversation),
    (tx, { about, to, state }) => (state === "failed" || state === "uncertain") && tellMailFailed(tx, about, to),
  ],
  "mail.due": [(tx, fact) => void mail.queueMail(tx, fact.mail)],

  "notice.due": [(tx, fact) => notice.tell(tx, fact.to, fact.notice)],

  "call.invited": [(tx, fact) => void reply(tx, fact)],
  "call.invited_by_template": [(tx, fact) => void sendTemplate(tx, fact.conversation, fact)],
  "speech.transcribed": [(tx, fact) => keepTranscription(tx, fact)],
  "call.happened": [(tx, fact) => conversation.noteCall(tx, fact.conversation, fact)],

  ...elapsing,
  ...removals,
}

/** Runs what follows from a fact. */
export function followUp(tx: Tx, fact: Fact): void {
  const follow = reactions[fact.type] as readonly ((tx: Tx, fact: Fact) => void)[] | undefined
  for (const react of follow ?? []) react(tx, fact)
}
