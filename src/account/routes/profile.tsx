/** One's own data, language, password and sessions (S8, S9). */
import { Profile } from "views/account/profile.tsx"
import { found, Refused } from "~/kernel/step.ts"
import { addressOf } from "~/web/address.ts"
import type { Areas } from "~/web/areas.ts"
import { cookie } from "~/web/cookies.ts"
import { statusOf } from "~/web/errors.ts"
import { choice, type FieldErrors, secret } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { changePassword, endOtherSessions, endOwnSession } from "../actions/changing.ts"
import { changeLanguage } from "../actions.ts"
import { factorStanding, passwordRuleFor, sessionNamed, sessionsOf } from "../queries/standing.ts"
import { userById } from "../queries.ts"
import type { AccountRouteParts } from "../routes.tsx"
import { passkeyPlace } from "../rules/passkeys.ts"
import { arrivalOf, isSecure } from "./arrival.tsx"
import { logoutRoutes } from "./login.tsx"
import { PASSWORD_FIELDS } from "./steps.tsx"

const passwords = {
  current: secret({ most: 1_000 }),
  password: secret({ most: 1_000 }),
  repeated: secret({ most: 1_000 }),
}

export function profileRoutes(areas: Areas, parts: AccountRouteParts) {
  const { languages, url } = parts
  return logoutRoutes(areas, parts)
    .get("/profile", (visit) => profilePage(visit, parts, {}))
    .post("/profile/language", async ({ me, act, form, stay }) => {
      const { language } = form({ language: choice(languages) })
      await act((tx) => changeLanguage(tx, me.id, language))
      return stay("/profile")
    })
    .post("/profile/password", async (visit) => {
      const { session, actor, request } = visit
      const form = visit.checkForm(passwords)
      if (!form.valid) return profilePage(visit, parts, form.errors)
      try {
        const { browser } = arrivalOf(request)
        const from = { address: addressOf(request), browser }
        const token = await changePassword(parts, session, actor, form.values, from)
        const response = visit.redirect("/profile?done=password")
        response.headers.append("set-cookie", cookie("session", token, "browser", isSecure(url)))
        return response
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return profilePage(visit, parts, { [fieldOf(error.refusal.refused)]: error.refusal })
      }
    })
    .post("/profile/sessions/:session/ending", async ({ me, read, params, act, redirect }) => {
      const tokenHash = found(sessionNamed(read, me.id, params.session))
      await act((tx) => endOwnSession(tx, me.id, tokenHash))
      return redirect("/profile?done=session")
    })
    .post("/profile/sessions/ending", async ({ me, session, act, redirect }) => {
      await act((tx) => endOtherSessions(tx, me.id, session.tokenHash))
      return redirect("/profile?done=sessions")
    })
}

const DONE = [
  "password",
  "session",
  "sessions",
  "factor_on",
  "factor_off",
  "passkey_added",
  "passkey_renamed",
  "passkey_removed",
] as const
export type ProfileDone = (typeof DONE)[number]

export function profilePage(
  { me, read, session, query, page }: Visit,
  { screenOf, languages, url }: AccountRouteParts,
  errors: FieldErrors,
): Response {
  const screen = screenOf(me, read)
  const done = DONE.find((one) => one === query.get("done")) ?? null
  const props = {
    screen,
    user: found(userById(read, me.id)),
    languages,
    errors,
    done,
    factor: factorStanding(read, me.id),
    sessions: sessionsOf(read, me.id, session.tokenHash),
    least: passwordRuleFor(read, me.id).least,
    hasPasskeys: passkeyPlace(url) !== null,
    address: url.origin,
  }
  const [first] = Object.values(errors)
  const status = first ? (first.refused.startsWith("field.") ? 422 : statusOf(first)) : 200
  return page(screen.t("profile.title"), <Profile {...props} />, status)
}

function fieldOf(refused: string): string {
  if (refused === "password.wrong" || refused === "login.throttled") return "current"
  return PASSWORD_FIELDS[refused] ?? (refused.startsWith("password.") ? "password" : "form")
}
