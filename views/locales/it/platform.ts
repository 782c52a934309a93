/** The list of tenants. */
export const tenants = {
  "tenants.title": "Aziende",
  "tenants.none": "Ancora nessuna azienda",
  "tenants.none_detail": "Un'azienda ha i suoi utenti, i suoi numeri di servizio e le sue conversazioni.",
  "tenants.slug": "Nome breve",
  "tenants.users": "Utenti",
  "tenants.channels": "Numeri di servizio",
  "tenants.next": "Oppure da un file",
  "tenants.next_describe": "Chi gestisce la macchina può invece descrivere le aziende in un file JSON. Un esempio:",
  "tenants.next_try": "Vedi che cosa cambierebbe:",
  "tenants.next_apply": "Eseguilo:",
  "tenants.next_sign_in": "Gli utenti del file possono accedere subito, con le password indicate.",
} as const
