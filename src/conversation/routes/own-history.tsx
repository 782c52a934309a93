/** S40: one's own conversations that were closed in the last four weeks. */

import { HISTORY_PANEL, HISTORY_PATH, historyColumns, OwnHistory } from "views/conversation/lists/page.tsx"
import { ConversationSheet } from "views/conversation/lists/sheet.tsx"
import type { Child } from "views/jsx-runtime.ts"
import { listAddress } from "views/list/address.ts"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { readAsk } from "~/kernel/list.ts"
import { found } from "~/kernel/step.ts"
import { chosenColumns } from "~/list/queries.ts"
import { type FindSaid, saidWith } from "~/message/queries/said.ts"
import { readCursor } from "~/message/queries/thread.ts"
import type { Areas } from "~/web/areas.ts"
import { listFile } from "~/web/list-file.ts"
import type { Visit } from "~/web/visit.ts"
import { ownConversations } from "../queries/list.ts"
import { listChoices } from "../queries/list-choices.ts"
import { isInOwnHistory, saidInOwn } from "../queries/period.ts"
import { conversationToRead } from "../queries/reading.ts"
import { OWN_HISTORY } from "../rules/list.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen; find: FindSaid }

export const ownHistoryRoutes = ({ desk }: Areas, parts: Parts) =>
  desk()
    .get(HISTORY_PATH, (visit) => historyPage(visit, parts))
    .get(`${HISTORY_PATH}/:id`, (visit) => {
      const { me, read, actor, query } = visit
      const id = visit.id("id")
      const ask = askOf(visit)
      found(isInOwnHistory(read, whoseOf(visit), id) ? id : null)
      const paths = { closePath: listAddress(HISTORY_PATH, ask, ask.cursor), closingPath: null }
      const props = {
        screen: parts.screenOf(me, read),
        panel: HISTORY_PANEL,
        ...paths,
        ...conversationToRead(read, actor, id, readCursor(query.get("hit") ?? "")),
      }
      return historyPage(visit, parts, <ConversationSheet {...props} />, id)
    })
    .post(`${HISTORY_PATH}/export`, async (visit) => {
      const screen = parts.screenOf(visit.me, visit.read)
      const ask = askOf(visit)
      const said = await saidFor(visit, parts, ask)
      const rows = ownConversations.portions(visit.read, { ...whoseOf(visit), said }, ask)
      return listFile(visit, ask, historyColumns(screen), rows, screen.t("nav.history"))
    })

const whoseOf = ({ me }: Visit) => ({ user: me.id, zone: me.timezone })
const askOf = ({ query, read, me }: Visit) => readAsk(OWN_HISTORY, query, chosenColumns(read, me.id, OWN_HISTORY.name))

const saidFor = (visit: Visit, { find }: Parts, ask: ReturnType<typeof askOf>) =>
  saidWith(find, visit, ask.words, saidInOwn(visit.read, whoseOf(visit), ask))

async function historyPage(visit: Visit, parts: Parts, sheet: Child = null, current: Id | null = null) {
  const { me, read, page } = visit
  const screen = parts.screenOf(me, read)
  const ask = askOf(visit)
  const said = await saidFor(visit, parts, ask)
  const rows = ownConversations.page(read, { ...whoseOf(visit), said }, ask)
  const list = { screen, shape: OWN_HISTORY, ask, said, page: rows, choices: listChoices(read), current, sheet }
  return page(screen.t("nav.history"), <OwnHistory {...list} />)
}
