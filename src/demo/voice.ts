/** What the demo's service number says by itself. Its company is given it after its past, in which people spoke alone. */
import { DEMO_NUMBERS } from "./company.ts"

const MESSAGES = {
  welcome: {
    en: "Hello {customer.name|there}, this is {company.name}. How can we help?",
    it: "Buongiorno {customer.name}, qui è {company.name}. Come possiamo aiutarla?",
  },
  queued: {
    en: "All our colleagues of {skillset} are busy at the moment: you are number {position}. We will be with you soon.",
    it: "Al momento siamo tutti occupati: lei è il numero {position} in attesa. Le rispondiamo appena possibile.",
  },
  closed_hours: {
    en: "We are closed at the moment and will read your message when we open: {opensAt|as soon as we can}.",
    it: "In questo momento siamo chiusi. Leggeremo il suo messaggio alla riapertura: {opensAt|appena possibile}.",
  },
  transferred: {
    en: "{agent.firstName|A colleague} of {skillset} will go on with you.",
    it: "{agent.firstName|Un nostro collega} ({skillset}) prosegue con lei.",
  },
  parked: {
    en: "Take your time: write again whenever it suits you, and we go on from here.",
    it: "Faccia con comodo: ci riscriva quando vuole e riprendiamo da qui.",
  },
  closed: {
    en: "Thank you for writing to {company.name}. Goodbye!",
    it: "Grazie di averci scritto. A presto da {company.name}!",
  },
  closed_automatically: {
    en: "We have not heard from you for a while, so we close this conversation. Write to us whenever you like.",
    it: "Non abbiamo più sue notizie e chiudiamo la conversazione. Ci riscriva quando vuole.",
  },
  window_reminder: {
    en: "We can answer you here for two more hours. Write us a word and we go on.",
    it: "Possiamo risponderle qui ancora per due ore. Ci scriva una parola e andiamo avanti.",
  },
}

/** As `apply` reads it. */
export const DEMO_VOICE = {
  tenants: [
    {
      slug: "aurora",
      channels: [
        {
          phoneNumberId: DEMO_NUMBERS[0].phoneNumberId,
          messages: MESSAGES,
          settings: { windowReminderBeforeMinutes: 120 },
        },
      ],
    },
  ],
}
