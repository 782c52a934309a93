/** What follows when a time has come that somebody's state named. */
import * as agent from "~/agent/actions.ts"
import * as automatic from "~/automatic-message/actions.ts"
import * as call from "~/call/actions.ts"
import * as channel from "~/channel/actions.ts"
import * as keeping from "~/conversation/actions/keeping.ts"
import * as queue from "~/conversation/actions/queue.ts"
import * as starting from "~/conversation/actions/starting.ts"
import * as transferring from "~/conversation/actions/transferring.ts"
import * as conversation from "~/conversation/actions.ts"
import * as importing from "~/customer/actions/importing.ts"
import type { Tx } from "~/database/handles.ts"
import type { Fact } from "~/facts.ts"
import { letUploadGo } from "~/media/actions/uploading.ts"
import * as menu from "~/menu/actions.ts"
import * as schedules from "~/report/actions/schedules.ts"
import * as template from "~/template/actions.ts"

type Of<Type extends Fact["type"]> = Extract<Fact, { type: Type }>
type Elapsing = {
  [Type in Exclude<Extract<Fact["type"], `timer.${string}`>, "timer.retention_due">]: readonly ((
    tx: Tx,
    fact: Of<Type>,
  ) => void)[]
}

export const elapsing: Elapsing = {
  "timer.call_link_ends": [(tx, fact) => call.elapseCall(tx, fact.subject, "call_link_ends")],
  "timer.call_agent_gone": [(tx, fact) => call.elapseCall(tx, fact.subject, "call_agent_gone")],

  "timer.offer_expires": [(tx, fact) => conversation.expireOffer(tx, fact.subject)],
  "timer.overflow_due": [(tx, fact) => queue.joinNextSkillset(tx, fact.subject)],
  "timer.exclusive_ends": [(tx, fact) => transferring.endExclusive(tx, fact.subject)],
  "timer.customer_silent": [(tx, fact) => conversation.parkSilent(tx, fact.subject)],
  "timer.unanswered_closes": [(tx, fact) => starting.expireUnanswered(tx, fact.subject)],
  "timer.parked_closes": [(tx, fact) => conversation.closeParked(tx, fact.subject)],
  "timer.keeping_alert": [(tx, fact) => keeping.alertKept(tx, fact.subject)],
  "timer.keeping_ends": [(tx, fact) => keeping.endKeeping(tx, fact.subject)],
  "timer.owner_absent": [(tx, fact) => keeping.returnAbandoned(tx, fact.subject)],
  "timer.window_reminder": [
    (tx, fact) => automatic.remind(tx, fact.subject),
    (tx, fact) => keeping.noteReminder(tx, fact.subject),
  ],
  "timer.window_warning": [(tx, fact) => keeping.warnOfWindow(tx, fact.subject)],
  "timer.menu_ends": [(tx, fact) => menu.timeOut(tx, fact.subject)],
  "timer.import_details_end": [(tx, fact) => importing.forgetDetails(tx, fact.subject)],
  "timer.template_file_ends": [(tx, fact) => template.letFileGo(tx, fact.subject)],
  "timer.upload_ends": [(tx, fact) => letUploadGo(tx, fact.subject)],
  "timer.report_due": [(tx, fact) => schedules.sendDue(tx, fact.subject)],
  "timer.hours_change": [(tx, fact) => channel.passHoursChange(tx, fact.subject)],
  "timer.link_grace_ends": [(tx, fact) => agent.endGrace(tx, fact.subject)],
}
