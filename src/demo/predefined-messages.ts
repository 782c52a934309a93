/** What the demo's agents need not write again: in English and Italian, with buttons and lists where a choice helps. */

type Words = { title: string; text: string; buttons?: readonly string[]; list?: { opener: string; choices: string[] } }

const inLanguage = (language: "en" | "it", category: string, messages: readonly Words[]) =>
  messages.map((message) => ({ category, language, ...message }))

export const DEMO_PREDEFINED_MESSAGES = [
  ...inLanguage("en", "Greetings", [
    {
      title: "Welcome",
      text: "Hello {customer.firstName}, {agent.firstName} of {company.name} here. How can I help you?",
    },
    {
      title: "One moment, please",
      text: "One moment, {customer.firstName}: I am looking into it and will be right back.",
    },
  ]),
  ...inLanguage("it", "Greetings", [
    {
      title: "Benvenuto",
      text: "Buongiorno {customer.firstName}, sono {agent.firstName} di {company.name}. Come posso aiutarla?",
    },
    { title: "Un attimo, per favore", text: "Un attimo, {customer.firstName}: verifico e torno subito da Lei." },
  ]),
  ...inLanguage("en", "Booking", [
    { title: "Free slots this week", text: "We still have a slot on {day} at {time}. Shall I reserve it for you?" },
    {
      title: "Choose a slot",
      text: "{customer.firstName}, we have two slots on {day}. Which one suits you?",
      buttons: ["Morning, 09:30", "Afternoon, 15:00", "Another day"],
    },
    {
      title: "Choose a workshop",
      text: "Which of our workshops is nearest to you?",
      list: { opener: "Workshops", choices: ["Milano, Via Roma 1", "Milano, Corso Sempione", "Monza", "Torino"] },
    },
    {
      title: "Booking confirmed",
      text: "Confirmed: {day} at {time}, Via Roma 1. Please bring the registration document.",
    },
  ]),
  ...inLanguage("it", "Booking", [
    {
      title: "Scelta dell'orario",
      text: "{customer.firstName}, abbiamo due possibilità per {giorno}. Quale preferisce?",
      buttons: ["Mattina, 9:30", "Pomeriggio, 15:00", "Un altro giorno"],
    },
    {
      title: "Scelta dell'officina",
      text: "Quale delle nostre officine Le è più vicina?",
      list: { opener: "Officine", choices: ["Milano, Via Roma 1", "Milano, Corso Sempione", "Monza", "Torino"] },
    },
    {
      title: "Appuntamento confermato",
      text: "Confermato: {giorno} alle {ora}, Via Roma 1. Porti il libretto, per favore.",
    },
  ]),
  ...inLanguage("en", "Delivery", [
    {
      title: "Delivery slot",
      text: "Our driver comes between 9 and 12 on {day}. Will somebody be there?",
      buttons: ["Yes", "No"],
    },
  ]),
  ...inLanguage("it", "Delivery", [
    {
      title: "Fascia di consegna",
      text: "Il corriere passa {giorno} tra le 9 e le 12. Ci sarà qualcuno?",
      buttons: ["Sì", "No"],
    },
  ]),
  ...inLanguage("en", "Payments", [
    {
      title: "Invoice sent",
      text: "We have just sent the invoice to {email}. If it does not arrive, look among unwanted mail.",
    },
  ]),
  ...inLanguage("it", "Payments", [
    {
      title: "Fattura inviata",
      text: "Abbiamo appena inviato la fattura a {email}. Se non arriva, guardi tra la posta indesiderata.",
    },
  ]),
  ...inLanguage("en", "Closing", [
    {
      title: "Anything else?",
      text: "Is there anything else I can do for you?",
      buttons: ["No, thank you", "Yes, please"],
    },
    { title: "Goodbye", text: "Thank you for writing to {company.name}, {customer.firstName}. Have a good day!" },
  ]),
  ...inLanguage("it", "Closing", [
    { title: "Altro?", text: "Posso fare altro per Lei?", buttons: ["No, grazie", "Sì, grazie"] },
    { title: "Saluti", text: "Grazie per aver scritto a {company.name}, {customer.firstName}. Buona giornata!" },
  ]),
]
