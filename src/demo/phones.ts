/** What the pretend phones remember: they forget everything when they stop, the product does not. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { RememberedChat, RememberedLine } from "~/simulator/memory.ts"

const said = statement(() =>
  query
    .selectFrom("message as m")
    .innerJoin("conversation as c", "c.id", "m.conversation")
    .innerJoin("customer", "customer.id", "c.customer")
    .innerJoin("channel", "channel.id", "c.channel")
    .select(["m.wamid", "m.direction", "m.text", "m.at", "m.status", "m.readByAgentAt"])
    .select(["customer.id as customer", "customer.phone", "customer.profileName", "channel.phoneNumberId"])
    .where("m.wamid", "is not", null)
    .where("m.text", "<>", "")
    .where("m.kind", "not in", ["reaction", "edit", "revoke"])
    .where("customer.phone", "is not", null)
    .orderBy("m.at")
    .orderBy("m.id"),
)

/** Every chat with somebody who has a number, as their phone showed it. */
export function chatsOf(reader: Reader): RememberedChat[] {
  const chats = new Map<string, RememberedChat & { lines: RememberedLine[] }>()
  for (const row of reader.all(said)) {
    const { customer, phone, profileName, phoneNumberId, wamid, text, at } = row
    const key = `${customer}/${phoneNumberId}`
    const chat = chats.get(key) ?? { customer: { name: profileName ?? phone ?? "", phone }, phoneNumberId, lines: [] }
    chats.set(key, chat)
    const from = row.direction === "in" ? ("customer" as const) : ("business" as const)
    chat.lines.push({ id: wamid ?? "", from, text, at, delivery: deliveryOf(row) })
  }
  return [...chats.values()]
}

function deliveryOf({
  direction,
  status,
  readByAgentAt,
}: {
  direction: string
  status: string
  readByAgentAt: number | null
}) {
  if (direction === "in") return readByAgentAt === null ? "delivered" : "read"
  return status === "read" || status === "delivered" ? status : "sent"
}
