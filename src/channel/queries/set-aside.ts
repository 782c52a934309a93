/** What of a tenant's webhooks could not be placed, and WhatsApp's own news: for its admin's eyes. */
import type { ApplianceReader, Reader } from "~/database/handles.ts"
import { applianceQuery, applianceStatement, query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

export type SetAside = {
  id: Id
  at: Instant
  /** A key: why it could not be placed. */
  reason: string
  phoneNumberId: string | null
  /** As it came, readable. */
  item: string
  /** It was understood, and may find its place by now. */
  mayTryAgain: boolean
}
export type AccountNews = {
  id: Id
  at: Instant
  /** Meta's name of what it is about. */
  field: string
  channelName: string | null
  /** What happened, in Meta's word: the event, the template, the number. */
  words: readonly string[]
  item: string
}
export type Shelf<Item> = { items: Item[]; count: number; next: Id | null }

/** As many as people look at; the rest is a page away. */
const PAGE = 50
/** Of these the item itself is what the wire made of it; the others were never understood. */
const UNDERSTOOD: ReadonlySet<string> = new Set(["unknown_number", "fault"])
const LATEST: Id = Number.MAX_SAFE_INTEGER

type Page = { before: Id; limit: number }
const aside = statement((p: Page) =>
  query
    .selectFrom("quarantine")
    .select(["id", "at", "reason", "phoneNumberId", "item"])
    .where("id", "<", p.before)
    .orderBy("id", "desc")
    .limit(p.limit),
)
const countAside = statement(() => query.selectFrom("quarantine").select(({ fn }) => fn.countAll<number>().as("count")))
const news = statement((p: Page) =>
  query
    .selectFrom("channelNotice as n")
    .leftJoin("channel", "channel.id", "n.channel")
    .select(["n.id", "n.at", "n.field", "n.item", "channel.name as channelName"])
    .where("n.id", "<", p.before)
    .orderBy("n.id", "desc")
    .limit(p.limit),
)
const countNews = statement(() =>
  query.selectFrom("channelNotice").select(({ fn }) => fn.countAll<number>().as("count")),
)
const ownerless = applianceStatement((p: Page) =>
  applianceQuery
    .selectFrom("quarantine")
    .select(["id", "at", "reason", "phoneNumberId", "item"])
    .where("tenant", "is", null)
    .where("id", "<", p.before)
    .orderBy("id", "desc")
    .limit(p.limit),
)
const countOwnerless = applianceStatement(() =>
  applianceQuery
    .selectFrom("quarantine")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("tenant", "is", null),
)

/** What the tenant's own secret signed and nobody could place, the latest first. */
export const setAsideOf = (reader: Reader, before: Id | null): Shelf<SetAside> =>
  shelfOf(
    reader.all(aside, { before: before ?? LATEST, limit: PAGE + 1 }).map(setAsideRow),
    reader.one(countAside)?.count ?? 0,
  )

/** What no tenant can be named for. Whose it is nobody knows, so that what is in it is shown to nobody. */
export const ownerlessSetAside = (read: ApplianceReader, before: Id | null): Shelf<SetAside> =>
  shelfOf(
    read
      .all(ownerless, { before: before ?? LATEST, limit: PAGE + 1 })
      .map((row) => ({ ...setAsideRow(row), item: "", mayTryAgain: false })),
    read.one(countOwnerless)?.count ?? 0,
  )

export const accountNews = (reader: Reader, before: Id | null): Shelf<AccountNews> =>
  shelfOf(
    reader.all(news, { before: before ?? LATEST, limit: PAGE + 1 }).map(({ item, ...row }) => ({
      ...row,
      item: readable(item),
      words: wordsOf(item),
    })),
    reader.one(countNews)?.count ?? 0,
  )

function shelfOf<Item extends { id: Id }>(found: Item[], count: number): Shelf<Item> {
  const items = found.slice(0, PAGE)
  return { items, count, next: found.length > PAGE ? (items.at(-1)?.id ?? null) : null }
}

type Row = Omit<SetAside, "mayTryAgain">
const setAsideRow = (row: Row): SetAside => {
  const item = readable(row.item)
  return { ...row, item, mayTryAgain: UNDERSTOOD.has(row.reason) && item !== row.item }
}

/** Indented; what is cut off or no JSON as it stands. */
function readable(item: string): string {
  try {
    return JSON.stringify(JSON.parse(item), null, 2)
  } catch {
    return item
  }
}

type Told = {
  event?: string | null
  displayPhone?: string | null
  template?: { name: string; status: string | null; quality: string | null; reason: string | null } | null
  errors?: { code: number; title: string | null }[]
}

function wordsOf(item: string): string[] {
  const { event, displayPhone, template, errors } = JSON.parse(item) as Told
  const said = [
    ...(template ? [template.name, template.status ?? event, template.quality, template.reason] : [event]),
    displayPhone && `+${displayPhone}`,
    ...(Array.isArray(errors) ? errors.map(({ code, title }) => `${code} ${title ?? ""}`.trim()) : []),
  ]
  return said.filter((word): word is string => typeof word === "string" && word !== "" && word !== "NONE")
}
