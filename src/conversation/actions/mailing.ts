/** A conversation leaves by e-mail: asked for by a person, on record, and never unseen when it fails. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand } from "~/kernel/step.ts"
import { isMailAddress, type Mail } from "~/mail/rules.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import { mayMail } from "../rules/policy.ts"
import { loadConversation } from "../store.ts"
import { announce } from "./announce.ts"
import { userActing, visible } from "./settling.ts"

export type ConversationMail = Pick<Mail, "to" | "language" | "subject" | "text" | "html" | "attachments">

/** Refuses `conversation.may_not_mail`, `mail.address_malformed`. The mail waits for its server as long as it must. */
export function mailConversation(tx: Tx, id: Id, mail: ConversationMail): void {
  const me = userActing(tx)
  const conversation = visible(tx, id)
  demand(mayMail(me, tenantSettings(tx).conversationsMailedBy), "conversation.may_not_mail")
  demand(isMailAddress(mail.to), "mail.address_malformed")
  tx.raise({ type: "mail.due", mail: { ...mail, kind: "conversation", about: { conversation: id, author: me.id } } })
  const { to, attachments = [] } = mail
  announce(tx, conversation, conversation, [
    { type: "conversation.mailed", conversation: id, to, files: attachments.length },
  ])
  tx.raise({
    type: "audit.due",
    act: "conversation.mailed",
    subject: { kind: "conversation", id, name: "" },
    changes: { to: { before: null, after: to }, files: { before: null, after: attachments.length } },
  })
}

/** It did not get there, or nobody knows: whoever sent it hears of it. */
export function tellMailFailed(tx: Tx, about: { conversation: Id; author: Id }, to: string): void {
  if (loadConversation(tx, about.conversation) === null) return
  tx.raise({
    type: "notice.due",
    to: { users: [about.author] },
    notice: { kind: "mail_failed", conversation: about.conversation, words: to },
  })
}
