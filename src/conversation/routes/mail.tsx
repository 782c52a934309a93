/** «Send by e-mail»: asked for, read again, sent. */
import { MailForm, type MailFormProps } from "views/conversation/mail.tsx"
import { TranscriptLetter, transcriptSubject, transcriptText } from "views/conversation/transcript.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { lookOf, shownName } from "~/brand/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, type Refusal, refuse } from "~/kernel/step.ts"
import type { Mailing } from "~/mail/rules.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { checkbox, choice, optional, text } from "~/web/form.ts"
import { InvalidForm } from "~/web/problem.ts"
import type { Visit } from "~/web/visit.ts"
import { mailConversation } from "../actions/mailing.ts"
import { conversationHead } from "../queries/console.ts"
import { transcriptOf } from "../queries/transcript.ts"
import { canBeMailedTo, mayMail } from "../rules/policy.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen; mailing: Pick<Mailing, "isPossible"> }

const LONGEST_ADDRESS = 1_000
const LONGEST_WORDS = 2_000
type Values = MailFormProps["values"]

export const conversationMailRoutes = ({ desk }: Areas, parts: Parts) =>
  desk()
    .get("/conversations/:id/mail", (visit) => {
      const values = { to: "", words: "", withFiles: true }
      return visit.html(<MailForm {...formOf(visit, parts, visit.id("id"), values)} />)
    })
    .post("/conversations/:id/mail", async (visit) => {
      const id = visit.id("id")
      conversationHead(visit.read, visit.actor, id)
      const { step, ...given } = visit.form({
        to: text({ most: LONGEST_ADDRESS }),
        words: text({ most: LONGEST_WORDS }),
        withFiles: checkbox,
        step: optional(choice(["back", "send"])),
      })
      const values = { ...given, to: given.to.trim(), words: given.words.trim() }
      const form = formOf(visit, parts, id, values)
      const error: Refusal | null = canBeMailedTo(values.to) ? null : refuse("mail.address_malformed")
      if (error && !visit.wantsPanel) throw new InvalidForm({ to: error })
      if (error) return visit.html(<MailForm {...form} error={error} />, 422)
      if (step !== "send") return visit.html(<MailForm {...form} isConfirming={step === null} />)
      const mail = letterOf(visit, form)
      await visit.act((tx) => mailConversation(tx, id, mail))
      return visit.done(`/conversations/${id}`)
    })

function formOf({ me, read, actor }: Visit<"id">, { screenOf, mailing }: Parts, id: Id, values: Values): MailFormProps {
  const head = conversationHead(read, actor, id)
  demand(mayMail(actor, tenantSettings(read).conversationsMailedBy), "conversation.may_not_mail")
  const transcript = transcriptOf(read, id, me.id, values.withFiles)
  const size = transcript.files.reduce((sum, file) => sum + file.size, 0)
  return { screen: screenOf(me, read), head, transcript, size, values, mustWait: !mailing.isPossible(me.tenant) }
}

function letterOf({ me, read }: Visit<"id">, { screen, head, transcript, values }: MailFormProps) {
  const props = { screen, head, transcript, companyName: shownName(read), look: lookOf(read), words: values.words }
  return {
    to: values.to,
    language: me.language,
    subject: transcriptSubject(props),
    text: transcriptText(props),
    html: `<!doctype html>${TranscriptLetter(props)}`,
    attachments: transcript.files.map(({ file, name, mimeType }) => ({ file, name, mimeType })),
  }
}
