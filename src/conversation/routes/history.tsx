/** A customer's other conversations: looking through them, and reading one beside the one at hand. */
import { Beside, HistoryList } from "views/conversation/history.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { FindSaid } from "~/message/queries/said.ts"
import { threadItems } from "~/message/queries/thread.ts"
import type { Areas } from "~/web/areas.ts"
import { conversationHead } from "../queries/console.ts"
import { periodOf, searchedHistory } from "../queries/history.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen; find: FindSaid }

const LONGEST_WORDS = 100
/** Of a conversation that is read beside another one. */
const MOST_BESIDE = 200

export const historyRoutes = ({ desk }: Areas, { screenOf, find }: Parts) =>
  desk()
    .get("/conversations/:id/history", async (visit) => {
      const { me, read, actor, id, query, wantsPanel, html, redirect } = visit
      const { id: conversation, customer } = conversationHead(read, actor, id("id"))
      if (!wantsPanel) return redirect(`/conversations/${conversation}`)
      const filter = {
        ...periodOf(me.timezone, query.get("from") ?? "", query.get("until") ?? ""),
        words: (query.get("words") ?? "").slice(0, LONGEST_WORDS),
      }
      const history = await searchedHistory(visit, find, { customer, except: conversation }, filter)
      return html(<HistoryList screen={screenOf(me, read)} history={history} isFiltered />)
    })
    .get("/conversations/:id/beside", ({ me, read, actor, id, wantsPanel, html, redirect }) => {
      const head = conversationHead(read, actor, id("id"))
      if (!wantsPanel) return redirect(`/conversations/${head.id}`)
      const items = threadItems(read, head.id, { before: null, limit: MOST_BESIDE + 1, viewer: me.id })
      const shown = {
        items: items.slice(-MOST_BESIDE),
        shows: items.length > MOST_BESIDE ? ("end" as const) : ("all" as const),
      }
      return html(<Beside screen={screenOf(me, read)} head={head} {...shown} />)
    })
