/** Which of the bodies that WhatsApp sent are a tenant's and old enough, or speak of somebody: asked in a worker. */
import type { ApplianceReader, Reader } from "~/database/handles.ts"
import { applianceQuery, applianceStatement, query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import { firstIdAt, type Id } from "~/kernel/id.ts"

export type WebhooksAsked = {
  /** After this one, and before that moment. */
  after: Id
  before: Instant
  /** As the wire writes them; null: everybody. */
  names: readonly string[] | null
  most: number
}
export type WebhooksFound = {
  envelopes: Id[]
  setAside: Id[]
  news: Id[]
  /** Everything up to this one has been looked at. */
  lookedTo: Id
  isLast: boolean
}

const numbers = statement(() => query.selectFrom("channel").select(["phoneNumberId", "wabaId"]))
const bodies = applianceStatement((p: { after: Id; before: Id; limit: number }) =>
  applianceQuery
    .selectFrom("envelope")
    .select(["id", "body"])
    .where("id", ">", p.after)
    .where("id", "<", p.before)
    .orderBy("id")
    .limit(p.limit),
)
const setAside = statement((p: { before: Id; limit: number }) =>
  query.selectFrom("quarantine").select(["id", "item"]).where("id", "<", p.before).orderBy("id").limit(p.limit),
)
const news = statement((p: { before: Id; limit: number }) =>
  query.selectFrom("channelNotice").select(["id", "item"]).where("id", "<", p.before).orderBy("id").limit(p.limit),
)

const LOOKED_AT_ONCE = 500
/** Set-aside items and news of numbers are few; a year of either is read whole. */
const ALL = 1_000_000

/** As many as one step takes; the bodies of other tenants are looked at and left. */
export function webhooksOf(appliance: ApplianceReader, reader: Reader, asked: WebhooksAsked): WebhooksFound {
  const end = firstIdAt(asked.before)
  const own = reader.all(numbers).flatMap(({ phoneNumberId, wabaId }) => [phoneNumberId, wabaId])
  const ours = own.filter((one) => one !== null && one !== "").map((one) => JSON.stringify(one))
  const names = asked.names
  const isAsked = (text: string) => names === null || names.some((name) => text.includes(name))
  const envelopes: Id[] = []
  let lookedTo = asked.after
  let isLast = false
  while (envelopes.length < asked.most && !isLast) {
    const rows = appliance.all(bodies, { after: lookedTo, before: end, limit: LOOKED_AT_ONCE })
    for (const { id, body } of rows) {
      if (envelopes.length >= asked.most) break
      lookedTo = id
      const text = decoder.decode(body)
      if (ours.some((number) => text.includes(number)) && isAsked(text)) envelopes.push(id)
    }
    isLast = rows.length < LOOKED_AT_ONCE && lookedTo === (rows.at(-1)?.id ?? lookedTo)
  }
  const chosen = (rows: { id: Id; item: string }[]) => rows.filter(({ item }) => isAsked(item)).map(({ id }) => id)
  return {
    envelopes,
    lookedTo,
    isLast,
    setAside: isLast ? chosen(reader.all(setAside, { before: end, limit: ALL })) : [],
    news: isLast ? chosen(reader.all(news, { before: end, limit: ALL })) : [],
  }
}

const decoder = new TextDecoder("latin1")
