/** The list of tenants. */
export const tenants = {
  "tenants.title": "Aziende",
  "tenants.none": "Ancora nessuna azienda",
  "tenants.none_detail": "Un'azienda ha i suoi utenti, i suoi numeri di servizio e le sue conversazioni.",
  "tenants.slug": "Nome breve",
  "tenants.users": "Utenti",
  "tenants.channels": "Numeri di servizio",
  "tenants.next": "Per creare o modificare un'azienda",
  "tenants.next_describe": "Sulla macchina di Sportello, descrivila in un file JSON. Un esempio:",
  "tenants.next_try": "Veda che cosa cambierebbe:",
  "tenants.next_apply": "Lo esegua:",
  "tenants.next_sign_in": "Gli utenti del file possono accedere subito, con le password indicate.",
} as const
