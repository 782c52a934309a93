/** One message: the customer's on the left, ours on the right. */
import type { Id } from "~/kernel/id.ts"
import type { MessageItem } from "~/message/queries/thread.ts"
import type { Phrase } from "../locales/index.ts"
import { Button } from "../parts/button.tsx"
import { Icon } from "../parts/icon.tsx"
import { Said } from "../parts/said.tsx"
import type { Screen } from "../parts/screen.ts"
import { TemplateMessage } from "../template/bubble.tsx"
import { ActsButton } from "./acts.tsx"
import { Edited, Quote, Reactions, Removed } from "./marks.tsx"
import { Medium } from "./medium.tsx"
import { Forwarded, Referral } from "./origin.tsx"
import { Particulars } from "./particulars.tsx"
import { MessageFoot } from "./ticks.tsx"

export type BubbleProps = {
  screen: Screen
  conversation: Id
  customerName: string
  item: MessageItem
  /** The same side as the one before, a moment later: drawn as one group. */
  follows: boolean
  /** The viewer may decide about what did not go through. */
  mayDecide: boolean
}

export function Bubble({ screen, conversation, customerName, item, follows, mayDecide }: BubbleProps) {
  const isOurs = item.direction === "out"
  const isAutomatic = isOurs && item.authorName === null && !item.content.sentBy
  const look = [
    "message",
    isOurs && "is-ours",
    isAutomatic && "is-automatic",
    follows && "is-following",
    `is-${item.status}`,
  ]
  return (
    <article class={look.filter(Boolean).join(" ")} id={`message-${item.id}`} tabindex="-1">
      {isOurs && !follows && <span class="message-author">{authorWords(screen, item)}</span>}
      <div class={item.content.removed ? "bubble is-removed" : `bubble is-${item.kind}`}>
        {item.content.forwarded && <Forwarded screen={screen} forwarded={item.content.forwarded} />}
        {item.content.referral && <Referral screen={screen} referral={item.content.referral} />}
        {item.quoted && (
          <Quote screen={screen} conversation={conversation} customerName={customerName} quoted={item.quoted} />
        )}
        <Body screen={screen} conversation={conversation} item={item} />
        {item.mayBeAnswered && <ActsButton screen={screen} item={item} />}
      </div>
      {item.content.reactions && <Reactions screen={screen} reactions={item.content.reactions} name={customerName} />}
      {item.content.edits && !item.content.removed && <Edited screen={screen} edits={item.content.edits} />}
      <MessageFoot screen={screen} item={item} />
      <Trouble screen={screen} conversation={conversation} item={item} mayDecide={mayDecide} />
    </article>
  )
}

function authorWords({ t }: Screen, { isMine, authorName, content }: MessageItem): string {
  if (content.sentBy) return t(content.sentBy === "app" ? "message.by_app" : "message.by_other")
  return isMine ? t("thread.you") : (authorName ?? t("thread.system"))
}

function Body({ screen, conversation, item }: { screen: Screen; conversation: Id; item: MessageItem }) {
  const { kind, text, content } = item
  if (content.template) return <TemplateMessage screen={screen} item={item} template={content.template} />
  if (content.removed) return <Removed screen={screen} item={item} removed={content.removed} />
  if (content.prompt) return <Question screen={screen} item={item} prompt={content.prompt} />
  if (item.medium) return <Medium screen={screen} item={item} medium={item.medium} />
  return kind === "text" ? (
    <Said text={text} />
  ) : (
    <Particulars screen={screen} conversation={conversation} item={item} />
  )
}

type QuestionProps = { screen: Screen; item: MessageItem; prompt: NonNullable<MessageItem["content"]["prompt"]> }

/** What we asked, what there was to choose, and what the customer chose. */
const Question = ({ screen, item: { text, chosen }, prompt }: QuestionProps) => (
  <div class="question">
    <Said text={text} />
    {prompt.footer !== null && <small dir="auto">{prompt.footer}</small>}
    <ul class="question-choices" aria-label={screen.t("message.choices")}>
      {prompt.choices.map(({ id, title }) => (
        <Choice screen={screen} title={title} times={chosen.filter((choice) => choice.id === id)} />
      ))}
    </ul>
  </div>
)

type ChoiceProps = { screen: Screen; title: string; times: MessageItem["chosen"] }

function Choice({ screen: { t, format, now }, title, times }: ChoiceProps) {
  const last = times.at(-1)
  if (!last)
    return (
      <li>
        <span dir="auto">{title}</span>
      </li>
    )
  const words = { count: times.length, time: format.moment(last.at, now) }
  return (
    <li class="is-chosen">
      <Icon name="check" size="small" label={t("message.chosen")} />
      <span dir="auto">{title}</span>
      <small>{times.length === 1 ? t("message.chosen_at", words) : t("message.chosen_often", words)}</small>
    </li>
  )
}

type TroubleProps = { screen: Screen; conversation: Id; item: MessageItem; mayDecide: boolean }

/** What went wrong, why, and what can be done: nothing is sent twice without being asked. */
function Trouble({ screen, conversation, item, mayDecide }: TroubleProps) {
  const { t } = screen
  const words = troubleWords(screen, item)
  if (!words) return <span />
  const decide = (verb: "resend" | "discard") => `/conversations/${conversation}/messages/${item.id}/${verb}`
  return (
    <div class={`message-trouble is-${item.status}`}>
      <strong>{words.title}</strong>
      {words.detail && <p>{words.detail}</p>}
      {item.failure?.code != null && (
        <details>
          <summary>{t("failed.details")}</summary>
          <small>{t("failed.meta", { code: String(item.failure.code), details: item.failure.details ?? "" })}</small>
        </details>
      )}
      {mayDecide && item.status !== "discarded" && (
        <form class="message-decision" method="post" action={decide("resend")}>
          <input type="hidden" name="_csrf" value={screen.csrfToken} />
          <Button
            size="small"
            icon="rotate-ccw"
            type="submit"
            more={{ "hx-post": decide("resend"), "hx-swap": "none" }}
          >
            {t("failed.resend")}
          </Button>
          <Button
            size="small"
            kind="quiet"
            type="submit"
            more={{ formaction: decide("discard"), "hx-post": decide("discard"), "hx-swap": "none" }}
          >
            {t("failed.discard")}
          </Button>
        </form>
      )}
    </div>
  )
}

function troubleWords(
  { t }: Screen,
  { status, failure }: MessageItem,
): { title: string; detail: string | null } | null {
  switch (status) {
    case "failed":
      return { title: t("failed.title"), detail: (t as Phrase)(`failure.${failure?.reasonKey ?? "unknown"}`) }
    case "uncertain":
      return { title: t("uncertain.title"), detail: t("uncertain.explain") }
    case "held":
      if (failure?.reasonKey === "tenant_disabled")
        return { title: t("held.disabled_title"), detail: t("held.disabled_explain") }
      return { title: t("held.title"), detail: t("held.explain") }
    case "discarded":
      return { title: t("discarded.title"), detail: null }
    default:
      return null
  }
}
