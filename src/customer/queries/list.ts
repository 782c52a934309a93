/**
 * Customers as a list, for whoever may know of them. An isolated agent's are those who talked with their own skillsets
 * or with them, and every figure counts those conversations alone: nothing tells of others.
 */
import { type ExpressionBuilder, sql } from "kysely"
import { supervises } from "~/conversation/rules/policy.ts"
import type { Reader } from "~/database/handles.ts"
import { idsFilter, type ListPlan, listing } from "~/database/listing.ts"
import { query } from "~/database/statement.ts"
import type { Tables } from "~/database/tables.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import type { ListAsk, ListPage } from "~/kernel/list.ts"
import { type Said, type SaidHit, saidLines } from "~/message/queries/said.ts"
import { propertyOfFilter, searchedFor } from "../rules/list.ts"
import { type CustomerLine, type CustomerRow, customerLines, type Viewer } from "./line.ts"

export type { CustomerLine } from "./line.ts"

const DETAILS = [
  "customer.id",
  "customer.name",
  "customer.profileName",
  "customer.phone",
  "customer.username",
  "customer.otherPhone",
  "customer.createdAt",
  "customer.email",
  "customer.language",
  "customer.whatsappUserId",
] as const

const order = {
  name: sql.ref<string>("customer.sortName"),
  createdAt: sql.ref<number>("customer.createdAt"),
}

const everyCustomer = () => query.selectFrom("customer")

/** All of them, or those who were found, each looked up by their id. */
function customers(plan: ListPlan): ReturnType<typeof everyCustomer> {
  const found = plan.found("found")
  if (!found) return everyCustomer()
  return query.selectFrom(found.as("found")).crossJoin("customer").whereRef("customer.id", "=", "found.id") as never
}

const everybody = listing<CustomerRow, CustomerRow>({
  rows: (plan) =>
    customers(plan)
      .select([...DETAILS, "customer.lastOpenedAt"])
      .where("customer.erasingSince", "is", null)
      .where((row) => row.and([...asked(row, plan), isNobodyElse(row)])),
  line: (row) => row,
  id: "customer.id",
  order: { ...order, lastOpenedAt: sql.ref<number>("customer.lastOpenedAt") },
  foundBy: ["found"],
})

/** Of one agent's own skillsets: `viewer` is always among the filters. */
const known = listing<CustomerRow, CustomerRow>({
  rows: (plan) =>
    query
      .selectFrom("customer")
      .innerJoin(
        (from) =>
          from
            .selectFrom("conversation as c")
            .leftJoin("skillsetMember as member", (join) =>
              join.onRef("member.skillset", "=", "c.skillset").on("member.user", "=", plan.value("viewer")),
            )
            .select(({ fn }) => ["c.customer", fn.max("c.openedAt").as("lastOpenedAt")])
            .where((row) => row.or([row("member.user", "is not", null), row("c.owner", "=", plan.value("viewer"))]))
            .groupBy("c.customer")
            .as("seen"),
        (join) => join.onRef("seen.customer", "=", "customer.id"),
      )
      .select([...DETAILS, "seen.lastOpenedAt"])
      .where("customer.erasingSince", "is", null)
      .where((row) => row.and(asked(row as unknown as Customers, plan))),
  line: (row) => row,
  id: "customer.id",
  order: { ...order, lastOpenedAt: sql.ref<number>("seen.lastOpenedAt") },
})

type Customers = ExpressionBuilder<Tables, "customer">

/** Whoever has been joined with somebody stands in the list as that one. */
const isNobodyElse = (row: Customers) =>
  row.not(
    row.exists(
      row
        .selectFrom("customerJoin as j")
        .select("j.id")
        .whereRef("j.joined", "=", "customer.id")
        .where("j.endedAt", "is", null),
    ),
  )

/** What was typed and chosen. */
const asked = (row: Customers, plan: ListPlan) => [
  ...calledOrSaid(row, plan),
  ...plan.filter("tag", (values) =>
    row.exists(
      row
        .selectFrom("customerTag as on")
        .select("on.tag")
        .whereRef("on.customer", "=", "customer.id")
        .where("on.tag", "in", values),
    ),
  ),
  ...plan.filter("standing", (values) =>
    row.or([
      sql<boolean>`('blocked' in (${sql.join(values)}) and ${row.exists(
        row.selectFrom("customerBlock as b").select("b.customer").whereRef("b.customer", "=", "customer.id"),
      )})`,
      sql<boolean>`('opted_out' in (${sql.join(values)}) and ${lastChoice(row)} = 'out')`,
    ]),
  ),
  ...plan.filters.flatMap((name) => {
    const property = propertyOfFilter(name)
    return property === null ? [] : plan.filter(name, (values) => hasValue(row, property, values))
  }),
]

/** The words are their name or number, or were said by them or to them. */
function calledOrSaid(row: Customers, plan: ListPlan) {
  const id = sql.ref<number>("customer.id")
  const found = plan.among("found", id)
  if (found) return [found]
  const called = plan.plainWords(sql.ref<string>("customer.searched"))
  const said = plan.among("said", id)
  return said === null ? called : [row.or([row.and(called), said])]
}

const lastChoice = (row: Customers) =>
  row
    .selectFrom("consentChange as said")
    .select("said.choice")
    .whereRef("said.customer", "=", "customer.id")
    .orderBy("said.id", "desc")
    .limit(1)

const hasValue = (row: Customers, property: Id, values: never[]) =>
  row.exists(
    row
      .selectFrom("customerValue as own")
      .select("own.value")
      .whereRef("own.customer", "=", "customer.id")
      .where("own.property", "=", property)
      .where("own.value", "in", values),
  )

const seesAll = (actor: UserActor): boolean => supervises(actor) || !actor.isolated

const listFor = (actor: UserActor) => (seesAll(actor) ? everybody : known)

/** The ask as the statement has it; addresses are made of the one that was given. */
function askFor(actor: UserActor, ask: ListAsk, said: Said | null): ListAsk {
  const filters = seesAll(actor) ? ask.filters : { ...ask.filters, viewer: [actor.id] }
  if (said === null) return { ...ask, filters, words: searchedFor(ask.words) }
  const spoke = said.hits.map(({ customer }) => customer)
  if (said.called === null)
    return { ...ask, filters: { ...filters, said: idsFilter(new Set(spoke)) }, words: searchedFor(ask.words) }
  return { ...ask, filters: { ...filters, found: idsFilter(new Set([...said.called, ...spoke])) }, words: "" }
}

export function customerPage(
  reader: Reader,
  actor: UserActor,
  ask: ListAsk,
  said: Said | null,
): ListPage<CustomerLine> {
  const page = listFor(actor).page(reader, askFor(actor, ask, said))
  const lines = customerLines(reader, viewerOf(actor), page.rows)
  if (said === null) return { ...page, rows: lines }
  const hits = latestHits(said, new Set(page.rows.map(({ id }) => id)))
  const words = saidLines(reader, said, [...hits.values()])
  const rows = lines.map((line) => ({ ...line, said: words.get(hits.get(line.id)?.conversation ?? 0) ?? null }))
  return { ...page, rows }
}

/** All of it, for a file. */
export function* customerPortions(reader: Reader, actor: UserActor, ask: ListAsk, said: Said | null) {
  for (const rows of listFor(actor).portions(reader, askFor(actor, ask, said)))
    yield customerLines(reader, viewerOf(actor), rows)
}

const viewerOf = (actor: UserActor): Viewer => ({ user: actor.id, seesAll: seesAll(actor) })

/** Of each of these customers the latest that was found. */
function latestHits({ hits }: Said, customers: ReadonlySet<Id>): ReadonlyMap<Id, SaidHit> {
  const latest = new Map<Id, SaidHit>()
  for (const hit of hits) if (customers.has(hit.customer) && !latest.has(hit.customer)) latest.set(hit.customer, hit)
  return latest
}
