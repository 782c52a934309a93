/** The console: the list, a thread, its details, and what an agent does with a conversation. */
import { AnotherThread, Console } from "views/conversation/console.tsx"
import { DetailsFacts } from "views/conversation/details.tsx"
import { ConversationList } from "views/conversation/list.tsx"
import { NewerItems, ThreadPast } from "views/conversation/past.tsx"
import { OlderItems, ThreadUpdate } from "views/conversation/thread.tsx"
import type { Screen } from "views/parts/screen.ts"
import { ProfilingFields } from "views/profiling/fields.tsx"
import type { SessionUser } from "~/account/queries.ts"
import { standingOf } from "~/agent/queries.ts"
import { customerCard } from "~/customer/queries.ts"
import type { Reader } from "~/database/handles.ts"
import { type Id, parseId } from "~/kernel/id.ts"
import { mailsAbout } from "~/mail/queries.ts"
import { hitsIn } from "~/message/queries/searching.ts"
import { readCursor, writeCursor } from "~/message/queries/thread.ts"
import { latestEvents } from "~/message/queries/timeline.ts"
import { profilingOf, profilingPolicy } from "~/profiling/queries.ts"
import { holdMarks, mayErase } from "~/retention/queries.ts"
import { tagsOfConversation } from "~/tag/queries.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { wholeNumber } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { close, openOffered, reopen, take } from "./actions.ts"
import { type ConversationHead, conversationHead, myConversations } from "./queries/console.ts"
import { messageCounts } from "./queries/details.ts"
import { customerHistory } from "./queries/history.ts"
import { listSum, openThreadSum, threadSum } from "./queries/sums.ts"
import { newerOf, pastOf, threadOf } from "./queries/thread.ts"
import { givenIn, PROFILING_FIELDS } from "./routes/given-profiling.tsx"
import { mayMail, supervises } from "./rules/policy.ts"

/** Draws for a user: given by the composition, so that no route knows how a screen is made. */
export type ConversationParts = { screenOf: (me: SessionUser, read: Reader) => Screen }

const MOST_SEARCHED = 100

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
      const latest = latestOf(visit, screen, id("id"))
      const past = pastOf(visit.read, askingOf(visit, screen), latest.head.id, latest.from)
      const thread = { ...latest, past }
      const { head } = thread
      const details = { screen, head, ...detailsOf(visit, head) }
      return page(head.title, <Console list={listOf(screen, me, read, head.id)} thread={thread} details={details} />)
    })
}

function panels({ desk }: Areas, { screenOf }: ConversationParts) {
  return desk()
    .get("/conversations/list", ({ me, read, query, html }) => {
      const current = parseId(query.get("open") ?? "")
      return html(<ConversationList {...listOf(screenOf(me, read), me, read, current)} />)
    })
    .get("/conversations/sums", (visit) => {
      const { me, read, query, json } = visit
      const asking = askingOf(visit, screenOf(me, read))
      const thread = openThreadSum(read, asking, parseId(query.get("open") ?? ""))
      return json({ list: listSum(myConversations(read, me.id)), thread })
    })
    .get("/conversations/:id/thread", (visit) => {
      return visit.html(threadPanel(visit, screenOf(visit.me, visit.read), visit.id("id")))
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
      const thread = latestOf(visit, screen, id("id"))
      const details = { screen, head: thread.head, ...detailsOf(visit, thread.head) }
      return html(<AnotherThread list={listOf(screen, me, read, thread.head.id)} thread={thread} details={details} />)
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
      const { seenUnread, ...sent } = form({
        seenUnread: wholeNumber({ least: 0, most: 1_000_000 }),
        ...PROFILING_FIELDS,
      })
      await act((tx) => close(tx, conversation, seenUnread, givenIn(sent)))
      return redirect("/conversations")
    })
    .post("/conversations/:id/reopening", async ({ id, act, redirect }) => {
      const conversation = id("id")
      await act((tx) => reopen(tx, conversation))
      return redirect(`/conversations/${conversation}`)
    })
}

function listOf(screen: Screen, me: SessionUser, read: Reader, current: Id | null) {
  const labels = myConversations(read, me.id)
  const status = standingOf(read, me.id)?.status ?? null
  return { screen, current, labels, sum: listSum(labels), status, mayStart: me.outbound }
}

/** What the screen of a conversation begins with; from now on it hears what becomes of it. */
function latestOf(visit: Visit, screen: Screen, id: Id) {
  const thread = threadOf(visit.read, askingOf(visit, screen), id)
  visit.watch(`conversation-${id}`)
  return { screen, ...thread, sum: threadSum(thread) }
}

/** A panel's answer: the end drawn anew, a page before it, or a stretch of the past. */
function threadPanel(visit: Visit, screen: Screen, id: Id) {
  const { read, query } = visit
  if (query.has("after")) return <NewerItems screen={screen} past={newerOf(read, askingOf(visit, screen), id)} />
  const past = pastOf(read, askingOf(visit, screen), id, null)
  if (past) return <ThreadPast screen={screen} past={past} />
  const thread = latestOf(visit, screen, id)
  return query.has("before") ? <OlderItems {...thread} /> : <ThreadUpdate {...thread} />
}

const askingOf = ({ actor, me, query }: Visit, screen: Screen) => ({
  actor,
  viewer: me.id,
  places: new Map(query),
  zone: screen.format.timeZone,
})

const detailsOf = ({ me, read, actor }: Visit, head: ConversationHead) => ({
  counts: messageCounts(read, head.id),
  profiling: profilingOf(read, head.id),
  history: customerHistory(read, actor, { customer: head.customer, except: head.id }),
  events: latestEvents(read, head.id),
  customer: customerCard(read, head.customer, head.channel),
  tags: tagsOfConversation(read, head.id),
  mails: mailsAbout(read, head.id),
  holds: holdMarks(read, actor, head.customer, head.id),
  rights: {
    mayEdit: me.mayEditCustomers,
    mayBlock: supervises(actor),
    mayErase: mayErase(actor),
    mayMail: mayMail(actor, tenantSettings(read).conversationsMailedBy),
  },
})
