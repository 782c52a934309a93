/** A11, sign-in: the providers and the directory of a company, each with a test that says what it heard. */
import { DirectoryPage } from "views/account/directory-page.tsx"
import { ProviderPage } from "views/account/provider-page.tsx"
import { WaysInPage } from "views/account/ways-in.tsx"
import { found, Refused } from "~/kernel/step.ts"
import { skillsetChoices } from "~/skillset/queries.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import type { Areas } from "~/web/areas.ts"
import type { FieldErrors } from "~/web/form.ts"
import { checkbox, choice, line, optional, secret, text } from "~/web/form.ts"
import { proven } from "~/web/proof.tsx"
import type { Visit } from "~/web/visit.ts"
import {
  directoryServer,
  providerServer,
  removeProvider,
  setDirectory,
  setProvider,
  unlinkUser,
} from "../actions/ways-in.ts"
import { waysIn } from "../queries/ways-in.ts"
import type { AccountRouteParts } from "../routes.tsx"
import { DIRECTORY_WAYS, decidedBy } from "../rules/directory.ts"
import { readGroupRules, writeGroupRules } from "../rules/group-rules.ts"
import { backPath, PROVIDERS, type ProviderName, wordsIn } from "../rules/provider.ts"

const PATH = "/admin/ways-in"
const providerForm = {
  enabled: checkbox,
  clientId: line({ most: 300 }),
  clientSecret: optional(secret({ most: 2_000 })),
  account: text({ most: 300 }),
  allowedDomains: text({ most: 5_000 }),
  allowedGroups: text({ most: 5_000 }),
  guests: checkbox,
  linksByEmail: checkbox,
  trustsFactor: checkbox,
}
const directoryForm = {
  enabled: checkbox,
  url: line({ most: 300 }),
  startTls: checkbox,
  certificate: text({ most: 20_000 }),
  way: choice(DIRECTORY_WAYS),
  bindName: text({ most: 500 }),
  serviceName: text({ most: 500 }),
  servicePassword: optional(secret({ most: 1_000 })),
  searchBase: text({ most: 500 }),
  userFilter: text({ most: 500 }),
  groupBase: text({ most: 500 }),
  allowedGroups: text({ most: 10_000 }),
  groupRules: text({ most: 20_000 }),
}

export function waysInRoutes({ administration }: Areas, parts: AccountRouteParts) {
  const { database, providers } = parts
  const { secrets } = database
  const one = ({ params }: Visit<"provider">) => found(PROVIDERS.find((name) => name === params.provider))
  return administration()
    .get(PATH, ({ me, read, page }) => {
      const screen = parts.screenOf(me, read)
      return page(screen.t("ways_in.title"), <WaysInPage screen={screen} {...waysIn(read)} />)
    })
    .get(
      `${PATH}/directory`,
      proven(parts, (visit) => directoryPage(visit, parts, {})),
    )
    .post(
      `${PATH}/directory`,
      proven(parts, (visit) => saveDirectory(visit, parts)),
    )
    .post(
      `${PATH}/directory/removing`,
      proven(parts, async ({ act, redirect }) => {
        await act((tx) => setDirectory(tx, secrets, null))
        return redirect(`${PATH}/directory?done=removed`)
      }),
    )
    .post(`${PATH}/directory/test`, (visit) => testDirectory(visit, parts))
    .get(
      `${PATH}/providers/:provider`,
      proven(parts, (visit) => providerPage(visit, parts, one(visit), {})),
    )
    .post(
      `${PATH}/providers/:provider`,
      proven(parts, async (visit) => {
        const provider = one(visit)
        const form = visit.checkForm(providerForm)
        if (!form.valid) return providerPage(visit, parts, provider, { errors: form.errors, written: form.written })
        const issuer = waysIn(visit.read).providers.find((kept) => kept.provider === provider)?.issuer ?? null
        const { allowedDomains, allowedGroups, ...values } = form.values
        const lists = { allowedDomains: wordsIn(allowedDomains), allowedGroups: linesIn(allowedGroups) }
        const errors = await errorsOf(() =>
          visit.act((tx) => setProvider(tx, secrets, { ...values, ...lists, provider, issuer })),
        )
        if (errors) return providerPage(visit, parts, provider, { errors, written: form.written })
        return visit.redirect(`${PATH}/providers/${provider}?done=saved`)
      }),
    )
    .post(
      `${PATH}/providers/:provider/removing`,
      proven(parts, async (visit) => {
        const provider = one(visit)
        await visit.act((tx) => removeProvider(tx, provider))
        return visit.redirect(`${PATH}/providers/${provider}?done=removed`)
      }),
    )
    .post(`${PATH}/providers/:provider/test`, async (visit) => {
      const provider = one(visit)
      const server = found(providerServer(visit.read, secrets, provider))
      const outcome = await providers.examine(server, backTo(visit, parts, provider))
      return providerPage(visit, parts, provider, { outcome })
    })
    .post("/admin/users/:id/provider/unlinking", async ({ id, act, redirect }) => {
      const user = id("id")
      await act((tx) => unlinkUser(tx, user))
      return redirect(`/admin/users/${user}?done=saved`)
    })
}

const backTo = ({ read }: Pick<Visit, "read">, { url }: AccountRouteParts, provider: ProviderName) =>
  new URL(backPath(provider, tenantProfile(read).slug), url)

const linesIn = (typed: string): string[] => [
  ...new Set(
    typed
      .split("\n")
      .map((each) => each.trim())
      .filter(Boolean),
  ),
]
const statusFor = (errors: FieldErrors = {}) => (Object.keys(errors).length > 0 ? 422 : 200)
type Written = Readonly<Record<string, readonly string[]>>
type Shown<Outcome> = { errors?: FieldErrors; written?: Written; outcome?: Outcome }

/** Which field a refusal is about, by its key. */
const FIELDS: Readonly<Record<string, string>> = {
  "provider.client_malformed": "clientId",
  "provider.secret_missing": "clientSecret",
  "provider.directory_malformed": "account",
  "provider.my_domain_malformed": "account",
  "provider.my_domain_shared": "account",
  "provider.domain_malformed": "allowedDomains",
  "provider.domain_needed": "allowedDomains",
  "provider.too_many": "allowedDomains",
  "directory.url_malformed": "url",
  "directory.tls_twice": "url",
  "directory.too_long": "form",
  "directory.certificate_malformed": "certificate",
  "directory.bind_name_malformed": "bindName",
  "directory.service_needed": "serviceName",
  "directory.service_password_needed": "servicePassword",
  "directory.base_needed": "searchBase",
  "directory.filter_malformed": "userFilter",
  "directory.rule_malformed": "groupRules",
  "provider.groups_not_told": "allowedGroups",
}

async function errorsOf(deed: () => Promise<unknown>): Promise<FieldErrors | null> {
  try {
    await deed()
    return null
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { [FIELDS[error.refusal.refused] ?? "form"]: error.refusal }
  }
}

const DONE = ["saved", "removed"] as const
const doneOf = ({ query }: Pick<Visit, "query">) => DONE.find((one) => one === query.get("done")) ?? null

type ProviderShown = Shown<Parameters<typeof ProviderPage>[0]["outcome"]>

function providerPage(visit: Visit, parts: AccountRouteParts, provider: ProviderName, shown: ProviderShown): Response {
  const { me, read, page } = visit
  const screen = parts.screenOf(me, read)
  const { errors = {}, written, outcome = null } = shown
  const kept = waysIn(read).providers.find((one) => one.provider === provider) ?? null
  const props = {
    screen,
    provider,
    kept,
    errors,
    outcome,
    written: written ?? null,
    done: doneOf(visit),
    backAddress: backTo(visit, parts, provider).href,
  }
  return page(screen.t("ways_in.title"), <ProviderPage {...props} />, statusFor(errors))
}

async function saveDirectory(visit: Visit, parts: AccountRouteParts): Promise<Response> {
  const form = visit.checkForm(directoryForm)
  if (!form.valid) return directoryPage(visit, parts, { errors: form.errors, written: form.written })
  const { certificate, allowedGroups, groupRules: typed, ...values } = form.values
  const known = skillsetChoices(visit.read).map(({ name }) => name)
  const errors = await errorsOf(async () => {
    const groupRules = readGroupRules(typed, known)
    if ("refused" in groupRules) throw new Refused(groupRules)
    const given = {
      ...values,
      groupRules,
      certificate: certificate.trim() === "" ? null : certificate.trim(),
      allowedGroups: linesIn(allowedGroups),
    }
    await visit.act((tx) => setDirectory(tx, parts.database.secrets, given))
  })
  return errors
    ? directoryPage(visit, parts, { errors, written: form.written })
    : visit.redirect(`${PATH}/directory?done=saved`)
}

type DirectoryShown = Shown<Parameters<typeof DirectoryPage>[0]["outcome"]>

function directoryPage(
  visit: Visit,
  parts: AccountRouteParts,
  { errors = {}, written, outcome }: DirectoryShown,
): Response {
  const { me, read, page } = visit
  const screen = parts.screenOf(me, read)
  const { directory } = waysIn(read)
  const rules = directory ? writeGroupRules(directory.groupRules) : ""
  const props = {
    screen,
    directory,
    rules,
    errors,
    written: written ?? null,
    outcome: outcome ?? null,
    done: doneOf(visit),
  }
  return page(screen.t("ways_in.directory"), <DirectoryPage {...props} />, statusFor(errors))
}

async function testDirectory(visit: Visit, parts: AccountRouteParts): Promise<Response> {
  const form = visit.checkForm({ username: text({ most: 200 }), password: optional(secret({ most: 1_000 })) })
  if (!form.valid) return directoryPage(visit, parts, { errors: form.errors })
  const { username, password } = form.values
  const server = found(directoryServer(visit.read, parts.database.secrets))
  if (username.trim() === "" || password === null) {
    const trouble = await parts.directories.examine(server)
    return directoryPage(visit, parts, { outcome: trouble ?? { result: "reached" } })
  }
  const answer = await parts.directories.check(server, username.trim(), password)
  if (answer.result !== "right") return directoryPage(visit, parts, { outcome: answer })
  return directoryPage(visit, parts, { outcome: { ...answer, decided: decidedBy(server, answer.groups) } })
}
