/** A customer's other conversations, by period and words; an old one opens beside the one at hand, to be read. */
import type { ConversationHead } from "~/conversation/queries/console.ts"
import type { CustomerHistory, PastConversation } from "~/conversation/queries/history.ts"
import type { Id } from "~/kernel/id.ts"
import type { ThreadItem } from "~/message/queries/thread.ts"
import { NoteBubble } from "../note/bubble.tsx"
import { Button, IconButton } from "../parts/button.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { Behind, SaidExcerpt, threadAt } from "../parts/hit.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { Section } from "../parts/section.tsx"
import { Bubble } from "./bubble.tsx"
import { EventLine } from "./events.tsx"
import { follows, isTelling } from "./grouping.ts"

type Props = { screen: Screen; conversation: Id; history: CustomerHistory }

export const HistorySection = ({ screen, conversation, history }: Props) => (
  <Section id="details-history" title={screen.t("details.history")}>
    <HistorySearch screen={screen} from={`/conversations/${conversation}/history`} label={screen.t("history.words")} />
    <HistoryList screen={screen} conversation={conversation} history={history} />
  </Section>
)

/** Stands outside of what is drawn anew, so that nobody's typing is taken away. */
export const HistorySearch = ({ screen: { t }, from, label }: { screen: Screen; from: string; label: string }) => (
  <search
    class="history-search"
    hx-get={from}
    hx-include="this"
    hx-trigger="input delay:300ms, change"
    hx-target="#history-list"
    hx-swap="outerMorph"
    hx-sync="this:replace"
  >
    <input
      class="input"
      type="search"
      name="words"
      maxlength={100}
      autocomplete="off"
      aria-label={label}
      placeholder={label}
    />
    <label>
      <span>{t("history.from")}</span>
      <input class="input" type="date" name="from" />
    </label>
    <label>
      <span>{t("history.until")}</span>
      <input class="input" type="date" name="until" />
    </label>
  </search>
)

export const HistoryList = ({
  screen,
  history: { conversations, isCut, behindFrom },
  isFiltered = false,
}: HistoryListProps) => (
  <div id="history-list" aria-live="polite">
    {conversations.length === 0 ? (
      <p class="is-quiet">{screen.t(isFiltered ? "history.nothing" : "details.no_history")}</p>
    ) : (
      <ol class="past-conversations">
        {conversations.map((past) => (
          <Past screen={screen} past={past} />
        ))}
      </ol>
    )}
    {isCut && <p class="is-quiet">{screen.t("history.cut")}</p>}
    <Behind screen={screen} from={behindFrom} />
  </div>
)
type HistoryListProps = Omit<Props, "conversation"> & { isFiltered?: boolean; conversation?: Id }

function Past({ screen, past }: { screen: Screen; past: PastConversation }) {
  const { t, format } = screen
  const { id, openedAt, closedAt, channelName, ownerName, reason, said } = past
  return (
    <li id={`past-${id}`}>
      <Icon name={closedAt === null ? "message-circle" : "circle-check"} size="small" />
      <a
        href={`/conversations/${id}`}
        hx-get={`/conversations/${id}/beside`}
        hx-target="#details-beside"
        hx-swap="innerHTML"
      >
        {reason ?? format.dateTime(openedAt)}
      </a>
      <small>
        {reason !== null && `${format.date(openedAt)} · `}
        {t("details.past", { channel: channelName, agent: ownerName ?? t("details.nobody") })}
      </small>
      {said !== null && <SaidExcerpt screen={screen} said={said} href={threadAt(said)} />}
    </li>
  )
}

type BesideProps = { screen: Screen; head: ConversationHead; items: readonly ThreadItem[]; shows: ShownPart }
/** The whole of what was said, its end, or a part from the middle. */
export type ShownPart = "all" | "end" | "part"

/** To be read, and nothing else: no field, no button that changes it, and nobody counts it as read. */
export function Beside(props: BesideProps) {
  const { screen, head } = props
  const { t, format } = screen
  return (
    <section class="beside" aria-labelledby="beside-title">
      <header class="beside-head">
        <IconButton icon="arrow-left" label={t("history.back")} more={{ "data-closes-beside": true }} />
        <div>
          <h2 id="beside-title" tabindex="-1">
            {t("history.beside", { date: format.date(head.openedAt) })}
          </h2>
          <p>{t("details.past", { channel: head.channelName, agent: head.ownerName ?? t("details.nobody") })}</p>
        </div>
        <Button size="small" href={`/conversations/${head.id}`}>
          {t("history.open")}
        </Button>
      </header>
      <BesideItems {...props} />
    </section>
  )
}

/** What was said, in its order, days between. */
export function BesideItems({ screen, head, items: all, shows }: BesideProps) {
  const { t, format } = screen
  const items = all.filter((item, index) => isTelling(item, all[index + 1]))
  return (
    <section class="beside-items" tabindex="0" aria-label={t("thread.title")}>
      {shows !== "all" && <p class="is-quiet">{t(shows === "end" ? "history.only_latest" : "history.only_part")}</p>}
      {items.length === 0 && <EmptyState icon="message-circle" title={t("history.empty")} />}
      {items.map((item, index) => {
        const before = items[index - 1]
        const startsDay = !before || format.dayKey(before.at) !== format.dayKey(item.at)
        return (
          <>
            {startsDay && (
              <p class="day-line">
                <span>{format.day(item.at, screen.now)}</span>
              </p>
            )}
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
                mayDecide={false}
                follows={!startsDay && follows(before, item)}
              />
            )}
          </>
        )
      })}
    </section>
  )
}
