/** To a provider and back. */
import { Leaving } from "views/account/leaving.tsx"
import { translator } from "views/locales/index.ts"
import { found, type Refusal, Refused } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { cookie, expiredCookie, readCookie } from "~/web/cookies.ts"
import { choice, line, optional, text } from "~/web/form.ts"
import { ownPath } from "~/web/request.ts"
import type { OpenVisit } from "~/web/visit.ts"
import { comeFromProvider, type Departure, goToProvider } from "../actions/provider-sign-in.ts"
import type { AccountRouteParts } from "../routes.tsx"
import { PROVIDER_VISIT_LIFE } from "../rules/entering.ts"
import { backPath, PROVIDER_NAMES, PROVIDERS, type ProviderName } from "../rules/provider.ts"
import { arrivalOf, isSecure, leaveCookies, STEP_PAGES } from "./arrival.tsx"

type Leaver = Pick<OpenVisit, "page">

/** The page that sends a browser to a provider, and what it holds meanwhile. Refuses login.provider_… */
export async function leave(visit: Leaver, parts: AccountRouteParts, departure: Departure, language: string) {
  const gone = await goToProvider(parts, departure)
  const t = translator(language)
  const name = PROVIDER_NAMES[departure.provider]
  const response = visit.page(t("departure.title", { provider: name }), <Leaving t={t} name={name} to={gone.to.href} />)
  // Not a redirect of the form: browsers hold every hop of one against the policy for forms, and the company's
  // own pages at a provider lead to hosts that nobody knows before.
  response.headers.set("refresh", `0; url=${gone.to.href}`)
  response.headers.append("set-cookie", cookie("provider", gone.cookie, PROVIDER_VISIT_LIFE, isSecure(parts.url)))
  return response
}

export function providerRoutes({ open }: Areas, parts: AccountRouteParts) {
  const { languages, url, log } = parts
  const shape = {
    provider: choice(PROVIDERS),
    company: line({ most: 63 }),
    language: optional(choice(languages)),
    // The form of the login page is sent whole; what is typed for the password is not looked at.
    shownLanguage: text({ most: 20 }),
    next: text({ most: 1_000 }),
    username: text({ most: 200 }),
    password: text({ most: 1_000 }),
  }
  return open()
    .post("/login/with", async (visit) => {
      const { provider, company: slug, language: selected, shownLanguage, next } = visit.form(shape)
      const language = selected === shownLanguage ? null : selected
      const departure = { slug, provider, language, next: ownPath(next), anew: false }
      return orBack(visit, parts, departure, () => leave(visit, parts, departure, selected ?? visit.language))
    })
    .get("/login/with/:provider/:company", async (visit) => {
      const { request, params, redirect } = visit
      const provider = found(PROVIDERS.find((one) => one === params.provider))
      const slug = params.company
      const response = await orBack(visit, parts, { provider, slug }, async () => {
        const given = {
          ...arrivalOf(request),
          slug,
          provider,
          cookie: readCookie(request, "provider", isSecure(url)),
          previousToken: readCookie(request, "session", isSecure(url)),
          answer: answerAt(request, new URL(backPath(provider, slug), url)),
        }
        const entered = await comeFromProvider(parts, given)
        log.info("signed in", { user: entered.user, provider })
        const page = "step" in entered ? STEP_PAGES[entered.need] : entered.next
        return leaveCookies(redirect(page), entered, url)
      })
      response.headers.append("set-cookie", expiredCookie("provider", isSecure(url)))
      return response
    })
}

/** The address as the provider was told it, with what it added: a proxy between us and the browser may write another. */
function answerAt(request: Request, back: URL): URL {
  back.search = new URL(request.url).search
  return back
}

type To = { provider: ProviderName; slug: string }

/** Whoever does not come in finds the reason on the login page, in one sentence. */
async function orBack(
  visit: OpenVisit,
  { log }: AccountRouteParts,
  { provider, slug }: To,
  go: () => Promise<Response>,
) {
  try {
    return await go()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { refusal } = error
    log.info("sign-in refused", { reason: refusal.refused, provider })
    return visit.redirect(`/login?${new URLSearchParams({ company: slug, turn: turnOf(refusal), by: provider })}`)
  }
}

const turnOf = ({ refused }: Refusal): string => refused.replace(/^login\./, "")
