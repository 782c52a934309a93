/** Signing in and out. */

import type { Html } from "views/jsx-runtime.ts"
import type { Look } from "~/brand/rules.ts"
import { type Refusal, Refused } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { cookie, expiredCookie, readCookie } from "~/web/cookies.ts"
import { statusOf } from "~/web/errors.ts"
import { choice, optional, text } from "~/web/form.ts"
import type { Phrase } from "~/web/look.ts"
import { ownPath } from "~/web/request.ts"
import type { OpenVisit } from "~/web/visit.ts"
import { type SignedIn, signIn } from "../actions/sign-in.ts"
import { signOut } from "../actions.ts"
import { type LoginCompany, loginCompany, loginLook } from "../queries/ways-in.ts"
import type { AccountRouteParts } from "../routes.tsx"
import { DEVICE_KNOWN } from "../rules/entering.ts"
import { passkeyPlace } from "../rules/passkeys.ts"
import { PROVIDER_NAMES, PROVIDER_TURNS, PROVIDERS } from "../rules/provider.ts"
import { arrivalOf, isSecure, leaveCookies, STEP_PAGES } from "./arrival.tsx"

export type LoginProps = {
  t: Phrase
  csrfToken: string
  username: string
  language: string
  /** What was selected when the page was first shown: whoever leaves it there keeps their own. */
  shownLanguage: string
  languages: readonly string[]
  /** Where to go afterwards. */
  next: string
  refusal: Refusal | null
  /** What has just been done: a password was reset. */
  notice?: "password_reset" | null
  /** Whose providers are offered. */
  company: LoginCompany
  /** Browsers have passkeys for this address. */
  hasPasskeys?: boolean
  /** The provider that a refusal is about. */
  by?: string | null
  /** How the company looks whose login page it is. */
  look?: Look | null
}
export type LoginViews = { Login(props: LoginProps): Html }

export function loginRoutes({ open }: Areas, parts: AccountRouteParts) {
  const { languages, log } = parts
  const shape = {
    username: text({ most: 200 }),
    password: text({ most: 1_000 }),
    language: optional(choice(languages)),
    shownLanguage: text({ most: 20 }),
    next: text({ most: 1_000 }),
    /** Of the buttons of its providers, in the same form. */
    company: text({ most: 63 }),
  }
  return open()
    .get("/login", (visit) => {
      const { query } = visit
      const wanted = query.get("language")
      const language = languages.find((known) => known === wanted) ?? visit.language
      const notice = query.get("done") === "password_reset" ? "password_reset" : null
      const { refusal, by } = turnOf(query)
      const username = (query.get("username") ?? "").slice(0, 200)
      const response = loginPage(visit.inLanguage(language), parts, {
        username,
        shownLanguage: visit.language,
        next: ownPath(query.get("next")),
        refusal,
        by,
        notice,
      })
      return rememberingCompany(response, visit, parts)
    })
    .post("/login", async (visit) => {
      const { username, password, language: selected, shownLanguage, next } = visit.form(shape)
      const language = selected === shownLanguage ? null : selected
      const attempt = { username, password, language, next: ownPath(next) }
      try {
        const signedIn = await signIn(parts, { ...attempt, ...browserOf(visit.request, parts) })
        log.info("signed in", { user: signedIn.user })
        const page = "step" in signedIn ? STEP_PAGES[signedIn.need] : attempt.next
        return withCookies(visit.redirect(page), signedIn, parts)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        const { refusal } = error
        log.info("sign-in refused", { reason: refusal.refused })
        const again = visit.inLanguage(selected ?? visit.language)
        return loginPage(again, parts, { username, shownLanguage, next: attempt.next, refusal, notice: null })
      }
    })
}

type LoginState = Pick<LoginProps, "username" | "shownLanguage" | "next" | "refusal" | "notice" | "by">

/** What an address may say of an attempt that came to nothing: a sentence of a closed list. */
function turnOf(query: URLSearchParams): { refusal: Refusal | null; by: string | null } {
  if (query.get("over") === "step") return { refusal: { refused: "login.step_over" }, by: null }
  const turn = PROVIDER_TURNS.find((one) => one === query.get("turn"))
  const provider = PROVIDERS.find((one) => one === query.get("by"))
  const by = provider ? PROVIDER_NAMES[provider] : null
  return { refusal: turn && by ? { refused: `login.${turn}`, detail: { provider: by } } : null, by }
}

/** Another time the same company is offered; an empty name forgets it. */
function rememberingCompany(response: Response, visit: OpenVisit, { url, database }: AccountRouteParts): Response {
  const asked = visit.query.get("company")
  if (asked === null) return response
  const known = loginCompany(database, asked, null).slug
  const slug = known ?? (loginLook(database, asked, null) === null ? null : asked || null)
  const secure = isSecure(url)
  const line = slug === null ? expiredCookie("company", secure) : cookie("company", slug, DEVICE_KNOWN, secure)
  response.headers.append("set-cookie", line)
  return response
}

export function loginPage(
  visit: OpenVisit,
  { views, languages, database, url }: AccountRouteParts,
  state: LoginState,
): Response {
  const { t, csrfToken, language, query, request } = visit
  const named = [query.get("company"), readCookie(request, "company", isSecure(url))] as const
  const look = loginLook(database, ...named)
  const offered = loginCompany(database, ...named)
  const company = { ...offered, isUnknown: offered.isUnknown && look === null }
  const hasPasskeys = passkeyPlace(url) !== null
  const { page } = visit.lookingAs(look)
  const panel = (
    <views.Login
      t={t}
      csrfToken={csrfToken}
      language={language}
      languages={languages}
      company={company}
      hasPasskeys={hasPasskeys}
      look={look}
      {...state}
    />
  )
  const isRefused = state.refusal !== null && request.method === "POST"
  const response = page(t("login.title"), panel, isRefused && state.refusal ? statusOf(state.refusal) : 200)
  const wait = state.refusal?.detail?.seconds
  if (wait !== undefined) response.headers.set("retry-after", String(wait))
  return response
}

const browserOf = (request: Request, { url }: AccountRouteParts) => ({
  ...arrivalOf(request),
  device: readCookie(request, "device", isSecure(url)),
  previousToken: readCookie(request, "session", isSecure(url)),
})

function withCookies(response: Response, signedIn: SignedIn, { url }: AccountRouteParts): Response {
  leaveCookies(response, signedIn, url)
  response.headers.append("set-cookie", cookie("device", signedIn.device, DEVICE_KNOWN, isSecure(url)))
  return response
}

export const logoutRoutes = ({ signedIn }: Areas, { url }: AccountRouteParts) =>
  signedIn().post("/logout", async ({ me, session, act, redirect }) => {
    await act((tx) => signOut(tx, me.id, session.tokenHash))
    const response = redirect("/login")
    response.headers.append("set-cookie", expiredCookie("session", isSecure(url)))
    response.headers.set("clear-site-data", '"cache", "storage"')
    return response
  })
