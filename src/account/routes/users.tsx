/** A1: users, by the tenant's admin. */
import { Users, userColumns } from "views/account/users.tsx"
import type { Child } from "views/jsx-runtime.ts"
import type { Screen } from "views/parts/screen.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { readAsk } from "~/kernel/list.ts"
import { chosenColumns } from "~/list/queries.ts"
import { skillsetNames } from "~/skillset/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { listFile } from "~/web/list-file.ts"
import type { Visit } from "~/web/visit.ts"
import { users } from "../queries/users.ts"
import type { SessionUser } from "../queries.ts"
import { USER_LIST } from "../rules/users-list.ts"

export type UserRouteParts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const userRoutes = ({ administration }: Areas, { screenOf }: UserRouteParts) =>
  administration()
    .get("/admin/users", (visit) => usersPage(visit, screenOf))
    .post("/admin/users/export", (visit) => {
      const screen = screenOf(visit.me, visit.read)
      const ask = askOf(visit)
      return listFile(visit, ask, userColumns(screen), users.portions(visit.read, ask), screen.t("users.title"))
    })

const askOf = ({ query, read, me }: Visit) => readAsk(USER_LIST, query, chosenColumns(read, me.id, USER_LIST.name))

function usersPage(visit: Visit, screenOf: UserRouteParts["screenOf"], sheet: Child = null, current: Id | null = null) {
  const { me, read, page } = visit
  const screen = screenOf(me, read)
  const ask = askOf(visit)
  const list = { screen, shape: USER_LIST, ask, page: users.page(read, ask), skillsets: skillsetNames(read) }
  return page(screen.t("users.title"), <Users {...{ ...list, sheet, current }} />)
}
