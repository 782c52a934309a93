/** What became of a message after it was said: answered, reacted to, changed, removed. */
import type { Id } from "~/kernel/id.ts"
import type { MessageItem, QuotedMessage } from "~/message/queries/thread.ts"
import type { FormerText, MessageContent } from "~/message/rules/content.ts"
import { Icon } from "../parts/icon.tsx"
import { Said } from "../parts/said.tsx"
import type { Screen } from "../parts/screen.ts"
import { Time } from "../parts/time.tsx"
import { kindIcon, lineWords } from "./kinds.tsx"

type QuoteProps = { screen: Screen; conversation: Id; customerName: string; quoted: QuotedMessage }

/** Leads to what is answered, which may be in another conversation. */
export function Quote({ screen, conversation, customerName, quoted }: QuoteProps) {
  const { t } = screen
  if (!quoted.isHere)
    return (
      <blockquote class="quote is-elsewhere">
        <span>{t("quote.not_here")}</span>
      </blockquote>
    )
  const { place, isOurs, authorName, kind, text } = quoted
  const name = isOurs ? (authorName ?? t("thread.system")) : customerName
  const icon = kindIcon(kind)
  const cursor = `${place.at}-${place.id}`
  return (
    <blockquote
      class={isOurs ? "quote is-ours-quoted" : "quote"}
      dir="auto"
      aria-label={t("message.quote_of", { name })}
    >
      <a
        class="quote-link"
        href={`/conversations/${place.conversation ?? conversation}?at=${cursor}#message-${place.id}`}
        title={t(place.conversation === null ? "quote.show" : "quote.show_elsewhere")}
        data-shows={place.conversation === null ? cursor : null}
      >
        <b>{name}</b>
        <span>
          {icon && <Icon name={icon} size="small" />}
          {lineWords(screen, kind, text).slice(0, 200)}
        </span>
      </a>
    </blockquote>
  )
}

type ReactionsProps = { screen: Screen; reactions: NonNullable<MessageContent["reactions"]>; name: string }

/** Both sides' reactions, on the edge of the bubble. */
export function Reactions({ screen: { t }, reactions: { theirs, ours }, name }: ReactionsProps) {
  return (
    <p class="reactions" hidden={!theirs?.emoji && !ours?.emoji}>
      {theirs?.emoji && (
        <span role="img" aria-label={t("reaction.theirs", { name, emoji: theirs.emoji })}>
          {theirs.emoji}
        </span>
      )}
      {ours?.emoji && (
        <span role="img" aria-label={t("reaction.ours", { emoji: ours.emoji })}>
          {ours.emoji}
        </span>
      )}
    </p>
  )
}

/** What it said before is a click away. */
export const Edited = ({ screen: { t, format, now }, edits }: { screen: Screen; edits: readonly FormerText[] }) => (
  <details class="edited">
    <summary title={t("edited.show")}>
      {t("edited.mark", { time: format.moment(edits.at(-1)?.until ?? now, now) })}
    </summary>
    <ol>
      {edits.map(({ text, until }) => (
        <li>
          <small>{t("edited.until", { time: format.moment(until, now) })}</small>
          <Said text={text} />
        </li>
      ))}
    </ol>
  </details>
)

type RemovedProps = { screen: Screen; item: MessageItem; removed: NonNullable<MessageContent["removed"]> }

/** It is gone for whoever talks; whoever supervises may still read it. */
export const Removed = ({ screen: { t, format, now }, item, removed }: RemovedProps) => (
  <div class="removed">
    <Icon name="trash-2" size="small" />
    <div>
      <strong>
        {t(item.direction === "in" ? "removed.theirs" : "removed.ours")}{" "}
        <Time at={removed.at}>{format.moment(removed.at, now)}</Time>
      </strong>
      {removed.text === null ? (
        <p>{t("removed.explain")}</p>
      ) : (
        <details>
          <summary>{t("removed.show")}</summary>
          {removed.text === "" ? <p>{t("removed.nothing")}</p> : <Said text={removed.text} />}
        </details>
      )}
    </div>
  </div>
)
