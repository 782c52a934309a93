/** The console: the list, a thread, its details, and what an agent does with a conversation. */
import { AnotherThread, Console } from "views/conversation/console.tsx"
import { DetailsFacts } from "views/conversation/details.tsx"
import { ConversationList } from "views/conversation/list.tsx"
import { OlderItems, ThreadUpdate } from "views/conversation/thread.tsx"
import type { Screen } from "views/parts/screen.ts"
import { ProfilingFields } from "views/profiling/fields.tsx"
import type { SessionUser } from "~/account/queries.ts"
import { standingOf } from "~/agent/queries.ts"
import { customerCard } from "~/customer/queries.ts"
import type { Reader } from "~/database/handles.ts"
import { type Id, parseId } from "~/kernel/id.ts"
import { hitsIn } from "~/message/queries/searching.ts"
import { readCursor, type ThreadCursor, threadItems, writeCursor } from "~/message/queries/thread.ts"
import { latestEvents } from "~/message/queries/timeline.ts"
import { profilingOf, profilingPolicy } from "~/profiling/queries.ts"
import { tagsOfConversation } from "~/tag/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { id as idField, optional, text, wholeNumber } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { close, openOffered, reopen, take } from "./actions.ts"
import { type ConversationHead, conversationHead, myConversations } from "./queries/console.ts"
import { messageCounts } from "./queries/details.ts"
import { customerHistory } from "./queries/history.ts"
import { supervises } from "./rules/policy.ts"

/** Draws for a user: given by the composition, so that no route knows how a screen is made. */
export type ConversationParts = { screenOf: (me: SessionUser, read: Reader) => Screen }

/** One page of a thread; older ones are fetched as they come into view. */
const PAGE = 60
/** A page that stays open all day grows; beyond this the oldest go, and are a scroll away. */
const MOST_ON_SCREEN = 500
const MOST_SEARCHED = 100
const LONGEST_NOTES = 4_000

export const conversationRoutes = (areas: Areas, parts: ConversationParts) => [
  pages(areas, parts),
  panels(areas, parts),
  deeds(areas),
]

function pages({ desk }: Areas, { screenOf }: ConversationParts) {
  return desk()
    .get("/conversations", ({ me, read, page }) => {
      const screen = screenOf(me, read)
      return page(
        screen.t("list.title"),
        <Console list={listOf(screen, me, read, null)} thread={null} details={null} />,
      )
    })
    .get("/conversations/:id", (visit) => {
      const { me, read, id, page } = visit
      const screen = screenOf(me, read)
      const thread = threadOf(visit, screen, id("id"))
      const { head } = thread
      const details = { screen, head, ...detailsOf(visit, head) }
      return page(head.title, <Console list={listOf(screen, me, read, head.id)} {...{ thread, details }} />)
    })
}

function panels({ desk }: Areas, { screenOf }: ConversationParts) {
  return desk()
    .get("/conversations/list", ({ me, read, query, html }) => {
      const current = parseId(query.get("open") ?? "")
      return html(<ConversationList {...listOf(screenOf(me, read), me, read, current)} />)
    })
    .get("/conversations/:id/thread", (visit) => {
      const thread = threadOf(visit, screenOf(visit.me, visit.read), visit.id("id"))
      const isOlder = visit.query.has("before")
      return visit.html(isOlder ? <OlderItems {...thread} /> : <ThreadUpdate {...thread} />)
    })
    .get("/conversations/:id/hits", ({ read, actor, query, id, json }) => {
      const { id: conversation } = conversationHead(read, actor, id("id"))
      const words = (query.get("words") ?? "").slice(0, MOST_SEARCHED)
      const { hits, next } = hitsIn(read, conversation, words, readCursor(query.get("before") ?? ""))
      return json({ hits: hits.map(writeCursor), next: next && writeCursor(next) })
    })
    .get("/conversations/:id/pane", (visit) => {
      const { me, read, id, html } = visit
      const screen = screenOf(me, read)
      const thread = threadOf(visit, screen, id("id"))
      const details = { screen, head: thread.head, ...detailsOf(visit, thread.head) }
      return html(<AnotherThread list={listOf(screen, me, read, thread.head.id)} {...{ thread, details }} />)
    })
    .get("/conversations/:id/closing", (visit) => {
      const { me, read, actor, id, wantsPanel, html, redirect } = visit
      const head = conversationHead(read, actor, id("id"))
      if (!wantsPanel) return redirect(`/conversations/${head.id}`)
      return html(<ProfilingFields screen={screenOf(me, read)} policy={profilingPolicy(read, head.channel)} />)
    })
    .get("/conversations/:id/details", (visit) => {
      const head = conversationHead(visit.read, visit.actor, visit.id("id"))
      const screen = screenOf(visit.me, visit.read)
      return visit.html(<DetailsFacts screen={screen} head={head} {...detailsOf(visit, head)} />)
    })
}

function deeds({ desk }: Areas) {
  return desk()
    .post("/conversations/:id/opening", async ({ id, act, redirect }) => {
      const conversation = id("id")
      await act((tx) => openOffered(tx, conversation))
      return redirect(`/conversations/${conversation}`)
    })
    .post("/conversations/:id/taking", async ({ id, act, redirect }) => {
      const conversation = id("id")
      await act((tx) => take(tx, conversation))
      return redirect(`/conversations/${conversation}`)
    })
    .post("/conversations/:id/closing", async ({ id, form, act, redirect }) => {
      const conversation = id("id")
      const { seenUnread, level1, level2, level3, path, notes, shownAt } = form({
        seenUnread: wholeNumber({ least: 0, most: 1_000_000 }),
        ...{ level1: optional(idField), level2: optional(idField), level3: optional(idField), path: optional(idField) },
        ...{ notes: text({ most: LONGEST_NOTES }), shownAt: optional(wholeNumber({ least: 0, most: 1e15 })) },
      })
      const given = { reason: path ?? level3 ?? level2 ?? level1, notes, shownAt: shownAt ?? 0 }
      await act((tx) => close(tx, conversation, seenUnread, given))
      return redirect("/conversations")
    })
    .post("/conversations/:id/reopening", async ({ id, act, redirect }) => {
      const conversation = id("id")
      await act((tx) => reopen(tx, conversation))
      return redirect(`/conversations/${conversation}`)
    })
}

const listOf = (screen: Screen, me: SessionUser, read: Reader, current: Id | null) => ({
  ...{ screen, current, labels: myConversations(read, me.id) },
  status: standingOf(read, me.id)?.status ?? null,
})

function threadOf({ me, read, actor, query, watch }: Visit, screen: Screen, id: Id) {
  const head = conversationHead(read, actor, id)
  watch(`conversation-${id}`)
  const [before, from] = [readCursor(query.get("before") ?? ""), readCursor(query.get("from") ?? "")]
  const limit = from ? MOST_ON_SCREEN : PAGE
  const items = threadItems(read, id, { before, from, limit: limit + 1, viewer: me.id })
  const shown = items.slice(-limit)
  const [first = null] = shown
  const hasOlder = items.length > limit || (from !== null && hasItemsBefore(read, id, first, me.id))
  const start = first && writeCursor(first)
  return { screen, head, items: shown, from: start, olderFrom: hasOlder ? start : null }
}

const hasItemsBefore = (read: Reader, id: Id, before: ThreadCursor | null, viewer: Id) =>
  before !== null && threadItems(read, id, { before, limit: 1, viewer }).length > 0

const detailsOf = ({ me, read, actor }: Visit, head: ConversationHead) => ({
  counts: messageCounts(read, head.id),
  profiling: profilingOf(read, head.id),
  history: customerHistory(read, actor, { customer: head.customer, except: head.id }),
  events: latestEvents(read, head.id),
  customer: customerCard(read, head.customer, head.channel),
  tags: tagsOfConversation(read, head.id),
  rights: { mayEdit: me.mayEditCustomers, mayBlock: supervises(actor) },
})
