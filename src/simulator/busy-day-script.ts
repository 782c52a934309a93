/** Who writes on a busy day to a shop for household appliances with a workshop, and about what. */
import type { PhoneContent } from "./inbound.ts"

export type Line = string | PhoneContent
export type Case = { language: "it" | "en"; lines: readonly Line[] }

export const FIRST_NAMES = {
  it: "Giulia Marco Francesca Luca Elena Davide Chiara Matteo Sara Paolo Martina Andrea Valentina Simone".split(" "),
  en: "James Emily Oliver Sophie Harry Charlotte Thomas Grace William Lucy George Hannah".split(" "),
} as const

export const LAST_NAMES = {
  it: "Lombardi Ferrari Esposito Ricci Marino Greco Conti Gallo Costa Fontana Rinaldi Caruso Moretti".split(" "),
  en: "Walker Hughes Bennett Carter Foster Morgan Palmer Reed Shaw Turner Wells Young".split(" "),
} as const

export const CASES: readonly Case[] = [
  {
    language: "it",
    lines: [
      "Buongiorno, la mia lavatrice si ferma e sul display c'è scritto E18",
      { kind: "image", caption: "Ecco cosa si vede" },
      "Ha quattro anni, è ancora in garanzia?",
      "Va bene, grazie mille 🙏",
    ],
  },
  {
    language: "it",
    lines: [
      "Salve! A che punto è la riparazione 4827?",
      "L'avevo portata martedì scorso in via Roma",
      "Perfetto, passo domani pomeriggio. Siete aperti fino alle 19?",
      "Grazie, a domani",
    ],
  },
  {
    language: "it",
    lines: [{ kind: "voice" }, "Scusate il vocale, ero in macchina 😅", "Sì, l'ordine è a nome Rossi"],
  },
  {
    language: "it",
    lines: [
      "Buonasera, avete la guarnizione dell'oblò per una Bosch serie 6?",
      "Il codice dovrebbe essere 00772658",
      "Quanto costa con la spedizione?",
    ],
  },
  {
    language: "it",
    lines: [
      "Vorrei prenotare il tecnico per la lavastoviglie",
      { kind: "location", latitude: 45.4641, longitude: 9.1919, name: "Casa", address: "Piazza del Duomo, Milano" },
      "Va bene venerdì mattina, però dopo le 9 perché prima porto i bambini a scuola",
      "Al citofono c'è scritto Bianchi, scala B",
      "Ottimo, a venerdì!",
    ],
  },
  {
    language: "it",
    lines: [
      "Ho ricevuto la fattura ma l'importo non torna",
      { kind: "document", caption: "Questa" },
      "Avevo ordinato un pezzo solo, non due",
      "Capito, attendo la nota di credito",
    ],
  },
  {
    language: "it",
    lines: [
      "È urgente!!! Perde acqua da sotto e non so come fermarla",
      { kind: "video" },
      "Chiuso il rubinetto, ok",
      "Quando potete venire?",
    ],
  },
  {
    language: "en",
    lines: [
      "Hello, is my washing machine ready for collection? Order 5130",
      "I got a text last week but I was away",
      "Great, I'll come by at lunchtime",
      "Thank you!",
    ],
  },
  {
    language: "en",
    lines: [
      "Hi there, do you repair fridges as well?",
      "It makes a loud noise every few minutes",
      { kind: "voice" },
      "Could somebody call me back after five?",
      "Brilliant, thanks",
    ],
  },
  {
    language: "en",
    lines: [
      "Good morning. I was charged twice for the same spare part",
      { kind: "image", caption: "Bank statement" },
      "Yes, both on the 3rd",
      "OK, how long does the refund take?",
    ],
  },
  {
    language: "en",
    lines: [
      "Can I change my appointment on Saturday to 11:00?",
      "Sorry, something came up 🙈",
      "Perfect, see you then",
    ],
  },
]
