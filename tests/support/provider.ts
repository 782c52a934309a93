/**
 * A provider as people meet it: the reference implementation of OpenID Connect behind a door of our own, which can be
 * told to lie, and a browser that signs in there without being asked.
 */
import { generateKeyPairSync, sign } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import Provider, { type Configuration, interactionPolicy } from "oidc-provider"

export type Claims = Record<string, unknown> & { sub: string }
export type ProviderKind = "entra" | "google" | "salesforce"
type Lie = (claims: Record<string, unknown>) => Record<string, unknown>

export const DIRECTORY_ID = "72f988bf-86f1-41af-91ab-2d7cd011db47"
export const CLIENT = { id: "sportello", secret: "a-secret-that-only-two-know-0123456789" }
const SCOPE = "openid profile email"
/** What each says of people beside their name; Entra ID never says `email_verified`. */
const CLAIMS: Record<ProviderKind, string[]> = {
  entra: ["tid", "oid", "preferred_username", "upn", "idp", "acct", "groups", "email", "xms_edov"],
  google: ["email", "email_verified", "hd"],
  salesforce: ["email", "email_verified", "user_id", "preferred_username", "custom_attributes", "groups"],
}

export type PretendProvider = Awaited<ReturnType<typeof openProvider>>

export async function openProvider(kind: ProviderKind, redirectUris: readonly string[]) {
  const keys = generateKeyPairSync("rsa", { modulusLength: 2_048 })
  const jwk = { ...keys.privateKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "RS256" }
  const path = kind === "entra" ? `/${DIRECTORY_ID}/v2.0` : ""
  const state = {
    person: { sub: "nobody" } as Claims,
    lie: null as Lie | null,
    stranger: false,
    down: false,
    declines: false,
  }
  const backend = createServer()
  await new Promise<void>((ready) => backend.listen(0, "127.0.0.1", ready))
  const inside = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`
  const front = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: (request) => relay(request) })
  const issuer = `http://127.0.0.1:${front.port}${path}`

  const provider = new Provider(
    issuer,
    configurationOf(kind, jwk as never, redirectUris, () => state.person),
  )
  provider.proxy = true
  backend.on("request", (request, response) => void serve(request, response))

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? ""
    Object.assign(request, { originalUrl: url, url: url.slice(path.length) || "/" })
    if (!url.includes("/interaction/")) return provider.callback()(request, response)
    const { params } = await provider.interactionDetails(request, response)
    if (state.declines) return void (await provider.interactionFinished(request, response, { error: "access_denied" }))
    const accountId = state.person.sub
    const grant = new provider.Grant({ accountId, clientId: String(params.client_id) })
    grant.addOIDCScope(`${SCOPE} custom_permissions`)
    await provider.interactionFinished(request, response, {
      select_account: {},
      login: { accountId },
      consent: { grantId: await grant.save() },
    })
  }

  /** Passes everything on, and answers for a provider that is down or lies. */
  async function relay(request: Request): Promise<Response> {
    if (state.down) return new Response("bad gateway", { status: 502 })
    const url = new URL(request.url)
    const headers = new Headers(request.headers)
    headers.set("x-forwarded-host", url.host)
    headers.set("x-forwarded-proto", "http")
    const body = request.method === "POST" ? await request.arrayBuffer() : null
    const target = `${inside}${url.pathname}${url.search}`
    const answer = await fetch(target, { method: request.method, headers, body, redirect: "manual" })
    if (!url.pathname.endsWith("/token") || !answer.ok || (!state.lie && !state.stranger)) return answer
    const tokens = (await answer.json()) as { id_token: string }
    return Response.json({ ...tokens, id_token: forged(tokens.id_token) })
  }

  function forged(token: string): string {
    const [head = "", payload = ""] = token.split(".")
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>
    const told = Buffer.from(JSON.stringify(state.lie ? state.lie(claims) : claims)).toString("base64url")
    const key = state.stranger ? generateKeyPairSync("rsa", { modulusLength: 2_048 }).privateKey : keys.privateKey
    return `${head}.${told}.${sign("RSA-SHA256", Buffer.from(`${head}.${told}`), key).toString("base64url")}`
  }

  return {
    issuer,
    state,
    kind,
    /** Goes where the page leads, signs in there, and answers where it is sent back to. */
    async visit(address: string): Promise<string> {
      const cookies = new Map<string, string>()
      for (let at = address, hops = 0; hops < 8; hops++) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ")
        const answer = await fetch(at, { redirect: "manual", headers: { cookie } })
        for (const line of answer.headers.getSetCookie()) {
          const [pair = ""] = line.split(";")
          cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1))
        }
        const location = answer.headers.get("location")
        if (location === null) throw new Error(`the provider does not go on: ${answer.status} ${await answer.text()}`)
        at = new URL(location, at).href
        if (!at.startsWith(new URL(issuer).origin)) return at
      }
      throw new Error("the provider leads in circles")
    },
    async close() {
      await front.stop(true)
      backend.closeAllConnections()
      await new Promise((done) => backend.close(done))
    },
  }
}

/** All three let people choose among several accounts. */
function choosingAccounts() {
  const policy = interactionPolicy.base()
  policy.add(new interactionPolicy.Prompt({ name: "select_account", requestable: true }), 0)
  return policy
}

function configurationOf(
  kind: ProviderKind,
  jwk: never,
  redirectUris: readonly string[],
  person: () => Claims,
): Configuration {
  const day = 86_400
  return {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [...redirectUris],
        response_types: ["code"],
        grant_types: ["authorization_code"],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    jwks: { keys: [jwk] },
    claims: {
      openid: ["sub"],
      profile: ["name"],
      email: CLAIMS[kind],
      ...(kind === "salesforce" ? { custom_permissions: ["custom_permissions"] } : {}),
    },
    // Salesforce tells a client more by its «userinfo» than in the token.
    conformIdTokenClaims: kind === "salesforce",
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ["of-a-pretend-provider"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => person() }),
    interactions: {
      policy: choosingAccounts(),
      url: (_, { uid }) => `${kind === "entra" ? `/${DIRECTORY_ID}/v2.0` : ""}/interaction/${uid}`,
    },
    ttl: { AccessToken: day, AuthorizationCode: 600, Grant: day, IdToken: 3_600, Interaction: day, Session: day },
  }
}
