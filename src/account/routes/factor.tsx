/** One's own second factor: turned on, renewed, turned off; each time the password is asked for. */
import { FactorCodes, FactorPage } from "views/account/factor.tsx"
import { found, Refused } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { statusOf } from "~/web/errors.ts"
import { line, secret } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { endOtherSessions, provePassword } from "../actions/changing.ts"
import { beginFactor, confirmFactor, endFactor, pendingSecret, renewCodes } from "../actions/second-factor.ts"
import { qrPath, totpAddress } from "../actions/totp.ts"
import type { AccountRouteParts } from "../routes.tsx"
import { profilePage } from "./profile.tsx"

const proof = { proof: secret({ most: 1_000 }) }

export function factorRoutes({ signedIn }: Areas, parts: AccountRouteParts) {
  const { chance, database } = parts
  const { secrets } = database
  /** With the password or not at all; what is refused stands beside the button. */
  const proving = (deed: (visit: Visit) => Promise<Response>) => async (visit: Visit) => {
    const form = visit.checkForm(proof)
    if (!form.valid) return profilePage(visit, parts, { factor: found(form.errors.proof ?? form.errors.form) })
    try {
      await provePassword(parts, visit.me.id, form.values.proof)
      return await deed(visit)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return profilePage(visit, parts, { factor: error.refusal })
    }
  }
  return signedIn()
    .post(
      "/profile/second-factor",
      proving(async ({ me, act, redirect }) => {
        await act((tx) => beginFactor(tx, { secrets, chance }, me.id))
        return redirect("/profile/second-factor")
      }),
    )
    .get("/profile/second-factor", (visit) => setUpPage(visit, parts, null))
    .post("/profile/second-factor/confirmation", async (visit) => {
      const { me, session, act, form, redirect } = visit
      const { code } = form({ code: line({ most: 60 }) })
      try {
        const codes = await act((tx) => {
          const made = confirmFactor(tx, { secrets, chance }, me.id, code)
          endOtherSessions(tx, me.id, session.tokenHash)
          return made
        })
        return codes.length > 0 ? codesPage(visit, parts, codes) : redirect("/profile?done=factor_on")
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return setUpPage(visit, parts, error)
      }
    })
    .post(
      "/profile/second-factor/codes",
      proving(async (visit) =>
        codesPage(visit, parts, await visit.act((tx) => renewCodes(tx, { secrets, chance }, visit.me.id))),
      ),
    )
    .post(
      "/profile/second-factor/ending",
      proving(async ({ me, session, act, redirect }) => {
        await act((tx) => {
          endFactor(tx, me.id)
          endOtherSessions(tx, me.id, session.tokenHash)
        })
        return redirect("/profile?done=factor_off")
      }),
    )
}

/** The recovery codes, this once. */
export function codesPage({ me, read, page }: Visit, parts: AccountRouteParts, codes: readonly string[]): Response {
  const screen = parts.screenOf(me, read)
  return page(screen.t("factor.codes_title"), <FactorCodes screen={screen} codes={codes} />)
}

function setUpPage({ me, read, page, redirect }: Visit, parts: AccountRouteParts, refused: Refused | null): Response {
  const secret = pendingSecret(read, parts.database.secrets, me.id)
  if (secret === null) return redirect("/profile")
  const screen = parts.screenOf(me, read)
  const invitation = { secret, qr: qrPath(totpAddress(secret, me.username)) }
  const refusal = refused?.refusal ?? null
  const panel = <FactorPage screen={screen} invitation={invitation} refusal={refusal} />
  return page(screen.t("factor.title"), panel, refusal ? statusOf(refusal) : 200)
}
