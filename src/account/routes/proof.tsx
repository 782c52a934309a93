/** Proving again who one is, and on to what was asked for (web/proof.tsx). */
import { PROOF_PATH, type Proof, ProofElsewhere, ProofPage } from "views/account/proof.tsx"
import { found, Refused } from "~/kernel/step.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { statusOf } from "~/web/errors.ts"
import { choice, isProofField, PROOF_FIELDS, text } from "~/web/form.ts"
import { ownPath } from "~/web/request.ts"
import type { Visit } from "~/web/visit.ts"
import { proveAgain } from "../actions/changing.ts"
import { loginCompany } from "../queries/ways-in.ts"
import { userById } from "../queries.ts"
import type { AccountRouteParts } from "../routes.tsx"
import { PROVIDERS } from "../rules/provider.ts"
import { leave } from "./providers.tsx"

const LONGEST_PASSWORD = 1_000

export const proofRoutes = ({ signedIn }: Areas, parts: AccountRouteParts) =>
  signedIn()
    .get(PROOF_PATH, (visit) => {
      const next = ownPath(visit.query.get("next"))
      const { me, read, page } = visit
      const screen = parts.screenOf(me, read)
      if (found(userById(read, me.id)).loginType === "external") {
        const company = loginCompany(parts.database, tenantProfile(read).slug, null)
        return page(screen.t("proof.title"), <ProofElsewhere screen={screen} next={next} company={company} />)
      }
      return page(
        screen.t("proof.title"),
        <ProofPage screen={screen} proof={{ onward: next, back: "/", sent: null }} />,
      )
    })
    .post(PROOF_PATH, async (visit) => {
      const given = (name: keyof typeof PROOF_FIELDS) => visit.sent.get(PROOF_FIELDS[name])?.[0] ?? ""
      const sent = given("form") === "" ? null : new Map([...visit.sent].filter(([name]) => !isProofField(name)))
      const proof: Proof = { onward: ownPath(given("onward")), back: ownPath(given("back")), sent }
      try {
        await proveAgain(parts, visit.session, given("password").slice(0, LONGEST_PASSWORD))
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return refusedPage(visit, parts, proof, error)
      }
      // 307: the browser sends the very same form there.
      return sent === null
        ? visit.redirect(proof.onward)
        : new Response(null, { status: 307, headers: { location: proof.onward } })
    })
    .post(`${PROOF_PATH}/elsewhere`, (visit) => {
      const { provider, next } = visit.form(elsewhere)
      const { slug } = tenantProfile(visit.read)
      const departure = { slug, provider, language: null, next: ownPath(next), anew: true }
      return leave(visit, parts, departure, visit.language)
    })

const elsewhere = { provider: choice(PROVIDERS), next: text({ most: 1_000 }) }

function refusedPage({ me, read, page }: Visit, parts: AccountRouteParts, proof: Proof, { refusal }: Refused) {
  const screen = parts.screenOf(me, read)
  return page(screen.t("proof.title"), <ProofPage screen={screen} proof={proof} refusal={refusal} />, statusOf(refusal))
}
