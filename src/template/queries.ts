/** What the rest of the house asks about templates. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { loadSync } from "./store/syncs.ts"
import { allTemplates, templatesOfAccount } from "./store.ts"

export { allTemplates, templatesOfAccount }

const account = statement((p: { channel: Id }) =>
  query.selectFrom("channel").select("wabaId").where("id", "=", p.channel),
)
const accounts = statement(() =>
  query.selectFrom("channel").select(["id", "name", "wabaId"]).where("enabled", "=", 1).orderBy("name"),
)

/** The WhatsApp account whose templates a number sends. */
export const accountOfChannel = (reader: Reader, channel: Id): string => found(reader.one(account, { channel })).wabaId

/** Every account of the tenant, with its numbers and how its last synchronisation went. */
export function templateAccounts(reader: Reader) {
  const channels = reader.all(accounts)
  return [...new Set(channels.map(({ wabaId }) => wabaId))].map((wabaId) => ({
    wabaId,
    numbers: channels.filter((one) => one.wabaId === wabaId).map(({ name }) => name),
    sync: loadSync(reader, wabaId),
  }))
}
