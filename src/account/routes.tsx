/** Signing in and out, the first run, one's own profile. */

import type { Html } from "views/jsx-runtime.ts"
import type { Chance } from "~/kernel/chance.ts"
import { days } from "~/kernel/clock.ts"
import type { Log } from "~/kernel/log.ts"
import { NotFound, type Refusal, Refused } from "~/kernel/step.ts"
import { addressOf, networkOf } from "~/web/address.ts"
import type { Areas } from "~/web/areas.ts"
import { cookie, expiredCookie, readCookie } from "~/web/cookies.ts"
import { statusOf } from "~/web/errors.ts"
import { choice, type FieldErrors, line, optional, secret, text } from "~/web/form.ts"
import type { Phrase } from "~/web/look.ts"
import { ownPath } from "~/web/request.ts"
import type { OpenVisit } from "~/web/visit.ts"
import { type FirstAdmin, type SetupParts, setUp, setupIsOpen } from "./actions/setup.ts"
import { type SignedIn, signIn } from "./actions/sign-in.ts"
import { changeLanguage, signOut } from "./actions.ts"
import { userById } from "./queries.ts"

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
}
export type SetupProps = {
  t: Phrase
  csrfToken: string
  token: string
  typed: { username: string; firstName: string; lastName: string }
  errors: FieldErrors
}
export type ProfileProps = {
  t: Phrase
  csrfToken: string
  user: { username: string; email: string | null; firstName: string; lastName: string; level: string; language: string }
  languages: readonly string[]
}
export type AccountViews = {
  Login(props: LoginProps): Html
  Setup(props: SetupProps): Html
  Profile(props: ProfileProps): Html
}
export type AccountParts = SetupParts & {
  chance: Chance
  log: Log
  url: URL
  languages: readonly string[]
  views: AccountViews
}

/** A browser that signed in once is known for this long. */
const DEVICE_KNOWN = days(400)

export const accountRoutes = (areas: Areas, parts: AccountParts) => [
  loginRoutes(areas, parts),
  setupRoutes(areas, parts),
  profileRoutes(areas, parts),
]

function loginRoutes({ open }: Areas, parts: AccountParts) {
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
      const wanted = visit.query.get("language")
      const language = languages.find((known) => known === wanted) ?? visit.language
      return loginPage(visit.inLanguage(language), parts, {
        ...{ username: "", shownLanguage: visit.language, next: ownPath(visit.query.get("next")), refusal: null },
      })
    })
    .post("/login", async (visit) => {
      const { username, password, language: selected, shownLanguage, next } = visit.form(shape)
      const language = selected === shownLanguage ? null : selected
      try {
        const signedIn = await signIn(parts, { username, password, language, ...browserOf(visit.request, parts) })
        log.info("signed in", { user: signedIn.user })
        return withSession(visit.redirect(ownPath(next)), signedIn, parts)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        const { refusal } = error
        log.info("sign-in refused", { reason: refusal.refused })
        const again = visit.inLanguage(selected ?? visit.language)
        return loginPage(again, parts, { username, shownLanguage, next: ownPath(next), refusal })
      }
    })
}

type LoginState = Pick<LoginProps, "username" | "shownLanguage" | "next" | "refusal">

function loginPage(visit: OpenVisit, { views, languages }: AccountParts, state: LoginState): Response {
  const { page, t, csrfToken, language } = visit
  const panel = <views.Login {...{ t, csrfToken, language, languages, ...state }} />
  const response = page(t("login.title"), panel, state.refusal ? statusOf(state.refusal) : 200)
  const wait = state.refusal?.detail?.seconds
  if (wait !== undefined) response.headers.set("retry-after", String(wait))
  return response
}

const browserOf = (request: Request, { url }: AccountParts) => ({
  network: networkOf(addressOf(request)),
  address: addressOf(request),
  device: readCookie(request, "device", isSecure(url)),
  previousToken: readCookie(request, "session", isSecure(url)),
})

function withSession(response: Response, { token, device, language }: SignedIn, { url }: AccountParts): Response {
  response.headers.append("set-cookie", cookie("session", token, "browser", isSecure(url)))
  response.headers.append("set-cookie", cookie("device", device, DEVICE_KNOWN, isSecure(url)))
  response.headers.append("set-cookie", cookie("language", language, DEVICE_KNOWN, isSecure(url)))
  return response
}

function setupRoutes({ open }: Areas, parts: AccountParts) {
  const { database, languages, views } = parts
  const shape = {
    ...{ username: line({ most: 64 }), firstName: line({ most: 100 }), lastName: text({ most: 100 }) },
    ...{ password: secret({ most: 1_000 }), repeated: secret({ most: 1_000 }) },
  }
  const setupPage = (visit: OpenVisit<"token">, typed: Partial<SetupProps["typed"]>, errors: FieldErrors) => {
    const { t, csrfToken, params } = visit
    const kept = { username: "", firstName: "", lastName: "", ...typed }
    const panel = <views.Setup t={t} csrfToken={csrfToken} token={params.token} typed={kept} errors={errors} />
    return visit.page(t("setup.title"), panel, Object.keys(errors).length > 0 ? 422 : 200)
  }
  return open()
    .get("/setup/:token", (visit) => {
      if (!setupIsOpen(database.appliance.read, visit.params.token)) throw new NotFound()
      return setupPage(visit, {}, {})
    })
    .post("/setup/:token", async (visit) => {
      if (!setupIsOpen(database.appliance.read, visit.params.token)) throw new NotFound()
      const form = visit.checkForm(shape)
      if (!form.valid) return setupPage(visit, form.typed, form.errors)
      const { username, firstName, lastName } = form.values
      try {
        const language = languages.find((known) => known === visit.language) ?? "en"
        await setUp(parts, visit.params.token, { ...form.values, language })
        return visit.redirect("/login")
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return setupPage(visit, { username, firstName, lastName }, { [fieldOf(error.refusal)]: error.refusal })
      }
    })
}

/** The field that a refusal of the first admin is about. */
function fieldOf({ refused }: Refusal): keyof FirstAdmin | "form" {
  if (refused === "password.not_repeated") return "repeated"
  if (refused.startsWith("password.")) return "password"
  if (refused.startsWith("username.")) return "username"
  return refused === "user.name_malformed" ? "firstName" : "form"
}

function profileRoutes({ signedIn }: Areas, { url, languages, views }: AccountParts) {
  return signedIn()
    .post("/logout", async ({ me, session, act, redirect }) => {
      await act((tx) => signOut(tx, me.id, session.tokenHash))
      const response = redirect("/login")
      response.headers.append("set-cookie", expiredCookie("session", isSecure(url)))
      response.headers.set("clear-site-data", '"cache", "storage"')
      return response
    })
    .get("/profile", ({ me, read, t, csrfToken, page }) => {
      const user = userById(read, me.id)
      if (!user) throw new NotFound()
      return page(t("profile.title"), <views.Profile t={t} csrfToken={csrfToken} user={user} languages={languages} />)
    })
    .post("/profile/language", async ({ me, act, form, back }) => {
      const { language } = form({ language: choice(languages) })
      await act((tx) => changeLanguage(tx, me.id, language))
      return back("/profile")
    })
}

const isSecure = (url: URL) => url.protocol === "https:"
