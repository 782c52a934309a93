/** The pretend phones: what a test, the page and the busy day find customers by. */
import { createCustomer, type NewCustomer } from "./customers.ts"
import { Phone, type PhoneServices } from "./phone.ts"
import { type Customer, digitsOf } from "./world.ts"

export type Phones = {
  create(customer: NewCustomer): Phone
  all(): Phone[]
  /** By id, name, phone number or user id; throws when there is none. */
  of(who: string): Phone
}

export function createPhones(services: PhoneServices): Phones {
  const phones = new Map<string, Phone>()
  const { world } = services
  const phoneOf = (customer: Customer): Phone => {
    const known = phones.get(customer.id)
    if (known?.customer === customer) return known
    const phone = new Phone(services, customer)
    phones.set(customer.id, phone)
    return phone
  }
  return {
    create: (customer) => phoneOf(createCustomer(world, customer)),
    all: () => [...world.customers.values()].map(phoneOf),
    of(who) {
      const found = [...world.customers.values()].find(
        ({ id, name, userId, phone }) => id === who || name === who || userId === who || phone === digitsOf(who),
      )
      if (!found) throw new Error(`no pretend phone of ${who}`)
      return phoneOf(found)
    },
  }
}
