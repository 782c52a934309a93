/** A3: the automatic messages of a number. */
import { ChannelMessages, TextPreview } from "views/automatic-message/editing.tsx"
import { ChannelPage, channelPath } from "views/channel/page.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import { channelById, channelFrame } from "~/channel/queries/administering.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { limits } from "~/kernel/limits.ts"
import type { Areas } from "~/web/areas.ts"
import { type Conflict, changedSince, editing, refusalOf, unlessChanged } from "~/web/editing.ts"
import { choice, type FieldErrors, line, optional, several, text, wholeNumber } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { setMessages } from "./actions.ts"
import { keptMessages, sampleValues } from "./queries/editing.ts"
import { changedDraft, draftOf, type MessagesDraft, readDraft, type TextRow, writtenMessages } from "./rules/editing.ts"
import { languageTag } from "./rules/language.ts"
import { filled, textFault } from "./rules/text.ts"
import { KINDS, PLACEHOLDERS } from "./rules.ts"

export type MessageTextParts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const automaticMessageRoutes = ({ administration }: Areas, parts: MessageTextParts) =>
  administration()
    .get("/admin/channels/:id/messages", (visit) => messagesPage(visit, parts, visit.id("id"), {}))
    .post("/admin/channels/:id/messages", (visit) => saveMessages(visit, parts, visit.id("id")))
    .post("/admin/channels/:id/messages/preview", (visit) => {
      const { read, me, form, html, id } = visit
      const channel = channelById(read, id("id"))
      const { row, ...given } = form({ ...shape, row: wholeNumber({ least: 0, most: MOST_ROWS }) })
      const one = draftFrom(given).rows[row]
      const words = one ? previewOf(read, channel.id, one) : null
      return html(<TextPreview screen={parts.screenOf(me, read)} index={row} text={words} />)
    })

const LANGUAGES = ["en", "it", "de", "fr", "es", "pt", "nl", "pl", "ro", "sq", "ar", "zh"] as const
const MOST_ROWS = 200
/** What is too long is said beside its text, not beside the form. */
const LONGEST_TYPED = limits.messageTextCharacters * 4

const shape = {
  ...editing,
  on: several(choice(KINDS), { most: KINDS.length }),
  kind: several(choice(KINDS), { most: MOST_ROWS }),
  language: several(line({ most: 20 }), { most: MOST_ROWS }),
  text: several(text({ most: LONGEST_TYPED }), { most: MOST_ROWS }),
  do: optional(line({ most: 40 })),
}

type Shown = { draft?: MessagesDraft; errors?: FieldErrors; conflict?: Conflict }

function messagesPage(visit: Visit, { screenOf }: MessageTextParts, id: Id, shown: Shown): Response {
  const { me, read, query, t, page } = visit
  const screen = screenOf(me, read)
  const frame = channelFrame(read, id)
  const kept = keptMessages(read, id)
  const { draft = draftOf(kept.on, kept.off), errors = {}, conflict = null } = shown
  const before = writtenMessages(kept.on, kept.off)
  const props = {
    screen,
    frame,
    draft,
    kinds: KINDS,
    placeholders: PLACEHOLDERS,
    languages: LANGUAGES,
    editing: { written: {}, errors, conflict, before },
    longest: limits.messageTextCharacters,
    done: query.get("done") === "saved" ? { sentence: t("admin.done_saved") } : null,
    previews: draft.rows.map((row) => previewOf(read, id, row)),
  }
  const status = conflict ? 409 : Object.keys(errors).length > 0 ? 422 : 200
  const inside = <ChannelMessages {...props} />
  return page(
    frame.name,
    <ChannelPage screen={screen} frame={frame} section="messages">
      {inside}
    </ChannelPage>,
    status,
  )
}

/** Null while something in it is wrong. */
const previewOf = (read: Reader, id: Id, { kind, language, text: words }: TextRow): string | null =>
  textFault(kind, words) === null ? filled(words.trim(), sampleValues(read, id, language)) : null

async function saveMessages(visit: Visit, parts: MessageTextParts, id: Id): Promise<Response> {
  const form = visit.checkForm(shape)
  if (!form.valid) return messagesPage(visit, parts, id, { errors: form.errors })
  const { before, do: deed, ...given } = form.values
  const draft = draftFrom(given)
  if (deed !== null) return messagesPage(visit, parts, id, { draft: changedDraft(draft, deed, LANGUAGES) ?? draft })
  const texts = readDraft(draft)
  if ("errors" in texts) return messagesPage(visit, parts, id, { draft, errors: texts.errors })
  const written = (read: Reader) => {
    const kept = keptMessages(read, id)
    return writtenMessages(kept.on, kept.off)
  }
  const refusal = await refusalOf(
    visit.act((tx) => {
      channelById(tx, id)
      unlessChanged(before, written(tx))
      setMessages(tx, id, texts.on, texts.off)
    }),
  )
  if (refusal === null) return visit.redirect(`${channelPath(id, "messages")}?done=saved`)
  if (refusal.refused !== "form.conflict") return messagesPage(visit, parts, id, { draft, errors: { form: refusal } })
  const conflict = { by: lastChange(visit.read, "channel", id), fields: changedSince(before, written(visit.read)) }
  return messagesPage(visit, parts, id, { draft, conflict })
}

type Given = { on: MessagesDraft["on"]; kind: TextRow["kind"][]; language: string[]; text: string[] }

const draftFrom = ({ on, kind, language, text: texts }: Given): MessagesDraft => ({
  on,
  rows: kind.map((one, index) => ({
    kind: one,
    language: languageTag(language[index] ?? "") ?? "en",
    text: texts[index] ?? "",
  })),
})
