/** The import law: which room of the house may know which. */
import type { Source } from "./source.ts"

export const NOUNS = [
  "account",
  "tenant",
  "agent",
  "skillset",
  "channel",
  "hours",
  "menu",
  "customer",
  "conversation",
  "message",
  "media",
  "queue",
  "assignment",
  "transfer",
  "wait-queue",
  "template",
  "predefined-message",
  "location",
  "customer-property",
  "tag",
  "note",
  "profiling",
  "campaign",
  "call",
  "speech",
  "report",
  "audit",
  "mail",
  "notice",
  "automatic-message",
  "list",
  "retention",
  "brand",
]

/** `values` may be imported as they please, `types` by `import type` alone; `<own>` is the file's own folder. */
type Room = { name: string; holds: string[]; values: string[]; types?: string[]; noPackages?: true }

const KERNEL = "src/kernel/**"
const DATABASE = "src/database/**"
const RULES = "src/*/rules{.ts,/*.ts}"
const STORES = "src/*/store{.ts,/*.ts}"
const OWN_STORE = "src/<own>/store{.ts,/*.ts}"
const ACTIONS = "src/*/actions{.ts,/*.ts}"
const OWN_RULES = "src/<own>/rules{.ts,/*.ts}"
const OWN_ACTIONS = "src/<own>/actions{.ts,/*.ts}"
const QUERIES = "src/*/queries{.ts,/*.ts}"
const ROUTES = "src/*/routes{.tsx,/*.tsx}"
const OWN_ROUTES = "src/<own>/routes{.tsx,/*.tsx}"
const OWN_WORKER = "src/<own>/worker.ts"
const FACTS = "src/facts.ts"
const CONFIG = "src/config.ts"

/** The first room that holds a file decides. Nobody but `app` and `main` may import routes, reactions, app or main. */
const LAW: Room[] = [
  {
    name: "app and main",
    holds: [
      "src/app.ts",
      "src/intranet.ts",
      "src/listeners.ts",
      "src/calls.ts",
      "src/words.ts",
      "src/upkeep.ts",
      "src/vigil.ts",
      "src/connected.ts",
      "src/webhooks.ts",
      "src/doors.ts",
      "src/main.ts",
    ],
    values: ["src/**", "views/**"],
  },
  {
    name: "composition of the intranet",
    holds: [
      "src/routes.tsx",
      "src/beside.tsx",
      "src/administration.tsx",
      "src/look.tsx",
      "src/letters.tsx",
      "src/number-pages.ts",
    ],
    values: [
      "src/look.tsx",
      "src/administration.tsx",
      "src/beside.tsx",
      "src/number-pages.ts",
      KERNEL,
      DATABASE,
      "src/web/**",
      ROUTES,
      QUERIES,
      RULES,
      "views/**",
      ACTIONS,
    ],
    types: [FACTS, ACTIONS, "src/routes.tsx"],
  },
  { name: "config", holds: [CONFIG], values: [KERNEL] },
  { name: "control", holds: ["src/control.ts"], values: [KERNEL] },
  {
    name: "command",
    holds: ["src/command/**"],
    values: [
      KERNEL,
      DATABASE,
      FACTS,
      CONFIG,
      "src/command/**",
      "src/app.ts",
      "src/listeners.ts",
      "src/control.ts",
      "src/reactions.ts",
      "src/letters.tsx",
      RULES,
      STORES,
      ACTIONS,
      QUERIES,
      "src/web/**",
      "src/simulator/**",
      "src/demo/**",
      "package.json",
    ],
  },
  { name: "facts", holds: [FACTS], values: [], types: [KERNEL, RULES, "src/whatsapp/**"], noPackages: true },
  {
    name: "reactions",
    holds: ["src/reactions.ts", "src/removals.ts", "src/elapsing.ts"],
    values: [KERNEL, DATABASE, ACTIONS, "src/removals.ts", "src/elapsing.ts"],
    types: [FACTS, RULES],
  },
  { name: "kernel", holds: [KERNEL], values: [KERNEL] },
  { name: "database", holds: [DATABASE], values: [KERNEL, DATABASE, FACTS] },
  {
    name: "whatsapp",
    holds: ["src/whatsapp/**"],
    values: [KERNEL, DATABASE, FACTS, "src/whatsapp/**", ACTIONS, QUERIES],
    types: [CONFIG, RULES],
  },
  {
    name: "outbox",
    holds: ["src/outbox/**"],
    values: [KERNEL, DATABASE, FACTS, "src/outbox/**", "src/whatsapp/**", "src/mail/rules.ts", ACTIONS, QUERIES],
    types: [CONFIG, RULES],
  },
  {
    name: "identity",
    holds: ["src/identity/**"],
    values: [KERNEL, "src/identity/**", "src/account/rules/{provider,person,directory}.ts"],
  },
  {
    name: "simulator",
    holds: ["src/simulator/**"],
    values: [
      KERNEL,
      "src/simulator/**",
      "src/whatsapp/signature.ts",
      "views/simulator/**",
      "views/locales/simulator*.ts",
      "views/jsx-runtime.ts",
    ],
    types: ["src/whatsapp/**"],
  },
  {
    name: "web",
    holds: ["src/web/**"],
    values: [KERNEL, DATABASE, FACTS, "src/web/**", "src/account/{rules,queries,actions}{.ts,/*.ts}", "views/**"],
    types: [CONFIG, RULES],
  },
  {
    name: "demo",
    holds: ["src/demo/**"],
    values: [
      KERNEL,
      DATABASE,
      FACTS,
      "src/demo/**",
      "src/simulator/**",
      "src/whatsapp/**",
      ACTIONS,
      QUERIES,
      STORES,
      RULES,
    ],
  },
  {
    name: "rules",
    holds: [RULES],
    values: [KERNEL, RULES],
    types: [FACTS, "src/whatsapp/payload.ts"],
    noPackages: true,
  },
  { name: "store", holds: [STORES], values: [KERNEL, DATABASE, RULES, OWN_STORE], types: [FACTS] },
  { name: "queries", holds: [QUERIES], values: [KERNEL, DATABASE, RULES, QUERIES, OWN_STORE], types: [STORES, FACTS] },
  {
    name: "actions",
    holds: [ACTIONS],
    values: [KERNEL, DATABASE, FACTS, RULES, STORES, QUERIES, OWN_ACTIONS, OWN_WORKER],
  },
  { name: "workers", holds: ["src/*/worker.ts"], values: [KERNEL, RULES], noPackages: true },
  {
    name: "routes",
    holds: [ROUTES],
    values: [KERNEL, "src/web/**", OWN_RULES, OWN_ACTIONS, OWN_ROUTES, QUERIES, "views/**"],
    types: [RULES, DATABASE],
  },
  { name: "views", holds: ["views/**"], values: ["views/**"], types: ["src/**"], noPackages: true },
]

/** Packages that one room keeps to itself, so that the rest of the house does not depend on them. */
const PACKAGE_HOMES: Record<string, string> = {
  "bun:sqlite": DATABASE,
  "@simplewebauthn/server": "src/account/actions/webauthn.ts",
  "@simplewebauthn/server/helpers": "src/account/actions/webauthn.ts",
  "reflect-metadata": "src/kernel/reflection.ts",
  elysia: "src/web/**",
  "@peculiar/x509": "src/web/tls/**",
  pino: "src/kernel/log.ts",
  nodemailer: "src/outbox/mail/**",
  otpauth: "src/account/actions/totp.ts",
  uqr: "src/account/actions/totp.ts",
  "nodemailer/lib/mail-composer": "src/outbox/mail/**",
  "libphonenumber-js/min": "src/kernel/phone.ts",
  "openid-client": "src/identity/providers.ts",
  ldapts: "src/identity/directories.ts",
  fflate: "src/web/{spreadsheet,archive}.ts",
}

/** What each file of `src` and `views` imports against the law. */
export const importTrespasses = (sources: readonly Source[]): string[] => sources.flatMap(trespassesOf)

function trespassesOf({ path, imports }: Source): string[] {
  const room = LAW.find(({ holds }) => isIn(path, holds))
  if (!room) return [`${path} is in no room of the law: put it into one, or decide what the new room may import`]
  return imports.flatMap(({ target, isPackage, typesOnly }) => {
    if (isPackage) return packageTrespass(path, room, target, typesOnly)
    if (isIn(target, room.values, path)) return []
    const asType = isIn(target, room.types ?? [], path)
    if (asType && typesOnly) return []
    return [`${path} imports ${target}: ${room.name} may import ${asType ? "its types only" : "nothing from there"}`]
  })
}

function packageTrespass(path: string, room: Room, name: string, typesOnly: boolean): string[] {
  if (typesOnly) return []
  if (room.noPackages) return [`${path} imports ${name}: ${room.name} may import no package`]
  const home = PACKAGE_HOMES[name]
  return home && !isIn(path, [home]) ? [`${path} imports ${name}: its home is ${home}`] : []
}

const isIn = (path: string, globs: readonly string[], from = path): boolean =>
  globs.some((glob) => new Bun.Glob(glob.replace("<own>", from.split("/")[1] ?? "")).match(path))
