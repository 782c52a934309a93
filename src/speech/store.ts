/** How a tenant's speech engine is kept, and what agents chose. */
import type { ApplianceReader, Reader, Tx } from "~/database/handles.ts"
import { applianceQuery, applianceStatement, inserting, query, statement } from "~/database/statement.ts"
import type { SpeechEngineRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import type { SpeechEngine } from "./rules.ts"

const engine = statement(() => query.selectFrom("speechEngine").selectAll())
const addEngine = inserting("speechEngine", ["kind", "url", "model", "languages", "key"])
const removeEngine = statement(() => query.deleteFrom("speechEngine"))
const everyServer = applianceStatement(() =>
  applianceQuery.selectFrom("speechEngine").select("url").where("url", "<>", ""),
)

const language = statement((p: { user: Id; customer: Id }) =>
  query
    .selectFrom("dictationLanguage")
    .select("language")
    .where("user", "=", p.user)
    .where("customer", "=", p.customer),
)
const addLanguage = inserting("dictationLanguage", ["user", "customer", "language"])
const changeLanguage = statement((p: { user: Id; customer: Id; language: string }) =>
  query
    .updateTable("dictationLanguage")
    .set({ language: p.language })
    .where("user", "=", p.user)
    .where("customer", "=", p.customer),
)
const notice = statement((p: { user: Id }) =>
  query.selectFrom("dictationNotice").select("confirmedAt").where("user", "=", p.user),
)
const addNotice = inserting("dictationNotice", ["user", "confirmedAt"])

/** `key` is sealed. */
export type KeptEngine = Omit<SpeechEngine, "key"> & { key: Uint8Array | null }

const NONE: KeptEngine = { kind: "off", url: "", model: "", languages: [], key: null }

export function loadEngine(reader: Reader): KeptEngine {
  const row: SpeechEngineRow | null = reader.one(engine)
  if (!row) return NONE
  const { kind, url, model, key } = row
  return { kind, url, model, key, languages: JSON.parse(row.languages) as string[] }
}

export function saveEngine(tx: Tx, kept: KeptEngine): void {
  tx.run(removeEngine)
  tx.run(addEngine, { ...kept, languages: JSON.stringify(kept.languages) })
}

/** The addresses of the servers that tenants have named. */
export const everySpeechServer = (reader: ApplianceReader): string[] => reader.all(everyServer).map(({ url }) => url)

/** The language that an agent dictated in to a customer last; null: never. */
export const languageChosen = (reader: Reader, user: Id, customer: Id): string | null =>
  reader.one(language, { user, customer })?.language ?? null

export function saveLanguage(tx: Tx, chosen: { user: Id; customer: Id; language: string }): void {
  if (tx.run(changeLanguage, chosen) === 0) tx.run(addLanguage, chosen)
}

export const noticeConfirmed = (reader: Reader, user: Id): boolean => reader.one(notice, { user }) !== null

export function saveNotice(tx: Tx, user: Id): void {
  tx.run(addNotice, { user, confirmedAt: tx.now })
}
