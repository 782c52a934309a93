/** Cosa impedisce di aprire o inviare un file: l'antivirus e un disco senza spazio. */
export const files = {
  "media.being_checked": "Controllo antivirus in corso…",
  "media.check_unanswered": "L'antivirus non risponde. Verrà interrogato di nuovo.",
  "media.infected": "In quarantena: è stato trovato un virus ({virus}). Nessuno può aprirlo.",
  "media.no_room": "Non ancora scaricato: il disco è quasi pieno. Arriva quando c'è spazio.",
  "refused.upload.elsewhere": "Il file riprende da dove era arrivato.",
  "kind.live_location": "Posizione in tempo reale: WhatsApp non la trasmette. Chiedi la posizione attuale.",
  "refused.file.no_room":
    "Il disco dell'installazione è quasi pieno: file di questo tipo non si accettano finché non c'è spazio.",
  "refused.scanner.address_malformed":
    "Scrivilo come 127.0.0.1:3310, o come percorso di un socket, per esempio /run/clamav/clamd.ctl.",
  "scanner.title": "Antivirus",
  "scanner.intro":
    "I file inviati dai clienti e quelli inviati dagli operatori sono controllati prima che qualcuno possa aprirli o che partano. L'antivirus è clamd (ClamAV), su questa macchina o nella tua rete.",
  "scanner.none": "Non c'è un antivirus: i file non vengono controllati.",
  "scanner.where": "Dove risponde",
  "scanner.address": "Indirizzo",
  "scanner.address_hint": "Per esempio 127.0.0.1:3310 o /run/clamav/clamd.ctl. Vuoto: nessun antivirus.",
  "scanner.when_down": "Finché non risponde",
  "scanner.when_down_hold": "Trattieni i file fino a quando risponde",
  "scanner.when_down_pass": "Lascia passare i file senza controllo",
  "scanner.waiting": {
    one: "{count} file aspetta l'antivirus.",
    other: "{count} file aspettano l'antivirus.",
  },
  "scanner.trial": "Provalo",
  "scanner.trial_hint": "Riceve il file di prova innocuo che ogni antivirus conosce (EICAR).",
  "scanner.try": "Prova l'antivirus",
  "scanner.trial_works": "Funziona: ha trovato {virus}.",
  "scanner.trial_blind": "Risponde, ma non riconosce il file di prova: non ha ancora le firme?",
  "scanner.trial_silent": "Non funziona.",
  "scanner.trouble_unreachable": "A questo indirizzo non risponde nessuno.",
  "scanner.trouble_broken": "Ha interrotto, oppure non è un clamd.",
  "scanner.trouble_silent": "Ha preso la domanda e non ha detto nulla per troppo tempo.",
  "scanner.trouble_refused": "Ha rifiutato il file, forse perché supera il suo StreamMaxLength.",
  "health.scanner": "Antivirus",
  "disk.early": "Il disco si sta riempiendo.",
  "disk.videos": "Il disco è quasi pieno: i video non vengono più scaricati.",
  "disk.documents": "Il disco è quasi pieno: video e documenti non vengono più scaricati.",
  "disk.files": "Il disco è quasi pieno: nessun file viene più scaricato. I testi arrivano e partono ancora.",
  "disk.what_to_do":
    "Libera spazio o ingrandisci il disco. Quello che manca arriva da sé finché WhatsApp lo conserva (7 giorni).",
} as const
