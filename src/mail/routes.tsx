/** The tenant's way to send mail: the server, a test that says what it said, and what became of the latest mails. */
import { type MailPageProps, MailSettings } from "views/mail/settings.tsx"
import { testLetter } from "views/mail/test-letter.ts"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { lookOf } from "~/brand/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import type { Refusal } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { refusalOf } from "~/web/editing.ts"
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
  host: line({ most: 253 }),
  port: wholeNumber({ least: 1, most: 65_535 }),
  security: choice(SECURITIES),
  username: optional(line({ most: 200 })),
  password: optional(secret({ most: 500 })),
  sender: line({ most: 254 }),
}

/** One page for a company and its admin; the server of those who run the appliance takes the mail of whoever has none. */
export const mailRoutes = ({ administration, platform }: Areas, parts: Parts) => [
  mailPages(administration(), { ...parts, path: "/admin/mail", isAppliance: false }),
  mailPages(platform(), { ...parts, path: "/admin/appliance/mail", isAppliance: true }),
]

type Place = Parts & { path: `/admin/${string}`; isAppliance: boolean }

const mailPages = (routes: ReturnType<Areas["administration"]>, place: Place) =>
  routes
    .get(place.path, (visit) => mailPage(visit, place, {}))
    .post(place.path, (visit) => saveServer(visit, place))
    .post(`${place.path}/removing`, async ({ act, redirect }) => {
      await act((tx) => setMailServer(tx, place.secrets, null))
      return redirect(`${place.path}?done=removed`)
    })
    .post(`${place.path}/test`, async (visit) => {
      const { to } = visit.form({ to: line({ most: 254 }) })
      if (!isMailAddress(to)) return mailPage(visit, place, { errors: { to: { refused: "mail.address_malformed" } } })
      const { me, read } = visit
      const letter = testLetter(place.url, { language: me.language, name: me.name, look: lookOf(read) })
      const outcome = await place.mailing.sendNow(me.tenant, { kind: "test", to, language: me.language, ...letter })
      return mailPage(visit, place, { outcome: { to, ...outcome } })
    })
    .post(`${place.path}/:id/again`, async ({ id, act, redirect }) => {
      const mail = id("id")
      await act((tx) => sendAgain(tx, mail))
      return redirect(`${place.path}?done=again`)
    })

async function saveServer(visit: Visit, place: Place): Promise<Response> {
  const form = visit.checkForm(shape)
  if (!form.valid) return mailPage(visit, place, { errors: form.errors, typed: form.typed })
  const refusal = await refusalOf(visit.act((tx) => setMailServer(tx, place.secrets, form.values)))
  if (refusal === null) return visit.redirect(`${place.path}?done=saved`)
  const { host, port, security, username, sender } = form.values
  const typed = { host, port: String(port), security, username: username ?? "", sender }
  return mailPage(visit, place, { errors: { [fieldOf(refusal)]: refusal }, typed })
}

type Shown = { errors?: FieldErrors; typed?: Readonly<Record<string, string>>; outcome?: MailPageProps["outcome"] }

function mailPage(
  visit: Visit,
  { screenOf, mailing, path, isAppliance }: Place,
  { errors = {}, typed, outcome }: Shown,
): Response {
  const { me, read, query, page, watch } = visit
  const screen = screenOf(me, read)
  const server = ownMailServer(read)
  const done = (["saved", "removed", "again"] as const).find((one) => one === query.get("done")) ?? null
  watch("mails")
  const written = typed ?? (server ? { ...server, port: String(server.port), username: server.username ?? "" } : {})
  const props: MailPageProps = {
    path,
    isAppliance,
    screen,
    server,
    written,
    errors,
    done,
    outcome: outcome ?? null,
    mails: latestMails(read),
    isPossible: mailing.isPossible(me.tenant),
  }
  return page(screen.t("mail.title"), <MailSettings {...props} />, Object.keys(errors).length > 0 ? 422 : 200)
}

function fieldOf({ refused }: Refusal): string {
  if (refused === "mail.host_malformed") return "host"
  return refused === "mail.password_missing" ? "password" : "sender"
}
