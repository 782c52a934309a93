/** The demo's company as `apply` would read it: believable, small, and the same every time. */
import { DEMO_LOCATIONS } from "./locations.ts"
import { DEMO_PREDEFINED_MESSAGES } from "./predefined-messages.ts"
import { DEMO_PROFILING } from "./profiling.ts"
import { DEMO_OPEN_TEMPLATES } from "./templates.ts"

export const DEMO_TIMEZONE = "Europe/Rome"
export const DEMO_PASSWORD = "sportello demo 2026"

const SERVICE_NUMBER = { phoneNumberId: "106540352242922", displayPhoneNumber: "+39 02 555 0100" }
const SALES_NUMBER = { phoneNumberId: "106540352242933", displayPhoneNumber: "+39 02 555 0200" }
const INFO_NUMBER = { phoneNumberId: "106540352242944", displayPhoneNumber: "+39 02 555 0300" }
export const DEMO_WABA_ID = "102290129340398"
export const DEMO_APP_SECRET = "demo-app-secret-of-the-simulator"
export const DEMO_VERIFY_TOKEN = "demo-verify-token"
export const DEMO_ACCESS_TOKEN = "EAADEMOTOKEN"
export const DEMO_NUMBERS = [
  { name: "Aurora Service", ...SERVICE_NUMBER },
  { name: "Aurora Sales", ...SALES_NUMBER },
  { name: "Aurora Info", ...INFO_NUMBER },
] as const

type DemoUser = {
  username: string
  firstName: string
  lastName: string
  level: "agent" | "supervisor" | "tenant_admin"
  skillsets: string[]
}

export const DEMO_USERS: readonly DemoUser[] = [
  { username: "elena", firstName: "Elena", lastName: "Conti", level: "agent", skillsets: ["Service", "Sales"] },
  { username: "marco", firstName: "Marco", lastName: "Rossi", level: "agent", skillsets: ["Service"] },
  { username: "sara", firstName: "Sara", lastName: "Gallo", level: "agent", skillsets: ["Sales"] },
  { username: "carla", firstName: "Carla", lastName: "Bianco", level: "supervisor", skillsets: ["Service", "Sales"] },
  { username: "davide", firstName: "Davide", lastName: "Ferri", level: "tenant_admin", skillsets: [] },
]

const channel = (number: (typeof DEMO_NUMBERS)[number], skillsets: string[]) => ({
  ...number,
  wabaId: DEMO_WABA_ID,
  accessToken: DEMO_ACCESS_TOKEN,
  appSecret: DEMO_APP_SECRET,
  verifyToken: DEMO_VERIFY_TOKEN,
  skillsets,
  hours: "always",
  profiling: "Aurora",
  settings: { profilingReason: "optional", profilingNotes: "optional" },
})

/** What the third number asks before anybody is given the conversation. */
const MENU = {
  greeting: "Hello, this is Aurora! What can we do for you?",
  style: "buttons",
  choices: [
    {
      title: "A new car",
      words: ["buy", "sales"],
      skillset: "Sales",
      answer: "Which model?",
      choices: [
        { title: "Aurora E2", answer: "Good choice. A colleague is with you in a moment." },
        { title: "Aurora S1", priority: 1, answer: "Good choice. A colleague is with you in a moment." },
      ],
    },
    { title: "Repairs", words: ["repair", "service"], skillset: "Service", answer: "Our workshop will be with you." },
  ],
  talkToPerson: { title: "Talk to a person", words: ["person", "human"], answer: "I am calling a colleague." },
  wrongAnswer: "Sorry, I did not get that. Please press one of the buttons.",
}

/** The provisioning file of the demo (6-contract.md, «apply FILE»). */
export const DEMO_COMPANY = {
  tenants: [
    {
      slug: "aurora",
      name: "Aurora",
      timezone: DEMO_TIMEZONE,
      language: "en",
      settings: { offerTimeoutSeconds: 60 },
      skillsets: [{ name: "Service" }, { name: "Sales" }],
      users: DEMO_USERS.map((user) => ({
        ...user,
        password: DEMO_PASSWORD,
        email: `${user.username}@aurora.test`,
        maxConversations: 5,
        isolated: false,
        outbound: true,
      })),
      profiling: DEMO_PROFILING,
      predefinedMessages: DEMO_PREDEFINED_MESSAGES,
      locations: DEMO_LOCATIONS,
      templates: DEMO_OPEN_TEMPLATES,
      customerProperties: [
        { name: "Company" },
        { name: "Customer no.", kind: "number" },
        { name: "Vehicle", kind: "choice", choices: ["Aurora E2", "Aurora S1", "Aurora City"] },
        { name: "Licence plate", channels: ["Aurora Service"] },
        { name: "Customer since", kind: "date" },
        { name: "Newsletter", kind: "yes_no" },
      ],
      tags: [
        { name: "VIP", tone: "ok" },
        { name: "Fleet", tone: "info" },
        { name: "Complaint", tone: "bad" },
        { name: "Call back", tone: "warn" },
      ],
      channels: [
        channel(DEMO_NUMBERS[0], ["Service", "Sales"]),
        channel(DEMO_NUMBERS[1], ["Sales", "Service"]),
        { ...channel(DEMO_NUMBERS[2], ["Service", "Sales"]), menu: MENU },
      ],
    },
  ],
}

/** People with a pretend phone; some have written before (stories.ts), some are strangers, one shows no number. */
export const DEMO_PHONES = [
  { name: "Giulia Lombardi", phone: "393455550172" },
  { name: "Tomás Ribeiro", phone: "351912555077" },
  { name: "James", phone: "447700900142" },
  { name: "Katja Sommer", phone: "4915155501234" },
  { name: "Noor Vermeer", phone: null, username: "noor.vermeer", country: "NL" },
] as const
