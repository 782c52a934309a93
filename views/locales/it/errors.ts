/** Pages that could not be shown. */
export const errors = {
  "error.not_found_title": "Non trovato",
  "error.denied_title": "Non per il tuo livello",
  "error.refused_title": "Non è riuscito",
  "error.broken_title": "Qui qualcosa è andato storto",
  "error.outage_title": "Al momento non disponibile",
  "error.too_many_title": "Troppi tentativi",
  "error.home": "Vai alla pagina iniziale",
  "error.reference": "Riferimento: {reference}",
  "styleguide.title": "Guida di stile",
} as const
