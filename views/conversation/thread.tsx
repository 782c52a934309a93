/** The middle pane: who it is, what was said, where one answers. */
import type { Past, Thread as ThreadView } from "~/conversation/queries/thread.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { ThreadItem } from "~/message/queries/thread.ts"
import { NoteBubble } from "../note/bubble.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { ActsMenu } from "./acts.tsx"
import { Bubble } from "./bubble.tsx"
import { CloseDialog, CloseFormUpdate } from "./close.tsx"
import { Composer, ComposerGate } from "./composer.tsx"
import { EventLine } from "./events.tsx"
import { follows, isTelling } from "./grouping.ts"
import { ThreadHead } from "./head.tsx"
import { PictureDialog } from "./medium.tsx"
import { ThreadPast } from "./past.tsx"
import { SearchBar } from "./search.tsx"
import { TransferDialog } from "./transfer.tsx"

export type ThreadProps = ThreadView & {
  screen: Screen
  /** A stretch before that which was asked for by its place. */
  past?: Past | null
  /** Of its end: what the page compares with what there is. */
  sum?: string
}

/** Head, messages and composer; the composer stands outside what is drawn anew. */
export const ThreadPane = (props: ThreadProps) => (
  <section
    class="thread-pane"
    id="thread-pane"
    aria-label={props.screen.t("thread.with", { name: props.head.title })}
    data-pane
    data-conversation={props.head.id}
  >
    <ThreadHead {...props} />
    <SearchBar screen={props.screen} head={props.head} />
    <Thread {...props} />
    <Composer screen={props.screen} head={props.head} />
    <PictureDialog screen={props.screen} />
    <ActsMenu screen={props.screen} />
    {props.head.state !== "closed" && <TransferDialog screen={props.screen} head={props.head} />}
    {props.head.state !== "closed" && <CloseDialog screen={props.screen} head={props.head} />}
  </section>
)

/** Nothing chosen yet. */
export const NoThread = ({ screen }: { screen: Screen }) => (
  <section class="thread-pane is-empty" id="thread-pane" aria-label={screen.t("thread.title")} data-pane>
    <EmptyState icon="message-circle" title={screen.t("thread.none_title")}>
      {screen.t("thread.none")}
    </EmptyState>
  </section>
)

/** The answer to a ring of the conversation: what was said, and what of head and composer follows from it. */
export const ThreadUpdate = (props: ThreadProps) => (
  <>
    <ThreadItemsPanel {...props} />
    <hx-partial hx-target="#thread-head" hx-swap="outerMorph">
      <ThreadHead {...props} />
    </hx-partial>
    <hx-partial hx-target="#composer-gate" hx-swap="outerMorph">
      <ComposerGate screen={props.screen} head={props.head} />
    </hx-partial>
    <CloseFormUpdate screen={props.screen} head={props.head} />
  </>
)

/** The messages, newest at the bottom without a script (`column-reverse`); a ring draws the latest page anew. */
export const Thread = (props: ThreadProps) => (
  <div
    class="thread"
    id="thread"
    role="log"
    aria-live="off"
    aria-label={props.screen.t("thread.title")}
    tabindex="0"
    data-conversation={props.head.id}
    data-unread={props.head.isMine ? props.head.unreadCount : 0}
    data-mine={props.head.isMine && props.head.state === "active"}
  >
    <div class="thread-inner">
      <div class="thread-older" id="thread-older">
        {props.past ? <ThreadPast screen={props.screen} past={props.past} /> : <OlderLink {...props} />}
      </div>
      <ThreadItemsPanel {...props} />
    </div>
  </div>
)

/** A page before: the way to the one before it, then what was said. Never drawn anew. */
export const OlderItems = (props: ThreadProps) => (
  <>
    <OlderLink {...props} />
    <div class="thread-items">
      <ThreadItems {...props} />
    </div>
  </>
)

/** What a ring draws anew. Older pages that were loaded above stay: they are outside of what morphs. */
export const ThreadItemsPanel = (props: ThreadProps) => (
  <div
    class="thread-items"
    id="thread-items"
    data-sum={props.sum ?? ""}
    data-unread={props.head.isMine ? props.head.unreadCount : 0}
    data-mine={props.head.isMine && props.head.state === "active" ? "true" : "false"}
    {...livePanel(
      `/conversations/${props.head.id}/thread${props.from ? `?from=${props.from}` : ""}`,
      `conversation-${props.head.id}`,
    )}
  >
    <ThreadItems {...props} />
  </div>
)

/** Days, messages and events. */
export function ThreadItems({ screen, head, items: all }: ThreadProps) {
  const items = all.filter((item, index) => isTelling(item, all[index + 1]))
  const unreadFrom = head.isMine && head.unreadCount > 0 ? firstUnread(items) : null
  return (
    <>
      {items.map((item, index) => {
        const before = items[index - 1]
        const startsDay = !before || screen.format.dayKey(before.at) !== screen.format.dayKey(item.at)
        return (
          <>
            {startsDay && <DayLine screen={screen} at={item.at} />}
            {item === unreadFrom && <UnreadLine screen={screen} count={head.unreadCount} />}
            {item.type === "event" ? (
              <EventLine screen={screen} item={item} />
            ) : item.type === "note" ? (
              <NoteBubble screen={screen} item={item} />
            ) : (
              <Bubble
                screen={screen}
                item={item}
                conversation={head.id}
                customerName={head.title}
                mayDecide={head.isMine}
                follows={!startsDay && follows(before, item)}
              />
            )}
          </>
        )
      })}
    </>
  )
}

/** Comes into view at the top and brings the page before. Without a script it is a link. */
export function OlderLink({ screen, head, olderFrom }: Pick<ThreadProps, "screen" | "head" | "olderFrom">) {
  if (olderFrom === null) return <span hidden />
  return (
    <a
      class="older-link"
      href={`/conversations/${head.id}?before=${olderFrom}`}
      hx-get={`/conversations/${head.id}/thread?before=${olderFrom}`}
      hx-trigger="intersect once root:#thread, click"
      hx-swap="outerHTML"
      hx-target="this"
      data-begins={olderFrom}
    >
      {screen.t("thread.older")}
    </a>
  )
}

const DayLine = ({ screen, at }: { screen: Screen; at: Instant }) => (
  <p class="day-line" data-day={screen.format.dayKey(at)}>
    <span>{screen.format.day(at, screen.now)}</span>
  </p>
)

const UnreadLine = ({ screen, count }: { screen: Screen; count: number }) => (
  <p class="unread-line" id="unread-line">
    <span>{screen.t("thread.unread", { count })}</span>
  </p>
)

const firstUnread = (items: readonly ThreadItem[]): ThreadItem | null =>
  items.find((item) => item.type === "message" && item.direction === "in" && item.times.readByAgent === null) ?? null
