import type { customers as english } from "../en/customers.ts"
import type { Plural } from "../index.ts"

type Words = { readonly [Key in keyof typeof english]: (typeof english)[Key] extends string ? string : Plural }

/** The list of customers, and one of them on a page. */
export const customers: Words = {
  "customers.title": "Clienti",
  "customers.search": "Nome, numero o nome WhatsApp",
  "customers.new": "Nuovo cliente",
  "customers.create": "Crea cliente",
  "customers.edit": "Modifica",
  "customers.customer": "Cliente",
  "customers.tags": "Etichette",
  "customers.standing": "Situazione",
  "customers.last_agent": "Ultimo operatore",
  "customers.conversations": "Conversazioni",
  "customers.last_contact": "Ultimo contatto",
  "customers.since": "Cliente dal",
  "customers.empty": "Ancora nessun cliente",
  "customers.empty_detail": "Chi scrive a uno dei vostri numeri compare qui da solo.",
  "customers.way": "Dove ti trovi",
  "customers.words": "Parole nelle conversazioni",
  "customers.phone_hint":
    "Con il prefisso internazionale, come +39 345 555 0172. Le conversazioni saranno con questo numero.",
  "customers.marketing": "Messaggi di marketing",
  "customers.consent_unsaid": "non espresso",
  "customers.consent_in": "consenso dato il {date}",
  "customers.consent_out": "consenso ritirato il {date}",
  "refused.customer.known": "{name} ha già questo numero.",
}
