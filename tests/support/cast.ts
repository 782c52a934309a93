/** A named cast. Acme and Globex are alike in everything that has a name, and different in what only they may see. */

export const PASSWORD = "correct horse battery"

type Company = {
  slug: string
  number: {
    phoneNumberId: string
    displayPhoneNumber: string
    wabaId: string
    accessToken: string
    appSecret: string
    verifyToken: string
    verifiedName: string
  }
}

export const ACME: Company = {
  slug: "acme",
  number: {
    phoneNumberId: "106540352242922",
    displayPhoneNumber: "+39 06 555 0100",
    wabaId: "102290129340398",
    accessToken: "EAAACME",
    appSecret: "acme-app-secret",
    verifyToken: "acme-verify",
    verifiedName: "Acme",
  },
}
export const GLOBEX: Company = {
  slug: "globex",
  number: {
    phoneNumberId: "206540352242922",
    displayPhoneNumber: "+39 06 555 0200",
    wabaId: "202290129340398",
    accessToken: "EAAGLOBEX",
    appSecret: "globex-app-secret",
    verifyToken: "globex-verify",
    verifiedName: "Globex",
  },
}
export const COMPANIES = [ACME, GLOBEX]

const user = (username: string, firstName: string, level: string, skillsets: string[], more: object = {}) => ({
  username,
  firstName,
  lastName: "Rossi",
  level,
  skillsets,
  password: PASSWORD,
  maxConversations: 5,
  email: `${username}@company.test`,
  isolated: false,
  outbound: true,
  ...more,
})

/** Anna sells, Marco serves, Ivo serves and sees nothing else; Carla supervises, Dora administers. */
const people = (suffix: string) => [
  user(`anna${suffix}`, "Anna", "agent", ["Sales"]),
  user(`marco${suffix}`, "Marco", "agent", ["Service"]),
  user(`ivo${suffix}`, "Ivo", "agent", ["Service"], { isolated: true, maxConversations: 1 }),
  user(`carla${suffix}`, "Carla", "supervisor", []),
  user(`dora${suffix}`, "Dora", "tenant_admin", []),
]

type Settings = { offerTimeoutSeconds: number }

const company = ({ slug, number }: Company, suffix: string, settings: Settings) => {
  const { verifiedName, ...credentials } = number
  return {
    slug,
    name: verifiedName,
    timezone: "Europe/Rome",
    language: "en",
    settings,
    skillsets: [{ name: "Sales" }, { name: "Service" }],
    users: people(suffix),
    channels: [{ name: "Main", ...credentials, skillsets: ["Sales", "Service"], hours: "always" }],
  }
}

/** Globex's people carry a 2: usernames are unique on the appliance. */
export const companyDocument = (settings: Settings = { offerTimeoutSeconds: 180 }) => ({
  tenants: [company(ACME, "", settings), company(GLOBEX, "2", settings)],
})

type Hand = { username: string; skillsets?: string[]; most?: number; level?: string; isolated?: boolean }

/** Acme with other people: who serves what, and how many conversations each may have at once. */
export function office(
  hands: readonly Hand[],
  more: { hours?: unknown; settings?: object; menu?: unknown; messages?: unknown; templates?: unknown } = {},
) {
  const users = hands.map(({ username, skillsets = ["Sales"], most = 5, level = "agent", isolated = false }) =>
    user(username, capitalised(username), level, skillsets, { maxConversations: most, isolated }),
  )
  const { channels, ...rest } = company(ACME, "", { offerTimeoutSeconds: 180 })
  const [main] = channels
  const own = { hours: more.hours, menu: more.menu, messages: more.messages }
  const channel = { ...main, ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) }
  const templates: { templates?: unknown } = more.templates === undefined ? {} : { templates: more.templates }
  const settings = { ...rest.settings, ...more.settings }
  return { tenants: [{ ...rest, ...templates, users, channels: [channel], settings }] }
}

type Document = ReturnType<typeof office>

/** The same with other skillsets: how they give, what they are worth, where they overflow. */
export const withSkillsets = ({ tenants }: Document, skillsets: readonly object[]) => ({
  tenants: tenants.map((tenant) => ({ ...tenant, skillsets })),
})

/** The same with its numbers changed: settings, skillsets, hours. */
export const withChannel = ({ tenants }: Document, changes: object) => ({
  tenants: tenants.map((tenant) => ({
    ...tenant,
    channels: tenant.channels.map((channel) => ({ ...channel, ...changes })),
  })),
})

const capitalised = (name: string) => name.slice(0, 1).toUpperCase() + name.slice(1)
