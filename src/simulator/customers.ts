/** People with pretend phones: made by the page, by a test, by the busy day, or by a send to a new number. */
import type { Customer, World } from "./world.ts"
import { digitsOf, keepCustomer } from "./world.ts"

export type NewCustomer = {
  name: string
  /** Any way of writing a number with its country code; null for somebody who shows only a username. */
  phone: string | null
  username?: string
  /** ISO 3166 code; taken from the number otherwise. */
  country?: string
  onWhatsApp?: boolean
}

/** Country codes of the customers a demo is likely to have; longest prefix first. */
const COUNTRY_OF: readonly [prefix: string, country: string][] = [
  ["351", "PT"],
  ["353", "IE"],
  ["39", "IT"],
  ["44", "GB"],
  ["33", "FR"],
  ["34", "ES"],
  ["41", "CH"],
  ["43", "AT"],
  ["49", "DE"],
  ["55", "BR"],
  ["1", "US"],
]

export function createCustomer(
  world: World,
  { name, phone, username, country, onWhatsApp = true }: NewCustomer,
): Customer {
  const digits = phone === null ? null : digitsOf(phone)
  const home = country ?? countryOf(digits ?? "")
  const customer: Customer = {
    id: `c${world.customers.size + 1}`,
    name,
    phone: digits,
    userId: userIdOf(`${digits ?? username ?? name}`, home),
    username: username ?? null,
    country: home,
    onWhatsApp,
    airplane: false,
    receipts: true,
    marketing: true,
    opens: true,
    blocked: new Set(),
  }
  keepCustomer(world, customer)
  world.wire.tell({ changed: "phones" })
  return customer
}

/** The same person has the same id in every run, as products that were used with an earlier run expect. */
const userIdOf = (person: string, country: string): string =>
  `${country}.${[Bun.hash.xxHash3(person), Bun.hash.xxHash3(`${person} again`)].join("").slice(0, 19)}`

/** Two letters and digits; a new one when the customer changes number (wire reference §10.1). */
export const newUserId = (world: World, country: string): string =>
  `${country}.${Array.from({ length: 19 }, () => 1 + world.chance.below(9)).join("")}`

const countryOf = (digits: string): string => COUNTRY_OF.find(([prefix]) => digits.startsWith(prefix))?.[1] ?? "IT"
