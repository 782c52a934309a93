/** What arrived on the wire is kept no longer: bodies are emptied, their marks stay, so that the same one is known again. */
import type { ApplianceTx, Tx } from "~/database/handles.ts"
import { applianceQuery, applianceStatement, query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

const empty = applianceStatement((p: { id: Id; body: Uint8Array }) =>
  applianceQuery.updateTable("envelope").set({ body: p.body }).where("id", "=", p.id),
)
const dropSetAside = statement((p: { id: Id }) => query.deleteFrom("quarantine").where("id", "=", p.id))
const dropNews = statement((p: { id: Id }) => query.deleteFrom("channelNotice").where("id", "=", p.id))

const NOTHING = new Uint8Array()

export function emptyEnvelopes(tx: ApplianceTx, envelopes: readonly Id[]): void {
  for (const id of envelopes) tx.run(empty, { id, body: NOTHING })
}

export function forgetWire(tx: Tx, { setAside, news }: { setAside: readonly Id[]; news: readonly Id[] }): void {
  for (const id of setAside) tx.run(dropSetAside, { id })
  for (const id of news) tx.run(dropNews, { id })
}
