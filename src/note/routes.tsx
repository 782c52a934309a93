/** Writing a note, and finding whom to call by it. */
import { conversationHead } from "~/conversation/queries/console.ts"
import type { Areas } from "~/web/areas.ts"
import { line, text } from "~/web/form.ts"
import { writeNote } from "./actions.ts"
import { colleaguesLike } from "./queries.ts"

const LONGEST_TYPED = 100_000

export const noteRoutes = ({ desk }: Areas) =>
  desk()
    .post("/conversations/:id/notes", async ({ id, form, act, done }) => {
      const conversation = id("id")
      const given = form({ text: text({ most: LONGEST_TYPED }), clientId: line({ most: 100 }) })
      await act((tx) => writeNote(tx, { conversation, ...given }))
      return done(`/conversations/${conversation}`)
    })
    .get("/conversations/:id/colleagues", ({ id, me, read, actor, query, json }) => {
      const { id: conversation } = conversationHead(read, actor, id("id"))
      const colleagues = colleaguesLike(read, conversation, (query.get("words") ?? "").slice(0, 60), me.id)
      return json(colleagues.map(({ username, name }) => ({ username, name })))
    })
