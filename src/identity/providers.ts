/**
 * Speaks OpenID Connect with the providers people sign in with: code flow with PKCE, every proof of the ID token
 * verified, the signature too. Calls go through the outbound door to the provider's own servers and nowhere else; what
 * the provider hands out for its own services is used for one question at most and not kept.
 */
import * as oidc from "openid-client"
import { asksPermissions, lacksGroups } from "~/account/rules/person.ts"
import type {
  Examination,
  ProviderAnswer,
  ProviderQuestion,
  ProviderServer,
  Providers,
  ProviderTrouble,
} from "~/account/rules/provider.ts"
import { type Claims, issuerOf, originsOf } from "~/account/rules/provider.ts"
import { type Instant, minutes, seconds } from "~/kernel/clock.ts"
import type { Destination, Outbound, OutboundRequest } from "~/kernel/outbound.ts"

export type ProvidersParts = {
  now: () => Instant
  /** A door that leads to these and to nothing else. */
  doorTo: (destinations: readonly Destination[]) => Outbound
}

const PURPOSE = "sign-in"
const TIMEOUT = seconds(10)
const MOST_BYTES = 1_000_000
/** What a provider says of its own addresses is believed for so long. */
const KNOWN_FOR = minutes(10)
const SCOPE = "openid profile email"
const scopeFor = (server: ProviderServer): string => (asksPermissions(server) ? `${SCOPE} custom_permissions` : SCOPE)

type Metadata = { metadata: oidc.ServerMetadata; until: Instant }

export function createProviders({ now, doorTo }: ProvidersParts): Providers {
  const known = new Map<string, Metadata>()

  /** The provider as it describes itself, spoken to as `server` sets. */
  async function configuration(server: ProviderServer, line: Line, anew = false): Promise<oidc.Configuration> {
    const issuer = issuerOf(server)
    const kept = known.get(issuer)
    const authentication = oidc.ClientSecretPost(server.clientSecret)
    const execute = issuer.startsWith("http:") ? [oidc.allowInsecureRequests] : []
    const options = { [oidc.customFetch]: line.fetch, timeout: 0, execute }
    if (kept && now() < kept.until && !anew) {
      const config = new oidc.Configuration(kept.metadata, server.clientId, undefined, authentication)
      for (const apply of execute) apply(config)
      config[oidc.customFetch] = line.fetch
      return strict(config)
    }
    const config = await oidc.discovery(new URL(issuer), server.clientId, undefined, authentication, options)
    known.set(issuer, { metadata: config.serverMetadata(), until: now() + KNOWN_FOR })
    return strict(config)
  }

  return {
    address: (server, back, { state, nonce, verifier }, anew) =>
      speaking(server, doorTo, async (line) => {
        const config = await configuration(server, line)
        const parameters = {
          redirect_uri: back.href,
          scope: scopeFor(server),
          state,
          nonce,
          response_type: "code",
          code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
          code_challenge_method: "S256",
          // People have several accounts: the one of the company is to be chosen. Google knows no other question.
          prompt: anew && server.provider !== "google" ? "login" : "select_account",
          ...hostedDomain(server),
        }
        return { url: oidc.buildAuthorizationUrl(config, parameters) }
      }),
    claims: (server, answer, question) =>
      speaking(server, doorTo, async (line) => {
        const config = await configuration(server, line)
        return { claims: await provedClaims(server, config, answer, question) }
      }),
    examine: (server, back) =>
      speaking(server, doorTo, async (line) => {
        const config = await configuration(server, line, true)
        return await whetherKnown(config, back)
      }),
  }
}

/** A hint that saves people of one company the choice; it proves nothing. */
const hostedDomain = ({ provider, allowedDomains }: ProviderServer): Record<string, string> =>
  provider === "google" && allowedDomains.length === 1 ? { hd: allowedDomains[0] ?? "" } : {}

/** The ID token comes straight from the provider; its signature is verified all the same. */
function strict(config: oidc.Configuration): oidc.Configuration {
  oidc.enableNonRepudiationChecks(config)
  return config
}

async function provedClaims(
  server: ProviderServer,
  config: oidc.Configuration,
  answer: URL,
  question: ProviderQuestion,
): Promise<Claims> {
  const { state, nonce, verifier } = question
  const expected = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
  const tokens = await oidc.authorizationCodeGrant(config, answer, expected)
  const claims = tokens.claims()
  if (!claims) throw new Error("no ID token")
  const isEnough = "email" in claims && !lacksGroups(server, claims)
  if (isEnough || !config.serverMetadata().userinfo_endpoint) return claims
  // Salesforce says more of people there than in the token, whose own words stand.
  return { ...(await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)), ...claims }
}

/** A code that nobody gave out is refused; how it is refused tells whether the client's secret was right. */
async function whetherKnown(config: oidc.Configuration, back: URL): Promise<Examination> {
  const parameters = { code: "of-a-test", redirect_uri: back.href, code_verifier: "0".repeat(43) }
  try {
    await oidc.genericGrantRequest(config, "authorization_code", parameters)
    return { secret: "unknown", answer: null }
  } catch (error) {
    if (!(error instanceof oidc.ResponseBodyError) && !(error instanceof oidc.WWWAuthenticateChallengeError))
      throw error
    const said = error instanceof oidc.ResponseBodyError ? error.error : "invalid_client"
    if (said === "invalid_grant") return { secret: "accepted", answer: null }
    return { secret: /client/.test(said) ? "refused" : "unknown", answer: wordsOf(error) }
  }
}

/** What became of the calls that one question needed. */
type Line = { fetch: oidc.CustomFetch; broken: string | null }

async function speaking<Value>(
  server: ProviderServer,
  doorTo: ProvidersParts["doorTo"],
  work: (line: Line) => Promise<ProviderAnswer<Value>>,
): Promise<ProviderAnswer<Value>> {
  const door = doorTo(originsOf(server))
  const line: Line = { broken: null, fetch: (url, options) => through(door, line, url, options) }
  try {
    return await work(line)
  } catch (error) {
    if (line.broken !== null) return { trouble: "down", answer: line.broken }
    return { trouble: troubleOf(error), answer: wordsOf(error) }
  }
}

async function through(door: Outbound, line: Line, url: string, options: oidc.CustomFetchOptions): Promise<Response> {
  const { method, headers, body } = options
  const reply = await door.send({
    purpose: PURPOSE,
    url,
    method: method as OutboundRequest["method"],
    headers: { ...headers },
    ...(body === undefined || body === null ? {} : { body: String(body) }),
    timeoutMs: TIMEOUT,
    maxBytes: MOST_BYTES,
  })
  if (reply.result !== "answered") line.broken = reply.reason
  else if (reply.status >= 500) line.broken = String(reply.status)
  else return new Response(reply.status === 204 ? null : reply.body, { status: reply.status, headers: reply.headers })
  throw new Error(line.broken)
}

function troubleOf(error: unknown): ProviderTrouble {
  if (error instanceof oidc.AuthorizationResponseError)
    return /^(access_denied|login_required|interaction_required|consent_required|account_selection_required)$/.test(
      error.error,
    )
      ? "declined"
      : /^(server_error|temporarily_unavailable)$/.test(error.error)
        ? "down"
        : "misconfigured"
  if (error instanceof oidc.WWWAuthenticateChallengeError) return "misconfigured"
  // A code that was used already, or that is another client's, proves nothing.
  if (error instanceof oidc.ResponseBodyError) return error.error === "invalid_grant" ? "untrusted" : "misconfigured"
  return "untrusted"
}

/** The provider's own words, for whoever sets it up. */
function wordsOf(error: unknown): string | null {
  if (error instanceof oidc.ResponseBodyError || error instanceof oidc.AuthorizationResponseError)
    return [error.error, error.error_description].filter(Boolean).join(": ").slice(0, 500)
  return error instanceof Error ? error.message.slice(0, 500) : null
}
