/** What an unlocked screen alone does not open: whoever asks has proved a moment ago who they are (ASVS 7.5.1). */
import { PROOF_PATH, ProofPage } from "views/account/proof.tsx"
import type { Screen } from "views/parts/screen.ts"
import { type SessionUser, userById } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import { minutes } from "~/kernel/clock.ts"
import { found } from "~/kernel/step.ts"
import { isProofField } from "./form.ts"
import { pageOf } from "./request.ts"
import type { Visit } from "./visit.ts"

const PROOF_LASTS = minutes(5)

export type ProofParts = { screenOf: (me: SessionUser, read: Reader) => Screen }
type Handler<Parameter extends string> = (visit: Visit<Parameter>) => Response | Promise<Response>

export const isProven = ({ session, now }: Pick<Visit, "session" | "now">): boolean =>
  now - session.provedAt < PROOF_LASTS

/** The handler, for those who have proved who they are; the others do so first, and then what they asked for is done. */
export const proven =
  <Parameter extends string>(parts: ProofParts, handler: Handler<Parameter>): Handler<Parameter> =>
  (visit) =>
    isProven(visit) ? handler(visit) : askForProof(visit, parts)

/** Asks for the password; a form that was sent is sent on afterwards, with everything typed into it. */
export function askForProof(visit: Visit, parts: ProofParts): Response {
  const { request, me, read, sent, path, redirect, page } = visit
  const back = pageOf(request)
  const isElsewhere = found(userById(read, me.id)).loginType === "external"
  if (request.method === "GET" || isElsewhere) return redirect(`${PROOF_PATH}?next=${encodeURIComponent(back)}`)
  const screen = parts.screenOf(me, read)
  const form = new Map([...sent].filter(([name]) => !isProofField(name)))
  return page(
    screen.t("proof.title"),
    <ProofPage screen={screen} proof={{ onward: `${path}${new URL(request.url).search}`, back, sent: form }} />,
  )
}
