/** What the demo's company has had approved, in English and Italian; and what its admin has opened to agents. */
import type { TemplateSeed } from "~/simulator/templates.ts"

type Words = {
  name: string
  language: "en" | "it"
  category: "UTILITY" | "MARKETING"
  header?: object
  body: string
  examples?: readonly string[]
  footer?: string
  buttons?: readonly object[]
}

const reply = (text: string) => ({ type: "QUICK_REPLY", text })
const heading = (text: string) => ({ type: "HEADER", format: "TEXT", text })

const seed = ({
  name,
  language,
  category,
  header,
  body,
  examples = [],
  footer,
  buttons = [],
}: Words): TemplateSeed => ({
  name,
  language,
  category,
  parameterFormat: /\{\{[a-z]/.test(body) ? "NAMED" : "POSITIONAL",
  components: [
    ...(header ? [{ ...header }] : []),
    { type: "BODY", text: body, ...(examples.length === 0 ? {} : { example: exampleOf(body, examples) }) },
    ...(footer === undefined ? [] : [{ type: "FOOTER", text: footer }]),
    ...(buttons.length === 0 ? [] : [{ type: "BUTTONS", buttons: buttons.map((button) => ({ ...button })) }]),
  ],
})

function exampleOf(body: string, examples: readonly string[]) {
  const names = [...body.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!)
  if (!/\{\{[a-z]/.test(body)) return { body_text: [[...examples]] }
  return { body_text_named_params: names.map((name, index) => ({ param_name: name, example: examples[index] ?? "" })) }
}

const WORDS: readonly Words[] = [
  {
    name: "order_ready",
    language: "en",
    category: "UTILITY",
    footer: "Aurora Auto",
    body: "Hello {{first_name}}, your order {{order}} is ready for collection in {{place}}. Would you like to book a slot?",
    examples: ["Giulia", "4827", "Milano"],
    buttons: [reply("Book a slot"), reply("Call me back"), reply("Not now")],
  },
  {
    name: "order_ready",
    language: "it",
    category: "UTILITY",
    footer: "Aurora Auto",
    body: "Buongiorno {{first_name}}, il suo ordine {{order}} è pronto per il ritiro a {{place}}. Vuole prenotare un orario?",
    examples: ["Giulia", "4827", "Milano"],
    buttons: [reply("Prenota un orario"), reply("Mi richiami"), reply("Non ora")],
  },
  {
    name: "appointment_reminder",
    language: "en",
    category: "UTILITY",
    header: heading("Your appointment"),
    body: "Hello {{1}}, this is a reminder of your appointment on {{2}} at {{3}}. Please bring the registration document.",
    examples: ["Giulia", "Saturday 28 November", "09:30"],
    buttons: [reply("Confirm"), reply("Another day")],
  },
  {
    name: "appointment_reminder",
    language: "it",
    category: "UTILITY",
    header: heading("Il suo appuntamento"),
    body: "Buongiorno {{1}}, le ricordiamo l'appuntamento di {{2}} alle {{3}}. Porti il libretto, per favore.",
    examples: ["Giulia", "sabato 28 novembre", "9:30"],
    buttons: [reply("Confermo"), reply("Un altro giorno")],
  },
  {
    name: "delivery_tracking",
    language: "en",
    category: "UTILITY",
    body: "Hello {{first_name}}, your spare part has left our warehouse and arrives on {{day}} before noon.",
    examples: ["Tomás", "Thursday"],
    buttons: [
      { type: "URL", text: "Follow the parcel", url: "https://aurora.example/track/{{1}}", example: ["4827"] },
      { type: "PHONE_NUMBER", text: "Call the workshop", phone_number: "+39025550100" },
    ],
  },
  {
    name: "winter_check",
    language: "en",
    category: "MARKETING",
    header: { type: "HEADER", format: "IMAGE" },
    body: "Hello {{first_name}}, winter is coming: the check of your {{vehicle}} is free until the end of the month.",
    examples: ["Anna", "Aurora E2"],
    footer: "Write STOP to receive no more offers",
    buttons: [reply("Book it"), { type: "COPY_CODE", example: "WINTER25" }],
  },
  {
    name: "offer_follow_up",
    language: "en",
    category: "MARKETING",
    body: "Hello {{first_name}}, have you had a look at our offer {{offer}}? We are happy to answer your questions.",
    examples: ["Katja", "A-2291"],
  },
  {
    name: "workshop_location",
    language: "it",
    category: "UTILITY",
    header: { type: "HEADER", format: "LOCATION" },
    body: "Buongiorno {{first_name}}, la aspettiamo in questa sede. Il parcheggio per i clienti è nel cortile.",
    examples: ["Lucia"],
  },
]

/** What Meta has, as the simulator keeps it. */
export const DEMO_TEMPLATES: TemplateSeed[] = [
  ...WORDS.map(seed),
  {
    ...seed({
      name: "spring_sale",
      language: "en",
      category: "MARKETING",
      body: "Hello {{first_name}}, all our spring offers are online now. Have a look before the weekend.",
      examples: ["Anna"],
    }),
    status: "REJECTED",
    rejectedReason: "INCORRECT_CATEGORY",
  },
]

/** What agents may send. */
export const DEMO_OPEN_TEMPLATES = WORDS.map(({ name, language }) => ({
  name,
  language,
  enabled: true,
  ...(name === "appointment_reminder" ? { fills: { "1": "customer.firstName" } } : {}),
}))
