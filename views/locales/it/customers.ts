import type { customers as english } from "../en/customers.ts"
import type { Plural } from "../index.ts"

type Words = { readonly [Key in keyof typeof english]: (typeof english)[Key] extends string ? string : Plural }

/** The list of customers, and one of them on a page. */
export const customers: Words = {
  "customers.title": "Clienti",
  "customers.search": "Nome, numero o parole di un messaggio",
  "customers.new": "Nuovo cliente",
  "customers.create": "Crea cliente",
  "customers.edit": "Modifica",
  "customers.customer": "Cliente",
  "customers.tags": "Etichette",
  "customers.standing": "Situazione",
  "customers.last_agent": "Ultimo agente",
  "customers.conversations": "Conversazioni",
  "customers.last_contact": "Ultimo contatto",
  "customers.since": "Noto dal",
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
  "nav.all_conversations": "Tutte le conversazioni",
  "conversations.views": "Quali conversazioni",
  "conversations.view_active": "Attive",
  "conversations.view_latest": "Ultimi 7 giorni",
  "conversations.view_unmanaged": "Solo menu",
  "conversations.view_all": "Tutte",
  "conversations.none": "Nessuna conversazione",
  "conversations.none_detail": "Le conversazioni compaiono qui appena un cliente scrive o un agente scrive per primo.",
  "conversations.no_history": "Niente di chiuso nelle ultime quattro settimane",
  "conversations.no_history_detail": "Le conversazioni che chiudi si possono rileggere qui per quattro settimane.",
  "conversations.four_weeks": "Le tue, chiuse nelle ultime quattro settimane",
  "conversations.close": "Chiudi…",
  "conversations.open_transfer": "Apri per trasferire",
  "customers.archive": "Esporta i dati",
  "customers.archive_hint": "Un archivio con quanto è conservato di questo cliente: dati, conversazioni, file",
  "customers.archive_title": "Quanto {company} conserva di {name}",
  "customers.archive_made": "Creato il {date}",
}
