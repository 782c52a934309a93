/** One's own passkeys: added with the password, taken away with it; and signing in with one. */
import { NewPasskey, PasskeyNaming, PasskeyRemoval } from "views/account/passkeys.tsx"
import { found, type Refusal, Refused } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { readCookie } from "~/web/cookies.ts"
import { statusOf } from "~/web/errors.ts"
import { choice, line, optional, secret, text } from "~/web/form.ts"
import { ownPath } from "~/web/request.ts"
import type { Visit } from "~/web/visit.ts"
import { endOtherSessions, provePassword } from "../actions/changing.ts"
import { signInWithKey } from "../actions/passkey-sign-in.ts"
import {
  askForAnyKey,
  askForNewKey,
  keepKey,
  newKeyIn,
  openQuestion,
  type PasskeyAsk,
  removeKey,
  renameKey,
} from "../actions/passkeys.ts"
import { factorStanding, type OwnPasskey } from "../queries/standing.ts"
import type { AccountRouteParts } from "../routes.tsx"
import { MOST_NAME_CHARACTERS } from "../rules/passkeys.ts"
import { arrivalOf, isSecure, leaveCookies, STEP_PAGES } from "./arrival.tsx"
import { codesPage } from "./factor.tsx"
import { loginPage } from "./login.tsx"
import { profilePage } from "./profile.tsx"

/** The profile has a field like that for the app, too: each has a name of its own. */
const proofs = { card: "passkeyProof", removal: "proof" } as const
/** What the script of a page sends: sealed words of ours, and the browser's own. */
export const passkeyReply = { question: text({ most: 4_000 }), answer: text({ most: 30_000 }) }

export function passkeyRoutes({ signedIn }: Areas, parts: AccountRouteParts) {
  const { chance } = parts
  return signedIn()
    .post("/profile/passkeys/new", async (visit) => {
      const refused = await unproved(visit, parts, proofs.card)
      if (refused) return profilePage(visit, parts, { passkey: refused })
      const asked = askForNewKey(parts, visit.read, visit.me.id)
      return asked ? newPage(visit, parts, asked, null) : visit.redirect("/profile")
    })
    .post("/profile/passkeys", async (visit) => {
      const { me, session, act, redirect } = visit
      const { name, ...reply } = visit.form({ ...passkeyReply, name: line({ most: MOST_NAME_CHARACTERS }) })
      try {
        const question = openQuestion(parts, reply, "add", me.id)
        const made = await newKeyIn(question)
        const codes = await act((tx) => {
          endOtherSessions(tx, me.id, session.tokenHash)
          return keepKey(tx, chance, me.id, { hash: question.hash, made, name })
        })
        return codes.length > 0 ? codesPage(visit, parts, codes) : redirect("/profile?done=passkey_added")
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return profilePage(visit, parts, { passkey: error.refusal })
      }
    })
    .get("/profile/passkeys/:id/name", (visit) => namingPage(visit, parts, null))
    .post("/profile/passkeys/:id/name", async (visit) => {
      const key = visit.id("id")
      const form = visit.checkForm({ name: line({ most: MOST_NAME_CHARACTERS }) })
      if (!form.valid) return namingPage(visit, parts, form.errors.name ?? null)
      await visit.act((tx) => renameKey(tx, visit.me.id, key, form.values.name))
      return visit.redirect("/profile?done=passkey_renamed")
    })
    .get("/profile/passkeys/:id", (visit) => removalPage(visit, parts, null))
    .post("/profile/passkeys/:id/removal", async (visit) => {
      const { me, session, act, redirect } = visit
      const key = visit.id("id")
      const refused = await unproved(visit, parts, proofs.removal)
      if (refused) return removalPage(visit, parts, refused)
      try {
        await act((tx) => {
          removeKey(tx, me.id, key)
          endOtherSessions(tx, me.id, session.tokenHash)
        })
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return removalPage(visit, parts, error.refusal)
      }
      return redirect("/profile?done=passkey_removed")
    })
}

/** Why the password that was given proves nothing; null when it does. */
async function unproved(visit: Visit, parts: AccountRouteParts, field: string): Promise<Refusal | null> {
  const form = visit.checkForm<Record<string, string>>({ [field]: secret({ most: 1_000 }) })
  if (!form.valid) return found(form.errors[field] ?? form.errors.form)
  try {
    await provePassword(parts, visit.me.id, found(form.values[field]))
    return null
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return error.refusal
  }
}

function newPage(visit: Visit, { screenOf }: AccountRouteParts, asked: PasskeyAsk, refusal: Refusal | null): Response {
  const { me, read, page, request } = visit
  const screen = screenOf(me, read)
  const name = arrivalOf(request).browser ?? ""
  const panel = <NewPasskey screen={screen} asked={asked} name={name} refusal={refusal} />
  return page(screen.t("passkey.new_title"), panel, refusal ? statusOf(refusal) : 200)
}

const passkeyOf = ({ read, me, id }: Visit<"id">): OwnPasskey =>
  found(factorStanding(read, me.id).passkeys.find((one) => one.id === id("id")))

function namingPage(visit: Visit<"id">, { screenOf }: AccountRouteParts, refusal: Refusal | null): Response {
  const screen = screenOf(visit.me, visit.read)
  const panel = <PasskeyNaming screen={screen} passkey={passkeyOf(visit)} refusal={refusal} />
  return visit.page(screen.t("passkey.naming_title"), panel, refusal ? 422 : 200)
}

function removalPage(visit: Visit<"id">, { screenOf }: AccountRouteParts, refusal: Refusal | null): Response {
  const { me, read, page } = visit
  const passkey = passkeyOf(visit)
  const screen = screenOf(me, read)
  const panel = <PasskeyRemoval screen={screen} passkey={passkey} refusal={refusal} />
  const status = refusal ? (refusal.refused.startsWith("field.") ? 422 : statusOf(refusal)) : 200
  return page(screen.t("passkey.removal_title"), panel, status)
}

/** Without a name or a password. */
export function passkeyLoginRoutes({ open }: Areas, parts: AccountRouteParts) {
  const { url, log, languages } = parts
  const shape = {
    ...passkeyReply,
    next: text({ most: 1_000 }),
    shownLanguage: text({ most: 20 }),
    language: optional(choice(languages)),
  }
  return open()
    .get("/login/passkey", ({ json }) => json(found(askForAnyKey(parts))))
    .post("/login/passkey", async (visit) => {
      const { question, answer, next, language: selected, shownLanguage } = visit.form(shape)
      const language = selected === shownLanguage ? null : selected
      const previousToken = readCookie(visit.request, "session", isSecure(url))
      const attempt = { question, answer, language, next: ownPath(next), previousToken }
      try {
        const entered = await signInWithKey(parts, { ...attempt, ...arrivalOf(visit.request) })
        log.info("signed in", { user: entered.user })
        return leaveCookies(visit.redirect("step" in entered ? STEP_PAGES[entered.need] : attempt.next), entered, url)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        const { refusal } = error
        log.info("sign-in refused", { reason: refusal.refused })
        const again = visit.inLanguage(selected ?? visit.language)
        return loginPage(again, parts, { username: "", shownLanguage, next: attempt.next, refusal, notice: null })
      }
    })
}
