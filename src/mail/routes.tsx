/** The tenant's way to send mail: the server, a test that says what it said, and what became of the latest mails. */
import { type MailPageProps, MailSettings } from "views/mail/settings.tsx"
import { testLetter } from "views/mail/test-letter.ts"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import { type Refusal, Refused } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { choice, type FieldErrors, line, optional, secret, wholeNumber } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { sendAgain, setMailServer } from "./actions.ts"
import { latestMails, ownMailServer } from "./queries/page.ts"
import { isMailAddress, type Mailing, SECURITIES } from "./rules.ts"

type Parts = {
  screenOf: (me: SessionUser, read: Reader) => Screen
  mailing: Mailing
  secrets: Secrets
  url: URL
}

const shape = {
  ...{ host: line({ most: 253 }), port: wholeNumber({ least: 1, most: 65_535 }), security: choice(SECURITIES) },
  ...{
    username: optional(line({ most: 200 })),
    password: optional(secret({ most: 500 })),
    sender: line({ most: 254 }),
  },
}

export const mailRoutes = ({ administration }: Areas, parts: Parts) =>
  administration()
    .get("/admin/mail", (visit) => mailPage(visit, parts, {}))
    .post("/admin/mail", async (visit) => {
      const form = visit.checkForm(shape)
      if (!form.valid) return mailPage(visit, parts, { errors: form.errors, typed: form.typed })
      try {
        await visit.act((tx) => setMailServer(tx, parts.secrets, form.values))
        return visit.redirect("/admin/mail?done=saved")
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        const { host, port, security, username, sender } = form.values
        const typed = { host, port: String(port), security, username: username ?? "", sender }
        return mailPage(visit, parts, { errors: { [fieldOf(error.refusal)]: error.refusal }, typed })
      }
    })
    .post("/admin/mail/removing", async ({ act, redirect }) => {
      await act((tx) => setMailServer(tx, parts.secrets, null))
      return redirect("/admin/mail?done=removed")
    })
    .post("/admin/mail/test", async (visit) => {
      const { to } = visit.form({ to: line({ most: 254 }) })
      if (!isMailAddress(to)) return mailPage(visit, parts, { errors: { to: { refused: "mail.address_malformed" } } })
      const { me } = visit
      const letter = testLetter(parts.url, me.language, me.name)
      const outcome = await parts.mailing.sendNow(me.tenant, { kind: "test", to, language: me.language, ...letter })
      return mailPage(visit, parts, { outcome: { to, ...outcome } })
    })
    .post("/admin/mail/:id/again", async ({ id, act, redirect }) => {
      const mail = id("id")
      await act((tx) => sendAgain(tx, mail))
      return redirect("/admin/mail?done=again")
    })

type Shown = { errors?: FieldErrors; typed?: Readonly<Record<string, string>>; outcome?: MailPageProps["outcome"] }

function mailPage(visit: Visit, { screenOf, mailing }: Parts, { errors = {}, typed, outcome }: Shown): Response {
  const { me, read, query, page, watch } = visit
  const screen = screenOf(me, read)
  const server = ownMailServer(read)
  const done = (["saved", "removed", "again"] as const).find((one) => one === query.get("done")) ?? null
  watch("mails")
  const written = typed ?? (server ? { ...server, port: String(server.port), username: server.username ?? "" } : {})
  const props: MailPageProps = {
    ...{ screen, server, written, errors, done, outcome: outcome ?? null, mails: latestMails(read) },
    isPossible: mailing.isPossible(me.tenant),
  }
  return page(screen.t("mail.title"), <MailSettings {...props} />, Object.keys(errors).length > 0 ? 422 : 200)
}

function fieldOf({ refused }: Refusal): string {
  if (refused === "mail.host_malformed") return "host"
  return refused === "mail.password_missing" ? "password" : "sender"
}
