/** Finding somebody by a few letters or digits, from wherever one is. */
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { readablePhone } from "~/kernel/phone.ts"
import { folded } from "~/message/rules/searching.ts"
import { supervises } from "../rules/policy.ts"
import { titleOf } from "./console.ts"

export type PaletteFind = { conversation: Id; title: string; phone: string | null; isOpen: boolean }

/** So many of the latest conversations are looked through: what is older is for the list of customers. */
const MOST_LOOKED_AT = 2_000
const MOST_FOUND = 8

const latest = statement((p: { user: Id; seesAll: number; limit: number }) =>
  query
    .selectFrom("conversation as c")
    .innerJoin("customer", "customer.id", "c.customer")
    .leftJoin("skillsetMember as member", (join) =>
      join.onRef("member.skillset", "=", "c.skillset").on("member.user", "=", p.user),
    )
    .select(["c.id", "c.customer", "c.state"])
    .select(["customer.name", "customer.profileName", "customer.phone", "customer.username"])
    .where((row) =>
      row.or([
        row(row.val(p.seesAll), "=", row.lit(1)),
        row("member.user", "is not", null),
        row("c.owner", "=", p.user),
      ]),
    )
    .orderBy("c.id", "desc")
    .limit(p.limit),
)

/** Their latest conversation each, of those the actor may see: by name, WhatsApp name, username, or digits of the number. */
export function findForPalette(reader: Reader, actor: UserActor, words: string): PaletteFind[] {
  const wanted = folded(words.trim())
  const digits = words.replace(/\D/g, "")
  if (wanted.length < 2) return []
  const fits = (text: string | null) => text !== null && folded(text).includes(wanted)
  const seen = new Set<Id>()
  const found: PaletteFind[] = []
  const seesAll = supervises(actor) || !actor.isolated ? 1 : 0
  for (const row of reader.all(latest, { user: actor.id, seesAll, limit: MOST_LOOKED_AT })) {
    const { id: conversation, customer, name, profileName, username, phone, state } = row
    const isThem = [name, profileName, username].some(fits) || (digits.length > 2 && phone?.includes(digits) === true)
    if (!isThem || seen.has(customer)) continue
    seen.add(customer)
    const readable = phone === null ? null : readablePhone(phone)
    found.push({ conversation, title: titleOf(row), phone: readable, isOpen: state !== "closed" })
    if (found.length === MOST_FOUND) break
  }
  return found
}
