/**
 * What follows when something is to go for good: each noun removes its own, in this order. A conversation is counted
 * before anything of it goes, and the conversation itself goes last.
 */
import { forgetPresence } from "~/agent/actions/forgetting.ts"
import { forgetSaidTo } from "~/automatic-message/actions/forgetting.ts"
import { forgetCalls } from "~/call/actions/forgetting.ts"
import { forgetConversation } from "~/conversation/actions/forgetting.ts"
import {
  forgetAddress,
  forgetCustomer,
  forgetImportDetails,
  forgetImportProblems,
  loseNames,
} from "~/customer/actions/erasing.ts"
import type { Tx } from "~/database/handles.ts"
import type { Fact } from "~/facts.ts"
import { forgetMailsAbout, forgetOldMails, letFilesOfGo } from "~/mail/actions/forgetting.ts"
import { expireFilesOf, forgetFilesOf, letFileGo, removeFilePieces } from "~/media/actions/forgetting.ts"
import { forgetVisit } from "~/menu/actions/forgetting.ts"
import { forgetMessages, forgetOldEarly, forgetReceipt } from "~/message/actions/forgetting.ts"
import { forgetNotes } from "~/note/actions/forgetting.ts"
import { forgetNoticesAbout, forgetOldNotices } from "~/notice/actions/forgetting.ts"
import { forgetProfiling } from "~/profiling/actions/forgetting.ts"
import { settleConversation, settlePresence } from "~/report/actions/settling.ts"
import * as retention from "~/retention/actions.ts"
import { forgetLanguagesFor } from "~/speech/actions/forgetting.ts"
import { forgetTagsOn } from "~/tag/actions/forgetting.ts"

type Of<Type extends Fact["type"]> = Extract<Fact, { type: Type }>
type Removals = {
  [Type in Extract<Fact["type"], `removal.${string}` | "timer.retention_due">]: readonly ((
    tx: Tx,
    fact: Of<Type>,
  ) => void)[]
}

export const removals: Removals = {
  "timer.retention_due": [(tx, fact) => retention.seeToNight(tx, fact.subject)],

  "removal.begun": [
    (tx, fact) => settleConversation(tx, fact.conversation),
    (tx, fact) => forgetMailsAbout(tx, fact.conversation),
  ],
  "removal.messages_due": [
    (tx, fact) => letFilesOfGo(tx, fact.messages),
    (tx, fact) => forgetFilesOf(tx, fact.messages),
    (tx, fact) => forgetMessages(tx, fact.messages),
  ],
  "removal.conversation_due": [
    (tx, fact) => forgetMailsAbout(tx, fact.conversation),
    (tx, fact) => forgetNotes(tx, fact.conversation),
    (tx, fact) => forgetCalls(tx, fact.conversation),
    (tx, fact) => forgetTagsOn(tx, { on: "conversation", id: fact.conversation }),
    (tx, fact) => forgetProfiling(tx, fact.conversation),
    (tx, fact) => forgetVisit(tx, fact.conversation),
    (tx, fact) => forgetReceipt(tx, fact.conversation),
    (tx, fact) => forgetNoticesAbout(tx, fact.conversation),
    (tx, fact) => forgetAddress(tx, fact.conversation),
    (tx, fact) => forgetConversation(tx, fact.conversation),
  ],
  "removal.files_due": [(tx, fact) => letFilesOfGo(tx, fact.messages), (tx, fact) => expireFilesOf(tx, fact.messages)],
  "removal.file_unused": [(tx, fact) => letFileGo(tx, fact.file)],
  "removal.pieces_due": [(tx, fact) => removeFilePieces(tx, fact.file, fact.most)],
  "removal.names_due": [(tx, fact) => loseNames(tx, fact.customer)],
  "removal.import_details_due": [(tx, fact) => forgetImportDetails(tx, fact.imports, fact.problems)],
  "removal.import_problems_due": [(tx, fact) => forgetImportProblems(tx, fact.import, fact.most)],
  "removal.customer_due": [
    (tx, fact) => forgetTagsOn(tx, { on: "customer", id: fact.customer }),
    (tx, fact) => forgetLanguagesFor(tx, fact.customer),
    (tx, fact) => forgetSaidTo(tx, fact.customer),
    (tx, fact) => forgetCustomer(tx, fact.customer),
  ],
  "removal.logs_due": [
    (tx, fact) => forgetOldNotices(tx, fact.before, fact.most),
    (tx, fact) => forgetOldMails(tx, fact.before, fact.most),
    (tx, fact) => forgetOldEarly(tx, fact.before, fact.most),
  ],
  "removal.presence_due": [
    (tx, fact) => settlePresence(tx, fact.user, fact.before),
    (tx, fact) => forgetPresence(tx, fact.user, fact.before),
  ],
}
