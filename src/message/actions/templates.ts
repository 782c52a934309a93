import type { FirstMessage } from "~/conversation/rules/starting.ts"
import type { Conversation } from "~/conversation/rules.ts"
import { isBlocked, mayReceiveMarketing } from "~/customer/queries.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, Refused, refuse } from "~/kernel/step.ts"
import { accountOfChannel } from "~/template/queries.ts"
import { anatomyOf } from "~/template/rules/anatomy.ts"
import { filledIn, type GivenValues, type SentTemplate } from "~/template/rules/filling.ts"
import { refusalToSend } from "~/template/rules.ts"
import { loadTemplateFile } from "~/template/store/files.ts"
import { loadTemplate } from "~/template/store.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import { reply } from "../actions.ts"
import { silentTemplates } from "../queries/silence.ts"
import { carrierOf } from "../queries.ts"
import { written } from "../rules/content.ts"
import { mayWriteTemplate } from "../rules.ts"
import { insertQueued, loadMessage, messageByClientId } from "../store.ts"
import { allow, userActing, visible } from "./entering.ts"
import { ringThread } from "./ring.ts"

export type TemplateSend = { template: Id; clientId: string; values: GivenValues }

/**
 * Queues a template with its values. The same `clientId` again is the same message. Refuses as `mayWriteTemplate`,
 * `refusalToSend` and `filledIn` do, and `template.daily_limit {limit}` for a customer who does not answer.
 */
export function sendTemplate(tx: Tx, place: Id, send: TemplateSend): Id {
  const conversation = visible(tx, place)
  const known = messageByClientId(tx, conversation.id, send.clientId)
  if (known !== null) return known
  const actor = userActing(tx)
  allow(tx, mayWriteTemplate(conversation, actor, carrierOf(tx, conversation.channel)))
  heedSilence(tx, conversation)
  demand(!isBlocked(tx, conversation.customer), "start.blocked")
  const { text, sent } = messageOf(tx, conversation, send)
  const { id: conversationId, channel } = conversation
  const id = tx.newId()
  insertQueued(tx, {
    id,
    conversation: conversationId,
    channel,
    direction: "out",
    kind: "template",
    at: tx.now,
    text,
    status: "queued",
    clientId: send.clientId,
    author: actor.id,
    queuedAt: tx.now,
    replyToWamid: null,
    content: written({ template: sent }),
  })
  if (send.values.file !== null) carryFile(tx, id, send.values.file, sent.header)
  tx.raise({ type: "message.queued", conversation: conversationId, message: id, channel, automatic: false })
  ringThread(tx, conversationId)
  return id
}

function messageOf(tx: Tx, { channel, customer }: Conversation, { template: id, values }: TemplateSend) {
  const template = loadTemplate(tx, id)
  demand(template !== null, "template.gone")
  const { name } = template
  if (template.wabaId !== accountOfChannel(tx, channel)) throw new Refused(refuse("template.other_account", { name }))
  const refusal = refusalToSend(template)
  if (refusal) throw new Refused(refusal)
  const isUnwanted = template.category === "MARKETING" && !mayReceiveMarketing(tx, customer)
  demand(!isUnwanted, "template.opted_out")
  const filled = filledIn(template, found(anatomyOf(template)), values)
  if ("refused" in filled) throw new Refused(filled)
  return filled
}

/** The upload is its user's alone, and of the kind that the header shows. */
function carryFile(tx: Tx, message: Id, upload: Id, header: SentTemplate["header"]): void {
  const { file, kind, name, type: mimeType } = found(loadTemplateFile(tx, upload, userActing(tx).id))
  demand(kind === header?.kind, "template.file_kind")
  tx.raise({ type: "media.carried", message, file, name, mimeType })
}

/** Whoever does not answer is not written to again and again. */
function heedSilence(tx: Tx, conversation: Conversation): void {
  const { templatesPerSilentCustomerPerDay: limit } = tenantSettings(tx)
  const { today } = silentTemplates(tx, conversation)
  demand(limit === 0 || today < limit, "template.daily_limit", { limit })
}

/** What an agent says first in a conversation that has just been opened. */
export function sayFirst(tx: Tx, conversation: Id, first: FirstMessage): void {
  if (first.kind === "template") sendTemplate(tx, conversation, first)
  else reply(tx, { conversation, text: first.text, clientId: first.clientId })
}

/** Tells of a template that did not arrive, and why. */
export function noteTemplateFailure(tx: Tx, id: Id): void {
  const message = loadMessage(tx, id)
  if (message?.kind !== "template" || message.status !== "failed") return
  const { channel, failureReason } = message
  tx.raise({ type: "message.template_failed", channel, message: id, reason: failureReason ?? "unknown" })
}
