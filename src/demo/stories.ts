/** Conversations the demo's company had: what was said, by whom, and how long they took. */

export type Line = {
  from: "customer" | "agent"
  text: string
  /** Minutes after the line before. */
  after: number
  /** In place of the text, where it is more than that. */
  wire?: Wire
}
/** A message as WhatsApp posts it, without its id; `said` knows the ids of earlier lines. */
export type Wire = (said: (line: number) => string) => Record<string, unknown>
/** Local hour and minute of a day before; or so long ago, whatever the hour is. */
export type Beginning = { daysAgo: number; at: [hour: number, minute: number] } | { minutesAgo: number }
export type Story = {
  customer: { name: string; phone: string }
  /** Name of the channel it came in by. */
  channel: "Aurora Service" | "Aurora Sales"
  /** Who answers; null: it waits until somebody does. */
  agent: "elena" | "marco" | "sara" | null
  begins: Beginning
  /** Whether it is over after the last line. */
  closed: boolean
  /** It goes to the wait queue after the last line. */
  parked?: "public" | "personal"
  lines: readonly Line[]
}

export const customer = (after: number, text: string): Line => ({ from: "customer", text, after })
export const agent = (after: number, text: string): Line => ({ from: "agent", text, after })

export const GIULIA = { name: "Giulia Lombardi", phone: "393455550172" }
export const TOMAS = { name: "Tomás Ribeiro", phone: "351912555077" }
export const KATJA = { name: "Katja Sommer", phone: "4915155501234" }
export const ANNA = { name: "Anna Moretti", phone: "393331555019" }
export const MARC = { name: "Marc Dubois", phone: "33612555048" }
export const LUCIA = { name: "Lucia Pereira", phone: "393475550663" }
export const ERIK = { name: "Erik Olsen", phone: "4741555092" }
export const SOFIA = { name: "Sofia Bianchi", phone: "393295550381" }

/** The weeks before. */
export const PAST: readonly Story[] = [
  {
    customer: GIULIA,
    channel: "Aurora Service",
    agent: "elena",
    begins: { daysAgo: 20, at: [9, 12] },
    closed: true,
    lines: [
      customer(0, "Buongiorno, la mia Aurora E2 segnala un problema ai freni posteriori."),
      agent(3, "Buongiorno Giulia, sono Elena. La spia è gialla o rossa?"),
      customer(2, "Gialla, fissa da ieri sera."),
      agent(4, "Può guidare, ma la vediamo volentieri entro la settimana: giovedì alle 8:30 a Milano le va bene?"),
      customer(6, "Perfetto, grazie!"),
      agent(1, "Confermato. Le mando un promemoria mercoledì. Buona giornata!"),
    ],
  },
  {
    customer: TOMAS,
    channel: "Aurora Service",
    agent: "marco",
    begins: { daysAgo: 17, at: [15, 40] },
    closed: true,
    lines: [
      customer(0, "Hi, is my bike ready? Order 4827."),
      agent(5, "Hello Tomás, Marco here. The new battery arrives tomorrow morning, so it will be ready after 14:00."),
      customer(3, "Great, I'll come at five."),
      agent(2, "See you at five, Via Roma 1."),
    ],
  },
  {
    customer: KATJA,
    channel: "Aurora Sales",
    agent: "sara",
    begins: { daysAgo: 15, at: [11, 5] },
    closed: true,
    lines: [
      customer(0, "Hello! Do you still have the Aurora S1 in silver?"),
      agent(4, "Hi Katja! Yes, two in Milan and one in Turin. Would you like a test drive?"),
      customer(8, "Yes, Saturday would be best."),
      agent(3, "Saturday 10:30 in Milan is yours. Please bring your driving licence."),
      customer(1, "Wonderful, thank you"),
    ],
  },
  {
    customer: ANNA,
    channel: "Aurora Service",
    agent: "elena",
    begins: { daysAgo: 12, at: [10, 22] },
    closed: true,
    lines: [
      customer(0, "Salve, quanto costa il cambio gomme invernali?"),
      agent(2, "Salve Anna, per la E2 sono 68 € con equilibratura, pneumatici esclusi."),
      customer(5, "Ok, ci penso e vi faccio sapere."),
      agent(1, "Volentieri, siamo qui dal lunedì al sabato."),
    ],
  },
  {
    customer: MARC,
    channel: "Aurora Service",
    agent: "marco",
    begins: { daysAgo: 10, at: [8, 55] },
    closed: true,
    lines: [
      customer(0, "Good morning, can I move my appointment of tomorrow?"),
      agent(6, "Good morning Marc. Of course: Thursday 15:30 or Friday 9:00?"),
      customer(2, "Thursday 15:30 please"),
      agent(1, "The appointment is confirmed for Thursday 15:30."),
    ],
  },
  {
    customer: LUCIA,
    channel: "Aurora Sales",
    agent: "sara",
    begins: { daysAgo: 9, at: [16, 18] },
    closed: true,
    lines: [
      customer(0, "Ciao, fate ancora lo sconto fedeltà sulla S1?"),
      agent(3, "Ciao Lucia! Sì, 5 % per chi ha già una Aurora, fino a fine mese."),
      customer(2, "Posso passare domani in Via Appia 22?"),
      agent(2, "Certo, la aspetto dopo le 10. Porti il libretto della sua auto attuale."),
      customer(1, "A domani!"),
    ],
  },
  {
    customer: ERIK,
    channel: "Aurora Service",
    agent: "elena",
    begins: { daysAgo: 6, at: [13, 47] },
    closed: true,
    lines: [
      customer(0, "The charger you sent blinks red three times, what does it mean?"),
      agent(4, "Hi Erik, three blinks mean the outlet has no earth. Could you try another outlet?"),
      customer(12, "Works in the garage. Thanks for the quick help!"),
      agent(1, "Glad to hear it. An electrician should look at the first outlet."),
    ],
  },
  {
    customer: SOFIA,
    channel: "Aurora Service",
    agent: "marco",
    begins: { daysAgo: 4, at: [17, 31] },
    closed: true,
    lines: [
      customer(0, "Buonasera, avete trovato un ombrello blu in sala d'attesa?"),
      agent(7, "Buonasera Sofia, sì! È alla reception, fino alle 19."),
      customer(1, "Grazie mille!"),
    ],
  },
  {
    customer: GIULIA,
    channel: "Aurora Service",
    agent: "marco",
    begins: { daysAgo: 3, at: [9, 2] },
    closed: true,
    lines: [
      customer(0, "Buongiorno, i freni ora sono perfetti. Potete mandarmi la fattura?"),
      agent(5, "Buongiorno Giulia, gliela spediamo oggi per e-mail. Grazie a lei!"),
    ],
  },
  {
    customer: KATJA,
    channel: "Aurora Sales",
    agent: "elena",
    begins: { daysAgo: 2, at: [14, 9] },
    closed: true,
    lines: [
      customer(0, "The test drive was great. What would the leasing cost per month?"),
      agent(6, "Lovely to hear, Katja! 319 € over 36 months with 15,000 km a year, service included."),
      customer(9, "I'll talk to my husband and write again."),
      agent(2, "With pleasure. The offer is valid for 14 days."),
    ],
  },
]
