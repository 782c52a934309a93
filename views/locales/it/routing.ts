export const routing = {
  "notice.kind.message_failed": "Il tuo messaggio a {customer} non è stato consegnato.",
  "notice.kind.customer_floods": "{customer} ha inviato {count} messaggi che nessuno ha letto.",
  "ending.title": "24 ore quasi scadute",
  "ending.count": { one: "24 ore quasi scadute: {count} cliente", other: "24 ore quasi scadute: {count} clienti" },
  "ending.hint": "Entro quattro ore questi clienti si raggiungono solo con un template, se non scrivono di nuovo.",
  "ending.empty_title": "Nessuna scadenza vicina",
  "ending.empty": "Qui compaiono i clienti ai quali si può scrivere liberamente ancora per meno di quattro ore.",
  "ending.ends_in": "Scade tra",
  "ending.owed": "A chi tocca",
  "ending.we_owe": "Il cliente aspetta una risposta",
  "ending.customer_owes": "Il cliente non ha risposto",
} as const
