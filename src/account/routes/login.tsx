/** Signing in and out. */

import type { Html } from "views/jsx-runtime.ts"
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
import type { AccountRouteParts } from "../routes.tsx"
import { DEVICE_KNOWN } from "../rules/entering.ts"
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
  }
  return open()
    .get("/login", (visit) => {
      const { query } = visit
      const wanted = query.get("language")
      const language = languages.find((known) => known === wanted) ?? visit.language
      const notice = query.get("done") === "password_reset" ? "password_reset" : null
      const refusal = query.get("over") === "step" ? { refused: "login.step_over" } : null
      const username = (query.get("username") ?? "").slice(0, 200)
      return loginPage(visit.inLanguage(language), parts, {
        ...{ username, shownLanguage: visit.language, next: ownPath(query.get("next")), refusal, notice },
      })
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

type LoginState = Pick<LoginProps, "username" | "shownLanguage" | "next" | "refusal" | "notice">

function loginPage(visit: OpenVisit, { views, languages }: AccountRouteParts, state: LoginState): Response {
  const { page, t, csrfToken, language } = visit
  const panel = <views.Login {...{ t, csrfToken, language, languages, ...state }} />
  const isRefused = state.refusal !== null && state.refusal.refused !== "login.step_over"
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
