/** The pages between a right password and a session. */
import { CodeStep, FactorStep, NewPassword, RecoveryCodes } from "views/account/step.tsx"
import { Gate } from "views/layout/gate.tsx"
import { translator } from "views/locales/index.ts"
import { type Refusal, Refused } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { statusOf } from "~/web/errors.ts"
import { type FieldErrors, line, secret } from "~/web/form.ts"
import type { OpenVisit } from "~/web/visit.ts"
import type { Entered } from "../actions/entering.ts"
import { askForKeyOf, askForNewKey } from "../actions/passkeys.ts"
import {
  choosePassword,
  factorInvitation,
  type OpenStep,
  openStep,
  passCode,
  passKey,
  setUpFactor,
  setUpKey,
  stepFor,
} from "../actions/steps.ts"
import { passwordRuleFor } from "../queries/standing.ts"
import type { AccountRouteParts } from "../routes.tsx"
import type { Need } from "../rules/entering.ts"
import { arrivalOf, forgetStep, leaveCookies, STEP_PAGES, stepOf } from "./arrival.tsx"
import { passkeyReply } from "./passkeys.tsx"

const code = { code: line({ most: 60 }) }
const passwords = { password: secret({ most: 1_000 }), repeated: secret({ most: 1_000 }) }
export const PASSWORD_FIELDS: Readonly<Record<string, string>> = { "password.not_repeated": "repeated" }

export function stepRoutes({ open }: Areas, parts: AccountRouteParts) {
  const { url, database } = parts
  const pages = { code: codePage, password: passwordPage, factor: factorPage }
  /** The page of what is to be done, or the login page when it took too long. */
  const show = (need: Need) => (visit: OpenVisit) => {
    const step = openStep(database, stepOf(visit.request, url))
    if (step?.need === need) return pages[need](visit, parts, step, {})
    return visit.redirect(step ? STEP_PAGES[step.need] : "/login?over=step")
  }
  /** Does it; what is refused stands on the same page. */
  const doing =
    (need: Need, deed: (visit: OpenVisit, token: string) => Promise<Response>) => async (visit: OpenVisit) => {
      const token = stepOf(visit.request, url) ?? ""
      try {
        return await deed(visit, token)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        const { refusal } = error
        if (refusal.refused === "login.step_over") return visit.redirect("/login?over=step")
        return pages[need](visit, parts, stepFor(database, token, need), { form: refusal })
      }
    }
  const going = (visit: OpenVisit, step: OpenStep, entered: Entered) => {
    const response = visit.redirect("step" in entered ? STEP_PAGES[entered.need] : step.step.next)
    if ("session" in entered) forgetStep(response, url)
    return leaveCookies(response, entered, url)
  }
  /** With the recovery codes, this once. */
  const comingIn = (
    visit: OpenVisit,
    { step }: OpenStep,
    { entered, codes }: { entered: Entered; codes: string[] },
  ) => {
    const t = translator(visit.language)
    const response = visit.page(
      t("factor.codes_title"),
      <Gate>
        <RecoveryCodes t={t} codes={codes} next={step.next} />
      </Gate>,
    )
    forgetStep(response, url)
    return leaveCookies(response, entered, url)
  }
  return open()
    .get("/login/code", show("code"))
    .post(
      "/login/code",
      doing("code", async (visit, token) => {
        const step = stepFor(database, token, "code")
        return going(visit, step, await passCode(parts, token, visit.form(code).code, arrivalOf(visit.request)))
      }),
    )
    .post(
      "/login/code/passkey",
      doing("code", async (visit, token) => {
        const step = stepFor(database, token, "code")
        return going(visit, step, await passKey(parts, token, visit.form(passkeyReply), arrivalOf(visit.request)))
      }),
    )
    .get("/login/password", show("password"))
    .post(
      "/login/password",
      doing("password", async (visit, token) => {
        const step = stepFor(database, token, "password")
        const form = visit.checkForm(passwords)
        if (!form.valid) return passwordPage(visit, parts, step, form.errors)
        return going(visit, step, await choosePassword(parts, token, form.values, arrivalOf(visit.request)))
      }),
    )
    .get("/login/second-factor", show("factor"))
    .post(
      "/login/second-factor",
      doing("factor", async (visit, token) => {
        const step = stepFor(database, token, "factor")
        const typed = visit.form(code).code
        return comingIn(visit, step, await setUpFactor(parts, token, typed, arrivalOf(visit.request)))
      }),
    )
    .post(
      "/login/second-factor/passkey",
      doing("factor", async (visit, token) => {
        const step = stepFor(database, token, "factor")
        const arrival = arrivalOf(visit.request)
        const reply = { ...visit.form(passkeyReply), name: arrival.browser ?? "Passkey" }
        return comingIn(visit, step, await setUpKey(parts, token, reply, arrival))
      }),
    )
}

const statusFor = (errors: FieldErrors): number => {
  const [first] = Object.values(errors)
  return first ? (first.refused.startsWith("field.") ? 422 : statusOf(first)) : 200
}
const refusalOf = ({ form = null }: { form?: Refusal | null }): Refusal | null => form

function codePage(visit: OpenVisit, parts: AccountRouteParts, { user }: OpenStep, errors: FieldErrors): Response {
  const t = translator(visit.language)
  const asked = askForKeyOf(parts, parts.database.tenant(user.tenant).read, user.id)
  const panel = <CodeStep t={t} csrfToken={visit.csrfToken} refusal={refusalOf(errors)} asked={asked} />
  return visit.page(t("step.code_title"), panel, statusFor(errors))
}

function passwordPage(
  visit: OpenVisit,
  { database }: AccountRouteParts,
  { user }: OpenStep,
  given: FieldErrors,
): Response {
  const t = translator(visit.language)
  const errors = inFields(given)
  const { least } = passwordRuleFor(database.tenant(user.tenant).read, user.id)
  const words = { title: t("step.password_title"), intro: t("step.password_intro"), action: "/login/password" }
  return visit.page(
    words.title,
    <NewPassword t={t} csrfToken={visit.csrfToken} {...words} least={least} errors={errors} />,
    statusFor(errors),
  )
}

function factorPage(visit: OpenVisit, parts: AccountRouteParts, step: OpenStep, errors: FieldErrors): Response {
  const { database } = parts
  const t = translator(visit.language)
  const invitation = factorInvitation(database, step)
  const asked = askForNewKey(parts, database.tenant(step.user.tenant).read, step.user.id)
  const panel = (
    <FactorStep t={t} csrfToken={visit.csrfToken} invitation={invitation} refusal={refusalOf(errors)} asked={asked} />
  )
  return visit.page(t("factor.title"), panel, statusFor(errors))
}

/** A refusal of a password stands under the field it is about. */
export function inFields(errors: FieldErrors): FieldErrors {
  const { form, ...rest } = errors
  if (!form) return rest
  const field = PASSWORD_FIELDS[form.refused] ?? (form.refused.startsWith("password.") ? "password" : "form")
  return { ...rest, [field]: form }
}
