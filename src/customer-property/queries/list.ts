/** Customer properties as the admin sees them (customer-property/rules/list.ts), and one of them. */
import { sql } from "kysely"
import type { Reader } from "~/database/handles.ts"
import { listing, plainly } from "~/database/listing.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import type { CustomerProperty, PropertyKind } from "../rules.ts"
import { loadProperties } from "../store.ts"

export type PropertyLine = Pick<CustomerProperty, "id" | "name" | "kind" | "choices" | "enabled"> & {
  /** From 1. */
  position: number
  /** Names of the numbers it is shown for; none: all of them. */
  channels: readonly string[]
  /** How many customers have a value. */
  values: number
}

const BETWEEN = "\u001f"
const column = (name: string) => sql.ref<string>(`customerProperty.${name}`)

const channelNames = sql<string | null>`(${query
  .selectFrom("customerPropertyChannel as pc")
  .innerJoin("channel as ch", "ch.id", "pc.channel")
  .whereRef("pc.property", "=", sql.ref("customerProperty.id"))
  .select(sql<string>`group_concat(ch.name, ${BETWEEN} ORDER BY ch.name)`.as("names"))})`
const valueCount = sql<number>`(${query
  .selectFrom("customerValue as v")
  .whereRef("v.property", "=", sql.ref("customerProperty.id"))
  .select(({ fn }) => fn.countAll<number>().as("count"))})`

export const properties = listing({
  rows: (plan) =>
    query
      .selectFrom("customerProperty")
      .select(["customerProperty.id", "customerProperty.name", "customerProperty.kind", "customerProperty.choices"])
      .select(["customerProperty.enabled", "customerProperty.position"])
      .select([channelNames.as("channelNames"), valueCount.as("valueCount")])
      .where((row) =>
        row.and([
          ...plan.words(column("name"), column("choices")),
          ...plan.filter("kind", (values: PropertyKind[]) => row("customerProperty.kind", "in", values)),
          ...plan.filter(
            "standing",
            (values) => sql`iif(customerProperty.enabled, 'enabled', 'disabled') in (${sql.join(values)})`,
          ),
        ]),
      ),
  line: ({ channelNames: names, valueCount: count, choices, enabled, position, ...row }): PropertyLine => ({
    ...row,
    choices: JSON.parse(choices) as string[],
    enabled: enabled === 1,
    position: position + 1,
    channels: names?.split(BETWEEN) ?? [],
    values: count,
  }),
  id: "customerProperty.id",
  order: {
    name: plainly(column("name")),
    position: sql.ref<number>("customerProperty.position"),
    kind: column("kind"),
    values: valueCount,
  },
})

export const oneProperty = (reader: Reader, id: Id): CustomerProperty =>
  found(loadProperties(reader).find((one) => one.id === id))

const values = statement((p: { property: Id }) =>
  query
    .selectFrom("customerValue")
    .where("property", "=", p.property)
    .select(({ fn }) => fn.countAll<number>().as("count")),
)

/** How many customers would lose something. */
export const valuesKept = (reader: Reader, property: Id): number => reader.one(values, { property })?.count ?? 0

const channels = statement(() => query.selectFrom("channel").select(["id", "name"]).orderBy("name"))

/** The numbers to choose from. */
export const numbersToChoose = (reader: Reader): { id: Id; name: string }[] => reader.all(channels)
