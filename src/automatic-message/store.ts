/** How automatic messages are kept: the texts of each number, and who heard which of them when. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, remembered, slotRow, statement } from "~/database/statement.ts"
import type { AutomaticMessageSaidRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import type { AutomaticKind, AutomaticMessages, Said, TextByLanguage } from "./rules.ts"

const ofChannel = statement((p: { channel: Id }) =>
  query
    .selectFrom("automaticMessage")
    .select(["kind", "language", "text"])
    .where("channel", "=", p.channel)
    .where("isOn", "=", 1)
    .orderBy("kind")
    .orderBy("language"),
)
const ofKind = remembered(
  statement((p: { channel: Id; kind: string }) =>
    query
      .selectFrom("automaticMessage")
      .select(["language", "text"])
      .where("channel", "=", p.channel)
      .where("kind", "=", p.kind)
      .where("isOn", "=", 1)
      .orderBy("language"),
  ),
)
const switchedOff = statement((p: { channel: Id }) =>
  query
    .selectFrom("automaticMessage")
    .select(["kind", "language", "text"])
    .where("channel", "=", p.channel)
    .where("isOn", "=", 0)
    .orderBy("kind")
    .orderBy("language"),
)
const clear = statement((p: { channel: Id }) => query.deleteFrom("automaticMessage").where("channel", "=", p.channel))
const add = inserting("automaticMessage", ["channel", "kind", "language", "text", "isOn"])

const SAID = ["channel", "kind", "customer", "saidAt", "endsAt"] as const
const heard = statement((p: { channel: Id; kind: string; customer: Id }) =>
  query
    .selectFrom("automaticMessageSaid")
    .select(["saidAt", "endsAt"])
    .where("channel", "=", p.channel)
    .where("kind", "=", p.kind)
    .where("customer", "=", p.customer),
)
const keep = statement((p: AutomaticMessageSaidRow) =>
  query
    .insertInto("automaticMessageSaid")
    .values(slotRow(SAID))
    .onConflict((conflict) => conflict.doUpdateSet({ saidAt: p.saidAt, endsAt: p.endsAt })),
)
const forget = statement((p: { channel: Id; kind: string }) =>
  query.deleteFrom("automaticMessageSaid").where("channel", "=", p.channel).where("kind", "=", p.kind),
)

export const messagesOf = (reader: Reader, channel: Id): AutomaticMessages => byKind(reader.all(ofChannel, { channel }))

/** Texts of occasions that are switched off, kept for another time. */
export const messagesOffOf = (reader: Reader, channel: Id): AutomaticMessages =>
  byKind(reader.all(switchedOff, { channel }))

function byKind(rows: readonly { kind: string; language: string; text: string }[]): AutomaticMessages {
  const kinds = Map.groupBy(rows, ({ kind }) => kind)
  return Object.fromEntries([...kinds].map(([kind, texts]) => [kind, byLanguage(texts)]))
}

/** The texts for one occasion; null: it is switched off. */
export function textsOf(reader: Reader, channel: Id, kind: AutomaticKind): TextByLanguage | null {
  const texts = reader.all(ofKind, { channel, kind })
  return texts.length === 0 ? null : byLanguage(texts)
}

export function replaceMessages(tx: Tx, channel: Id, on: AutomaticMessages, off: AutomaticMessages): void {
  tx.run(clear, { channel })
  const rows = [on, off].flatMap((messages, index) =>
    Object.entries(messages).flatMap(([kind, texts]) =>
      Object.entries(texts).map(([language, text]) => ({ kind, language, text, isOn: index === 0 ? 1 : 0 }) as const),
    ),
  )
  for (const row of rows) tx.run(add, { channel, ...row })
}

export function lastSaid(reader: Reader, channel: Id, kind: AutomaticKind, customer: Id): Said | null {
  const row = reader.one(heard, { channel, kind, customer })
  return row && { at: row.saidAt, until: row.endsAt }
}

/** `until` as in `Said`. */
export function keepSaid(tx: Tx, said: { channel: Id; kind: AutomaticKind; customer: Id; until: Said["until"] }): void {
  const { until, ...rest } = said
  tx.run(keep, { ...rest, saidAt: tx.now, endsAt: until })
}

/** Everybody may hear it again. */
export const forgetSaid = (tx: Tx, channel: Id, kind: AutomaticKind): void => void tx.run(forget, { channel, kind })

const byLanguage = (texts: readonly { language: string; text: string }[]): TextByLanguage =>
  Object.fromEntries(texts.map(({ language, text }) => [language, text]))
