/** The panel of predefined messages, for the composer of one conversation. */

import type { Screen } from "views/parts/screen.ts"
import { PredefinedMessages } from "views/predefined-message/panel.tsx"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Areas } from "~/web/areas.ts"
import { predefinedMessagesFor } from "./queries.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const predefinedMessageRoutes = ({ desk }: Areas, { screenOf }: Parts) =>
  desk().get("/conversations/:id/predefined-messages", ({ me, read, actor, id, html }) => {
    const picks = predefinedMessagesFor(read, me, actor, id("id"))
    return html(<PredefinedMessages screen={screenOf(me, read)} picks={picks} />)
  })
