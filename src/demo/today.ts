/** The hours before the demo begins: some is done, some is in hand, some waits for whoever signs in first. */
import {
  answers,
  cannotShow,
  deletes,
  edits,
  fillsIn,
  introduces,
  isAt,
  orders,
  reacts,
  says,
  sent,
  WINTER_CHECK,
} from "./kinds.ts"
import { ANNA, agent, customer, ERIK, GIULIA, KATJA, LUCIA, MARC, type Story, TOMAS } from "./stories.ts"

const NADIA = { name: "Nadia Bruni", phone: "393495550214" }
const PAUL = { name: "Paul Whitfield", phone: "447700900365" }
const RITA = { name: "Rita Valli", phone: "393475550918" }
const GRETA = { name: "Greta Moser", phone: "4366055501820" }
const FABIO = { name: "Fabio Fontana", phone: "393405550267" }
const JEAN = { name: "Jean Lefèvre", phone: "33655550120" }

export const TODAY: readonly Story[] = [
  {
    // Her 24 hours are nearly over.
    customer: GRETA,
    channel: "Aurora Sales",
    agent: "sara",
    begins: { minutesAgo: 1_290 },
    closed: false,
    parked: "public",
    lines: [
      customer(0, "Guten Tag, was würde mein alter Kombi bei Ihnen noch bringen?"),
      agent(6, "Guten Tag Frau Moser, etwa 6.800 Euro. Möchten Sie einen Termin zur Begutachtung?"),
      customer(3, "Ich frage meinen Mann und melde mich."),
      agent(1, "Sehr gern, wir halten das Angebot bis Freitag."),
    ],
  },
  {
    customer: FABIO,
    channel: "Aurora Service",
    agent: "elena",
    begins: { minutesAgo: 95 },
    closed: false,
    parked: "personal",
    lines: [
      customer(0, "Buongiorno, posso passare a prendere la seconda chiave?"),
      agent(4, "Buongiorno Fabio, certo: mi manda la foto del libretto?"),
      customer(2, "Stasera da casa, ora sono al lavoro."),
      agent(1, "Perfetto, la aspetto."),
    ],
  },
  {
    customer: RITA,
    channel: "Aurora Service",
    agent: "elena",
    begins: { minutesAgo: 205 },
    closed: true,
    lines: [
      customer(0, "Buongiorno, a che ora chiudete oggi?"),
      agent(2, "Buongiorno Rita, oggi siamo aperti fino alle 19."),
      customer(3, "Perfetto, passo a ritirare le chiavi. Grazie!"),
    ],
  },
  {
    customer: ERIK,
    channel: "Aurora Service",
    agent: "marco",
    begins: { minutesAgo: 150 },
    closed: true,
    lines: [
      customer(0, "Hi, the electrician fixed the outlet. Is the charger still under warranty?"),
      agent(6, "Hi Erik, yes, until March next year. Nothing to do on your side."),
      customer(4, "Excellent, thanks"),
    ],
  },
  {
    customer: LUCIA,
    channel: "Aurora Sales",
    agent: "sara",
    begins: { minutesAgo: 74 },
    closed: false,
    lines: [
      customer(0, "Ciao Sara, ho deciso per la S1 grigia. Quali documenti servono?"),
      agent(5, "Che bella notizia, Lucia! Carta d'identità, codice fiscale e il libretto dell'auto attuale."),
      customer(11, "Posso mandarvi le foto da qui?"),
      agent(2, "Certo, vanno benissimo anche le foto."),
    ],
  },
  {
    customer: MARC,
    channel: "Aurora Service",
    agent: "elena",
    begins: { minutesAgo: 58 },
    closed: false,
    lines: [
      sent(0, says("Good morning, my car shows «service due in 500 km». Do I need an appointment?", WINTER_CHECK)),
      agent(4, "Good morning Marc, yes please. It takes about two hours; a loan car is available."),
      customer(6, "With the loan car then. Any day next week?"),
      agent(3, "Tuesday or Thursday at 8:30. Which one suits you?"),
      customer(9, "Thursday, please"),
      agent(2, "Thursday 8:30 is booked, *loan car included*. Could you fill in the form for it?"),
      sent(
        3,
        fillsIn({ driver: "Marc Dubois", driving_licence: "B", loan_car_from: "Thursday 8:30", insurance: true }),
      ),
      sent(1, answers(5, "Done. I would come from here, is there a car park?")),
      sent(1, isAt(45.47801, 9.1904, "Hôtel Manin", "Via Manin 7, 20121 Milano")),
      sent(1, introduces("Claire Dubois", "+33 6 12 55 50 49", "Dubois Traduction")),
      sent(0, says("My wife Claire may collect it, https://aurora.example/milano is the place?")),
      agent(2, "Yes, and there are spaces for customers behind the house."),
      sent(1, reacts(11, "👍")),
      sent(1, orders(["winter-mats", 1, 49], ["wiper-blades", 2, 14.5])),
      sent(0, says("She needs a receipt", { context: { forwarded: true } })),
      sent(1, says("At 8:15")),
      sent(0, edits(15, "At 8:30")),
      sent(0, says("Wrong chat, sorry")),
      sent(0, deletes(17)),
      sent(0, cannotShow("poll_creation")),
      agent(1, "Everything is noted, both things will lie in the car."),
    ],
  },
  {
    customer: ANNA,
    channel: "Aurora Service",
    agent: "marco",
    begins: { minutesAgo: 41 },
    closed: false,
    lines: [
      customer(0, "Salve, avevo chiesto per le gomme invernali. C'è posto sabato?"),
      agent(5, "Salve Anna, sabato alle 9:00 oppure alle 11:30."),
      customer(7, "Alle 11:30 va bene. Devo portare io i pneumatici?"),
      agent(3, "Sono già in deposito da noi, non deve portare nulla."),
    ],
  },
  {
    customer: GIULIA,
    channel: "Aurora Service",
    agent: "elena",
    begins: { minutesAgo: 26 },
    closed: false,
    lines: [
      customer(0, "Buongiorno, dopo il lavaggio ho trovato un graffio sulla portiera posteriore."),
      agent(3, "Buongiorno Giulia, mi dispiace. È profondo o si sente appena con l'unghia?"),
      customer(4, "Si sente appena."),
      agent(4, "Allora basta una lucidatura, un'ora circa. Domani alle 9:30 o alle 11:00?"),
      customer(10, "Alle 11:00 andrebbe benissimo."),
      customer(1, "Devo portare la ricevuta del lavaggio?"),
    ],
  },
  {
    customer: NADIA,
    channel: "Aurora Service",
    agent: null,
    begins: { minutesAgo: 12 },
    closed: false,
    lines: [
      customer(0, "Buongiorno, la mia Aurora non si accende. Sul display compare E18."),
      customer(1, "È ferma nel garage di casa, in via Appia 22."),
    ],
  },
  {
    customer: KATJA,
    channel: "Aurora Sales",
    agent: "sara",
    begins: { minutesAgo: 9 },
    closed: false,
    lines: [
      customer(0, "Hello again! My husband agrees: we take the leasing for 36 months."),
      agent(3, "Wonderful, Katja! I am preparing the contract for you."),
    ],
  },
  {
    customer: PAUL,
    channel: "Aurora Sales",
    agent: null,
    begins: { minutesAgo: 5 },
    closed: false,
    lines: [customer(0, "Good morning, is the silver S1 on your website still available?")],
  },
  {
    customer: TOMAS,
    channel: "Aurora Service",
    agent: "elena",
    begins: { minutesAgo: 4 },
    closed: false,
    lines: [
      customer(0, "Hi Elena, the new battery works like a charm. Could you send me the invoice?"),
      agent(1, "Happy to hear that, Tomás! To which e-mail address?"),
      customer(1, "tomas@ribeiro.example, please"),
    ],
  },
  {
    customer: JEAN,
    channel: "Aurora Service",
    agent: null,
    begins: { minutesAgo: 2 },
    closed: false,
    lines: [customer(0, "Bonjour, parlez-vous français ? Je voudrais un rendez-vous pour ma voiture.")],
  },
]
