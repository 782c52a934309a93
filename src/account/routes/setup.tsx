/** The first run: a link that makes the appliance's first admin, once. */
import type { Html } from "views/jsx-runtime.ts"
import { NotFound, type Refusal, Refused } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { type FieldErrors, line, secret, text } from "~/web/form.ts"
import type { Phrase } from "~/web/look.ts"
import type { OpenVisit } from "~/web/visit.ts"
import { type FirstAdmin, setUp, setupIsOpen } from "../actions/setup.ts"
import type { AccountRouteParts } from "../routes.tsx"

export type SetupProps = {
  t: Phrase
  csrfToken: string
  token: string
  typed: { username: string; firstName: string; lastName: string }
  errors: FieldErrors
}
export type SetupViews = { Setup(props: SetupProps): Html }

export function setupRoutes({ open }: Areas, parts: AccountRouteParts) {
  const { database, languages, views } = parts
  const shape = {
    username: line({ most: 64 }),
    firstName: line({ most: 100 }),
    lastName: text({ most: 100 }),
    password: secret({ most: 1_000 }),
    repeated: secret({ most: 1_000 }),
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
