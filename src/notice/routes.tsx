import { NoticeBell } from "views/notice/bell.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Areas } from "~/web/areas.ts"
import { see } from "./actions.ts"
import { noticesOf } from "./queries.ts"

export type NoticeParts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const noticeRoutes = ({ desk }: Areas, { screenOf }: NoticeParts) =>
  desk()
    .get("/notices", ({ me, read, actor, html }) =>
      html(<NoticeBell screen={screenOf(me, read)} area={noticesOf(read, actor)} />),
    )
    .post("/notices/seen", async ({ me, act, done }) => {
      await act((tx) => see(tx, me.id))
      return done("/conversations")
    })
