/** Who else has the conversation in front of them: said by their pages, shown to the others. */
import { OnlookersLine } from "views/conversation/onlookers.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Areas } from "~/web/areas.ts"
import { choice } from "~/web/form.ts"
import type { Onlookers } from "~/web/onlookers.ts"
import { noteOnScreen } from "../actions/looking.ts"
import { conversationHead } from "../queries/console.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen; onlookers: Onlookers }

export const onlookerRoutes = ({ desk }: Areas, { screenOf, onlookers }: Parts) =>
  desk()
    .post("/conversations/:id/looking", async ({ me, read, actor, id, form, act, nothing }) => {
      const { id: conversation, state, isMine } = conversationHead(read, actor, id("id"))
      const { doing } = form({ doing: choice(["looking", "writing", "noting", "gone"]) })
      onlookers.note(me, conversation, doing)
      if (state === "awaiting_reply" && isMine) await act((tx) => noteOnScreen(tx, conversation, doing !== "gone"))
      return nothing()
    })
    .get("/conversations/:id/onlookers", ({ me, read, actor, id, html }) => {
      const { id: conversation } = conversationHead(read, actor, id("id"))
      const others = onlookers.others(me.tenant, conversation, me.id)
      return html(<OnlookersLine screen={screenOf(me, read)} conversation={conversation} others={others} />)
    })
