/** A13: who did what, by the tenant's admin. */
import { Audit, AuditSheet, auditColumns } from "views/audit/list.tsx"
import type { Child } from "views/jsx-runtime.ts"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { readAsk } from "~/kernel/list.ts"
import { found } from "~/kernel/step.ts"
import { chosenColumns } from "~/list/queries.ts"
import { tenantSettings } from "~/tenant/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { listFile } from "~/web/list-file.ts"
import type { Visit } from "~/web/visit.ts"
import { auditActors, auditEntries, auditEntry } from "./queries/list.ts"
import { AUDIT_LIST } from "./rules/list.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const auditRoutes = ({ administration }: Areas, { screenOf }: Parts) =>
  administration()
    .get("/admin/audit", (visit) => auditPage(visit, screenOf))
    .get("/admin/audit/:id", (visit) => {
      const entry = found(auditEntry(visit.read, visit.id("id")))
      const sheet = <AuditSheet screen={screenOf(visit.me, visit.read)} entry={entry} ask={askOf(visit)} />
      return auditPage(visit, screenOf, sheet, entry.id)
    })
    .post("/admin/audit/export", (visit) => {
      const screen = screenOf(visit.me, visit.read)
      const ask = askOf(visit)
      return listFile(visit, ask, auditColumns(screen), auditEntries.portions(visit.read, ask), screen.t("audit.title"))
    })

const askOf = ({ query, read, me }: Visit) => readAsk(AUDIT_LIST, query, chosenColumns(read, me.id, AUDIT_LIST.name))

function auditPage(visit: Visit, screenOf: Parts["screenOf"], sheet: Child = null, current: Id | null = null) {
  const { me, read, page } = visit
  const screen = screenOf(me, read)
  const ask = askOf(visit)
  const { auditKeptDays } = tenantSettings(read)
  const list = { screen, shape: AUDIT_LIST, ask, page: auditEntries.page(read, ask), people: auditActors(read) }
  return page(screen.t("audit.title"), <Audit {...list} keptDays={auditKeptDays} sheet={sheet} current={current} />)
}
