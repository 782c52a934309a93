/**
 * Signing in with a provider: sent there with a question that only this browser holds, back once and in time, and let in
 * as whom the provider's own name is linked with – the first time as whom an administrator meant.
 */
import type { AppDatabase } from "~/database/database.ts"
import type { Tx } from "~/database/handles.ts"
import type { Chance } from "~/kernel/chance.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, Refused, refuse } from "~/kernel/step.ts"
import { digestOf, newToken, sameText } from "~/kernel/token.ts"
import { tenantOfSlug } from "~/tenant/queries.ts"
import { signOut, userSubject } from "../actions.ts"
import { candidateById } from "../queries.ts"
import { PROVIDER_VISIT_LIFE } from "../rules/entering.ts"
import { type Person, personIn } from "../rules/person.ts"
import {
  backPath,
  PROVIDER_NAMES,
  type ProviderName,
  type ProviderQuestion,
  type ProviderServer,
  type Providers,
  userMeant,
} from "../rules/provider.ts"
import { beginVisit, endVisit, linkableUsers, linkedUser, linkIdentity } from "../store/providers.ts"
import { loadUser } from "../store.ts"
import { type Arrival, type Entered, enter } from "./entering.ts"
import { actorOf, noteFailure } from "./sign-in.ts"
import { providerServer } from "./ways-in.ts"

export type ProviderSignInParts = { database: AppDatabase; chance: Chance; url: URL; providers: Providers }
export type Departure = {
  slug: string
  provider: ProviderName
  language: string | null
  next: string
  /** They are signed in, and are to prove again who they are. */
  anew: boolean
}
/** What the browser holds meanwhile, sealed. */
type ProviderVisit = Departure & ProviderQuestion & { startedAt: Instant }

const PLACE = "cookie/provider"

/** Where to go, and what the browser is to hold. Refuses login.provider_off, login.provider_down … */
export async function goToProvider(
  { database, chance, url, providers }: ProviderSignInParts,
  departure: Departure,
): Promise<{ to: URL; cookie: string }> {
  const { tenant, server } = serverFor(database, departure)
  const question = { state: newToken(chance), nonce: newToken(chance), verifier: newToken(chance) }
  const back = new URL(backPath(departure.provider, departure.slug), url)
  const address = await providers.address(server, back, question, departure.anew)
  if ("trouble" in address) throw new Refused(refuse(`login.provider_${address.trouble}`))
  const startedAt = await database.tenant(tenant).act({ kind: "stranger", address: "" }, (tx) => {
    beginVisit(tx, digestOf(question.state))
    return tx.now
  })
  const visit: ProviderVisit = { ...departure, ...question, startedAt }
  const cookie = Buffer.from(database.secrets.seal(JSON.stringify(visit), PLACE)).toString("base64url")
  return { to: address.url, cookie }
}

function serverFor(database: AppDatabase, { slug, provider }: Pick<Departure, "slug" | "provider">) {
  const tenant = tenantOfSlug(database.appliance.read, slug)
  const server = tenant === null ? null : providerServer(database.tenant(tenant).read, database.secrets, provider)
  demand(tenant !== null && server?.enabled, "login.provider_off")
  return { tenant, server }
}

export type Return = Arrival & {
  slug: string
  provider: ProviderName
  /** The address the browser came back to, as it stands in the bar. */
  answer: URL
  cookie: string | null
  previousToken: string | null
}
export type ProviderEntered = Entered & { next: string }

/** Refuses login.provider_over, login.provider_unknown, login.provider_guest … */
export async function comeFromProvider(parts: ProviderSignInParts, given: Return): Promise<ProviderEntered> {
  const { database, providers } = parts
  const visit = visitIn(database, given)
  const { tenant, server } = serverFor(database, given)
  const office = database.tenant(tenant)
  const isFirst = await office.act({ kind: "stranger", address: given.address }, (tx) =>
    endVisit(tx, digestOf(visit.state)),
  )
  demand(isFirst, "login.provider_over")
  const answered = await providers.claims(server, given.answer, visit)
  if ("trouble" in answered) throw new Refused(refuse(`login.provider_${answered.trouble}`))
  const person = personIn(server, answered.claims)
  if ("refused" in person) throw new Refused(person)
  const user = await office.act({ kind: "stranger", address: given.address }, (tx) => userFor(tx, server, person))
  return { ...(await letIn(parts, tenant, user, { server, person, visit, given })), next: visit.next }
}

/** What was asked: by this browser, of this provider, for this company, not too long ago. */
function visitIn({ secrets, appliance }: AppDatabase, { cookie, answer, provider, slug }: Return): ProviderVisit {
  const visit = cookie === null ? null : opened(secrets, cookie)
  const state = answer.searchParams.getAll("state")
  const isOurs = visit !== null && state.length === 1 && sameText(visit.state, state[0] ?? "")
  demand(isOurs && visit.provider === provider && visit.slug === slug, "login.provider_over")
  demand(appliance.read.now < visit.startedAt + PROVIDER_VISIT_LIFE, "login.provider_over")
  return visit
}

function opened(secrets: AppDatabase["secrets"], cookie: string): ProviderVisit | null {
  try {
    return JSON.parse(secrets.open(Buffer.from(cookie, "base64url"), PLACE)) as ProviderVisit
  } catch {
    return null
  }
}

/** The linked user, or whoever is meant the first time, linked from now on. */
function userFor(tx: Tx, server: ProviderServer, { issuer, subject, ...person }: Person): Id {
  const { provider } = server
  const known = linkedUser(tx, { provider, issuer, subject })
  if (known !== null) return known
  const meant = userMeant(server, { issuer, subject, ...person }, linkableUsers(tx, provider))
  if ("refused" in meant) throw new Refused(meant)
  linkIdentity(tx, { provider, issuer, subject, user: meant.id })
  const user = loadUser(tx, meant.id)
  const changes = { provider: { before: null, after: PROVIDER_NAMES[provider] } }
  if (user) tx.raise({ type: "audit.due", act: "sign_in.linked", subject: userSubject(user), changes })
  const change = { what: "sign_in.linked", provider: PROVIDER_NAMES[provider] } as const
  tx.raise({ type: "user.way_in_changed", user: meant.id, change })
  return meant.id
}

type Coming = { server: ProviderServer; person: Person; visit: ProviderVisit; given: Return }

async function letIn(
  { database, chance }: ProviderSignInParts,
  tenant: Id,
  id: Id,
  { server, person, visit, given }: Coming,
): Promise<Entered> {
  const candidate = candidateById(database.appliance.read, id)
  demand(candidate?.tenant === tenant && candidate.loginType === "external", "login.provider_unknown")
  if (!candidate.enabled) await noteFailure(database, candidate, given.address)
  demand(candidate.enabled, "login.provider_disabled")
  return database.tenant(tenant).act(actorOf(candidate, given.address), (tx) => {
    const user = loadUser(tx, id)
    demand(user?.enabled && user.loginType === "external", "login.provider_disabled")
    if (given.previousToken) signOut(tx, id, digestOf(given.previousToken))
    const { language, next } = visit
    const way = {
      factorPassed: false,
      language,
      next,
      by: PROVIDER_NAMES[server.provider],
      factorProvedElsewhere: server.trustsFactor && person.factor,
    }
    return enter(tx, { secrets: database.secrets, chance }, user, way, given)
  })
}
