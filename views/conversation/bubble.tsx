/** One message: the customer's on the left, ours on the right. */
import type { Id } from "~/kernel/id.ts"
import type { MessageItem } from "~/message/queries/thread.ts"
import type { Phrase } from "../locales/index.ts"
import { Button } from "../parts/button.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { TemplateMessage } from "../template/bubble.tsx"
import { kindIcon, kindWords, lineWords } from "./kinds.tsx"
import { Medium } from "./medium.tsx"
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
      <div class={`bubble is-${item.kind}`}>
        {item.quoted && <Quote screen={screen} customerName={customerName} quoted={item.quoted} />}
        {item.content.referral && (
          <small class="message-origin">
            <Icon name="megaphone" size="small" />
            {screen.t("message.from_ad")}
          </small>
        )}
        <Body screen={screen} item={item} />
      </div>
      <MessageFoot screen={screen} item={item} />
      <Trouble screen={screen} conversation={conversation} item={item} mayDecide={mayDecide} />
    </article>
  )
}

function authorWords({ t }: Screen, { isMine, authorName, content }: MessageItem): string {
  if (content.sentBy) return t(content.sentBy === "app" ? "message.by_app" : "message.by_other")
  return isMine ? t("thread.you") : (authorName ?? t("thread.system"))
}

/** Customers' text keeps its line breaks in an element that holds nothing else. */
function Body({ screen, item }: { screen: Screen; item: MessageItem }) {
  const { kind, text, content } = item
  if (content.template) return <TemplateMessage screen={screen} item={item} template={content.template} />
  if (content.prompt) return <Question screen={screen} item={item} prompt={content.prompt} />
  if (item.medium) return <Medium screen={screen} item={item} medium={item.medium} />
  const words = kindWords(screen, kind, content)
  if (words === null)
    return (
      <p class="message-text" dir="auto">
        {text}
      </p>
    )
  const icon = kindIcon(kind)
  const says = text !== "" && !words.includes(text) ? text : null
  return (
    <div class="message-kind">
      {icon && <Icon name={icon} />}
      <div>
        <strong>{words}</strong>
        {says !== null && (
          <p class="message-text" dir="auto">
            {says}
          </p>
        )}
        <Particulars screen={screen} content={content} />
      </div>
    </div>
  )
}

type QuestionProps = { screen: Screen; item: MessageItem; prompt: NonNullable<MessageItem["content"]["prompt"]> }

/** What we asked, what there was to choose, and what the customer chose. */
const Question = ({ screen: { t }, item: { text, chosen }, prompt }: QuestionProps) => (
  <div class="question">
    <p class="message-text" dir="auto">
      {text}
    </p>
    {prompt.footer !== null && <small dir="auto">{prompt.footer}</small>}
    <ul class="question-choices" aria-label={t("message.choices")}>
      {prompt.choices.map(({ id, title }) => (
        <li class={chosen.includes(id) ? "is-chosen" : ""} dir="auto">
          {chosen.includes(id) && <Icon name="check" size="small" label={t("message.chosen")} />}
          {title}
        </li>
      ))}
    </ul>
  </div>
)

function Particulars({ screen: { t }, content }: { screen: Screen; content: MessageItem["content"] }) {
  const body = content.body
  switch (body?.kind) {
    case "location":
      return (
        <small>
          {t("message.location_map", { latitude: String(body.latitude), longitude: String(body.longitude) })}
        </small>
      )
    case "order":
      return (
        <ul class="message-items">
          {body.items.map(({ productId, quantity }) => (
            <li dir="auto">{t("message.product_note", { quantity: quantity ?? 1, product: productId ?? "" })}</li>
          ))}
        </ul>
      )
    case "unsupported":
      return <small>{t("kind.unsupported_detail")}</small>
    case "unknown":
      return <small>{t("kind.unknown_detail")}</small>
    default:
      return <span />
  }
}

type QuoteProps = { screen: Screen; customerName: string; quoted: NonNullable<MessageItem["quoted"]> }
function Quote({ screen, customerName, quoted }: QuoteProps) {
  const name = quoted.isOurs ? (quoted.authorName ?? screen.t("thread.system")) : customerName
  return (
    <blockquote class="quote" dir="auto" aria-label={screen.t("message.quote_of", { name })}>
      <b>{name}</b>
      <span>{lineWords(screen, quoted.kind, quoted.text).slice(0, 200)}</span>
    </blockquote>
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
      return { title: t("held.title"), detail: t("held.explain") }
    case "discarded":
      return { title: t("discarded.title"), detail: null }
    default:
      return null
  }
}
