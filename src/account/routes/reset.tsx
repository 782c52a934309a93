/** A forgotten password: asking for a link, and the page behind it. */
import { ForgottenPassword, ResetAsked, ResetOver } from "views/account/reset.tsx"
import { NewPassword } from "views/account/step.tsx"
import { translator } from "views/locales/index.ts"
import { Refused } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { statusOf } from "~/web/errors.ts"
import { type FieldErrors, line, secret } from "~/web/form.ts"
import type { OpenVisit } from "~/web/visit.ts"
import { askForReset, resetOf, resetPassword } from "../actions/resetting.ts"
import { passwordRuleFor } from "../queries/standing.ts"
import type { AccountRouteParts } from "../routes.tsx"
import { arrivalOf } from "./arrival.tsx"
import { inFields } from "./steps.tsx"

const asking = { known: line({ most: 254 }) }
const passwords = { password: secret({ most: 1_000 }), repeated: secret({ most: 1_000 }) }

export function resetRoutes({ open }: Areas, parts: AccountRouteParts) {
  return open()
    .get("/password/forgotten", ({ language, csrfToken, page }) => {
      const t = translator(language)
      return page(t("reset.title"), <ForgottenPassword t={t} csrfToken={csrfToken} refusal={null} />)
    })
    .post("/password/forgotten", async (visit) => {
      const { language, csrfToken, page } = visit
      const t = translator(language)
      try {
        await askForReset(parts, { typed: visit.form(asking).known, ...arrivalOf(visit.request) })
        return page(t("reset.title"), <ResetAsked t={t} />)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        const { refusal } = error
        return page(
          t("reset.title"),
          <ForgottenPassword t={t} csrfToken={csrfToken} refusal={refusal} />,
          statusOf(refusal),
        )
      }
    })
    .get("/password/reset/:token", (visit) => resetPage(visit, parts, {}))
    .post("/password/reset/:token", async (visit) => {
      const form = visit.checkForm(passwords)
      if (!form.valid) return resetPage(visit, parts, form.errors)
      try {
        await resetPassword(parts, visit.params.token, form.values, arrivalOf(visit.request).address)
        return visit.redirect("/login?done=password_reset")
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return resetPage(visit, parts, { form: error.refusal })
      }
    })
}

/** Reading the link uses nothing up: mail programs look at links by themselves. */
function resetPage(visit: OpenVisit<"token">, { database }: AccountRouteParts, given: FieldErrors): Response {
  const { language, csrfToken, params, page } = visit
  const t = translator(language)
  const user = resetOf(database, params.token)
  if (!user) return page(t("reset.title"), <ResetOver t={t} />, 409)
  const errors = inFields(given)
  const { least } = passwordRuleFor(database.tenant(user.tenant).read, user.id)
  const words = { title: t("reset.new_title"), intro: t("reset.new_intro", { username: user.username }) }
  const panel = (
    <NewPassword
      t={t}
      csrfToken={csrfToken}
      {...words}
      action={`/password/reset/${params.token}`}
      least={least}
      errors={errors}
    />
  )
  return page(words.title, panel, Object.keys(errors).length > 0 ? 422 : 200)
}
