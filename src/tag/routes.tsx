/** The window of tags of a conversation, or of its customer. */
import type { Screen } from "views/parts/screen.ts"
import { TagPanel } from "views/tag/tags.tsx"
import type { SessionUser } from "~/account/queries.ts"
import { conversationHead } from "~/conversation/queries/console.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import type { Areas } from "~/web/areas.ts"
import { choice, id as idField, text } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { putTag, takeTagOff } from "./actions.ts"
import { allTags, tagsOfConversation, tagsOfCustomer } from "./queries.ts"
import type { TagPlace } from "./rules.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }
type Asked = Pick<Visit, "me" | "read" | "actor">

const ON = ["conversation", "customer"] as const
const LONGEST_TYPED = 200

export const tagRoutes = ({ desk }: Areas, { screenOf }: Parts) => {
  const panel = ({ me, read, actor }: Asked, id: Id, on: TagPlace["on"]) => {
    const head = conversationHead(read, actor, id)
    const there = on === "customer" ? tagsOfCustomer(read, head.customer) : tagsOfConversation(read, id)
    return <TagPanel screen={screenOf(me, read)} conversation={id} on={on} all={allTags(read)} there={there} />
  }
  const placeOf = ({ read, actor }: Asked, id: Id, on: TagPlace["on"]): TagPlace => ({
    on,
    id: on === "customer" ? conversationHead(read, actor, id).customer : id,
  })
  return desk()
    .get("/conversations/:id/tags", (visit) => {
      const on = ON.find((one) => one === visit.query.get("on")) ?? "conversation"
      return visit.html(panel(visit, visit.id("id"), on))
    })
    .post("/conversations/:id/tags", async (visit) => {
      const id = visit.id("id")
      conversationHead(visit.read, visit.actor, id)
      const { on, name } = visit.form({ on: choice(ON), name: text({ most: LONGEST_TYPED }) })
      await visit.act((tx) => putTag(tx, placeOf(visit, id, on), name))
      return visit.wantsPanel ? visit.html(panel(visit, id, on)) : visit.done(`/conversations/${id}`)
    })
    .post("/conversations/:id/tags/removal", async (visit) => {
      const id = visit.id("id")
      conversationHead(visit.read, visit.actor, id)
      const { on, tag } = visit.form({ on: choice(ON), tag: idField })
      await visit.act((tx) => takeTagOff(tx, placeOf(visit, id, on), tag))
      return visit.wantsPanel ? visit.html(panel(visit, id, on)) : visit.done(`/conversations/${id}`)
    })
}
