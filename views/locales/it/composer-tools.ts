/** Luoghi, emoji e messaggi vocali: ciò che il campo del messaggio può aprire. */
export const composerTools = {
  "refused.location.impossible": "Questo luogo non esiste: la latitudine va da −90 a 90, la longitudine da −180 a 180.",
  "refused.location.name_taken": "Esiste già un luogo di nome {name}. Scelga un altro nome.",
  "refused.location.changed_meanwhile": "{name} è stato modificato nel frattempo da qualcun altro. Lo riguardi.",
  "message.location_picture": "Cartina intorno a {name}",
} as const
