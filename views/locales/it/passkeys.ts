import type { passkeys as english } from "../en/passkeys.ts"

export const passkeys: Record<keyof typeof english, string> = {
  "refused.passkey.over": "È passato troppo tempo, oppure era già fatto. Riprova.",
  "refused.passkey.wrong": "Questa passkey qui non ha dimostrato nulla. Riprova o entra in un altro modo.",
  "refused.passkey.known": "Questa passkey appartiene già a qualcuno.",
  "refused.passkey.unknown": "Nessuno qui ha questa passkey. Accedi con la password.",
  "refused.passkey.stopped":
    "Questa passkey è stata fermata: ne è stata usata un'altra copia. Entra in un altro modo e creane una nuova.",
  "refused.passkey.second_only":
    "Accedi prima con la directory della tua azienda; la passkey è il tuo secondo fattore.",
  "refused.passkey.too_many": "Una persona può avere {most} passkey. Togline prima una.",
  "passkey.title": "Passkey",
  "passkey.intro":
    "Accedi con l'impronta, il volto, il PIN del dispositivo o una chiave di sicurezza: nessuna password da ricordare, niente da scrivere su una pagina falsa.",
  "passkey.add": "Aggiungi una passkey",
  "passkey.rename": "Rinomina",
  "passkey.rename_named": "Rinomina {name}",
  "passkey.naming_title": "Rinomina una passkey",
  "passkey.remove": "Togli",
  "passkey.remove_named": "Togli {name}",
  "passkey.stopped": "fermata",
  "passkey.stopped_detail": "Ne è stata usata un'altra copia. Toglila e creane una nuova.",
  "passkey.unused": "Aggiunta {added}, non ancora usata",
  "passkey.used": "Aggiunta {added}, usata l'ultima volta {used}",
  "passkey.not_here":
    "I browser hanno passkey solo per un indirizzo con HTTPS e un nome di host. Questo impianto si raggiunge a {address}; può cambiarlo chi lo gestisce.",
  "passkey.new_title": "Nuova passkey",
  "passkey.new_intro": "Il browser ti chiede dove conservarla e si accerta che sia tu.",
  "passkey.name": "Nome",
  "passkey.name_hint": "Quello da cui riconosci il dispositivo o la chiave.",
  "passkey.make": "Crea una passkey",
  "passkey.use": "Usa una passkey",
  "passkey.sign_in": "Accedi con una passkey",
  "passkey.instead": "Con una passkey di questo dispositivo o una chiave di sicurezza:",
  "passkey.no_browser": "Questo browser non ha passkey. Usane un altro o una versione più recente.",
  "passkey.declined": "Nessuna passkey è stata data. Riprova quando vuoi.",
  "passkey.here_already": "Questo dispositivo o questa chiave ha già una tua passkey.",
  "passkey.other_host": "Sei su un indirizzo diverso da quello per cui si creano le passkey.",
  "passkey.not_able":
    "Questo dispositivo o questa chiave non può accertarsi che sia tu. Imposta un PIN o usane un'altra.",
  "passkey.failed": "Il browser non ci è riuscito. Riprova.",
  "passkey.removal_title": "Togli una passkey",
  "passkey.removal":
    "«{name}» qui non apre più nulla, e ogni altra tua sessione termina. Resta sul dispositivo finché non la elimini lì.",
  "factor.by_passkey": "Vale l'accesso con una passkey; nessuna app è impostata.",
  "profile.done_factor_on": "Il secondo fattore è attivo.",
  "profile.done_passkey_added": "La passkey è tua da ora; ogni altra sessione è terminata.",
  "profile.done_passkey_renamed": "La passkey ha il nuovo nome.",
  "profile.done_passkey_removed": "La passkey è tolta; ogni altra sessione è terminata.",
  "letter.way_in_subject": "Il tuo accesso a Sportello è cambiato",
  "letter.set_by_operator": "chi gestisce Sportello ha impostato un'altra password per {username} il {at}.",
  "letter.second_factor.turned_on": "il secondo fattore di {username} è stato attivato il {at}.",
  "letter.second_factor.turned_off": "il secondo fattore di {username} è stato disattivato il {at}.",
  "letter.second_factor.reset": "un amministratore ha tolto il secondo fattore di {username} il {at}.",
  "letter.second_factor.renewed":
    "il {at} sono stati creati nuovi codici di recupero per {username}; i vecchi non aprono più nulla.",
  "letter.passkey.added": "la passkey «{name}» è stata aggiunta per {username} il {at}.",
  "letter.passkey.removed": "la passkey «{name}» di {username} è stata tolta il {at}.",
  "letter.passkey.stopped":
    "la passkey «{name}» di {username} è stata fermata il {at}: l'hanno usata due dispositivi che non sapevano l'uno dell'altro, quindi una copia può essere in altre mani.",
  "letter.sign_in.linked": "dal {at} {username} può entrare con un account {provider}.",
  "letter.sign_in.unlinked": "il {at} {username} è stato separato dall'account di un altro fornitore.",
  "letter.email.changed":
    "dal {at} per {username} è registrato un altro indirizzo. Le e-mail su questo accesso non arrivano più qui.",
}
