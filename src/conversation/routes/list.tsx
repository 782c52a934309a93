/** A9: every conversation of the tenant, for whoever supervises it. */
import { ALL_PANEL, ALL_PATH, AllConversations, tenantColumns } from "views/conversation/lists/page.tsx"
import { ConversationSheet } from "views/conversation/lists/sheet.tsx"
import type { Child } from "views/jsx-runtime.ts"
import { listAddress } from "views/list/address.ts"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { readAsk } from "~/kernel/list.ts"
import { chosenColumns, savedFilters } from "~/list/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { listFile } from "~/web/list-file.ts"
import type { Visit } from "~/web/visit.ts"
import { noteLook } from "../actions/looking.ts"
import { tenantConversations } from "../queries/list.ts"
import { listChoices } from "../queries/list-choices.ts"
import { conversationToRead } from "../queries/reading.ts"
import { CONVERSATION_LIST } from "../rules/list.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const conversationListRoutes = ({ supervision }: Areas, { screenOf }: Parts) =>
  supervision()
    .get(ALL_PATH, (visit) => listPage(visit, screenOf))
    .get(`${ALL_PATH}/:id`, async (visit) => {
      const { me, read, actor, act } = visit
      const [id, ask] = [visit.id("id"), askOf(visit)]
      const shown = conversationToRead(read, actor, id)
      await act((tx) => noteLook(tx, id))
      const paths = {
        closePath: listAddress(ALL_PATH, ask, ask.cursor),
        closingPath: `/waiting/closing?conversation=${id}`,
      }
      const sheet = <ConversationSheet {...{ screen: screenOf(me, read), panel: ALL_PANEL, ...paths, ...shown }} />
      return listPage(visit, screenOf, sheet, id)
    })
    .post(`${ALL_PATH}/export`, (visit) => {
      const screen = screenOf(visit.me, visit.read)
      const ask = askOf(visit)
      const rows = tenantConversations.portions(visit.read, visit.me.timezone, ask)
      return listFile(visit, ask, tenantColumns(screen), rows, screen.t("nav.all_conversations"))
    })

const askOf = ({ query, read, me }: Visit) =>
  readAsk(CONVERSATION_LIST, query, chosenColumns(read, me.id, CONVERSATION_LIST.name))

function listPage(visit: Visit, screenOf: Parts["screenOf"], sheet: Child = null, current: Id | null = null) {
  const { me, read, page } = visit
  const [screen, ask] = [screenOf(me, read), askOf(visit)]
  const list = {
    ...{ screen, shape: CONVERSATION_LIST, ask, page: tenantConversations.page(read, me.timezone, ask) },
    ...{ choices: listChoices(read), saved: savedFilters(read, me.id, CONVERSATION_LIST.name), current, sheet },
  }
  return page(screen.t("nav.all_conversations"), <AllConversations {...list} />)
}
