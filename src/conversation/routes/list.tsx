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
import { type FindSaid, saidWith } from "~/message/queries/said.ts"
import { readCursor } from "~/message/queries/thread.ts"
import type { Areas } from "~/web/areas.ts"
import { listFile } from "~/web/list-file.ts"
import { proven } from "~/web/proof.tsx"
import type { Visit } from "~/web/visit.ts"
import { noteLook } from "../actions/looking.ts"
import { tenantConversations } from "../queries/list.ts"
import { listChoices } from "../queries/list-choices.ts"
import { saidInTenant } from "../queries/period.ts"
import { conversationToRead } from "../queries/reading.ts"
import { CONVERSATION_LIST } from "../rules/list.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen; find: FindSaid }

export const conversationListRoutes = ({ supervision }: Areas, parts: Parts) =>
  supervision()
    .get(ALL_PATH, (visit) => listPage(visit, parts))
    .get(`${ALL_PATH}/:id`, async (visit) => {
      const { me, read, actor, act, query } = visit
      const id = visit.id("id")
      const ask = askOf(visit)
      const shown = conversationToRead(read, actor, id, readCursor(query.get("hit") ?? ""))
      await act((tx) => noteLook(tx, id))
      const paths = {
        closePath: listAddress(ALL_PATH, ask, ask.cursor),
        closingPath: `/waiting/closing?conversation=${id}`,
      }
      const sheet = <ConversationSheet screen={parts.screenOf(me, read)} panel={ALL_PANEL} {...paths} {...shown} />
      return listPage(visit, parts, sheet, id)
    })
    .post(
      `${ALL_PATH}/export`,
      proven(parts, async (visit) => {
        const screen = parts.screenOf(visit.me, visit.read)
        const ask = askOf(visit)
        const asking = { zone: visit.me.timezone, said: await saidFor(visit, parts, ask) }
        const rows = tenantConversations.portions(visit.read, asking, ask)
        return listFile(visit, ask, tenantColumns(screen), rows, screen.t("nav.all_conversations"))
      }),
    )

const askOf = ({ query, read, me }: Visit) =>
  readAsk(CONVERSATION_LIST, query, chosenColumns(read, me.id, CONVERSATION_LIST.name))

const saidFor = (visit: Visit, { find }: Parts, ask: ReturnType<typeof askOf>) =>
  saidWith(find, visit, ask.words, saidInTenant(visit.me.timezone, ask))

async function listPage(visit: Visit, parts: Parts, sheet: Child = null, current: Id | null = null) {
  const { me, read, page } = visit
  const screen = parts.screenOf(me, read)
  const ask = askOf(visit)
  const said = await saidFor(visit, parts, ask)
  const list = {
    screen,
    shape: CONVERSATION_LIST,
    ask,
    said,
    page: tenantConversations.page(read, { zone: me.timezone, said }, ask),
    choices: listChoices(read),
    saved: savedFilters(read, me.id, CONVERSATION_LIST.name),
    current,
    sheet,
  }
  return page(screen.t("nav.all_conversations"), <AllConversations {...list} />)
}
