/** A3: how a number is connected to WhatsApp: its credentials, and the steps that Meta's answers tick off. */
import { Connection } from "views/channel/connection.tsx"
import { CHANNELS_PATH, ChannelPage } from "views/channel/page.tsx"
import { Steps } from "views/channel/set-up.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import type { Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import type { Id } from "~/kernel/id.ts"
import { countryOfZone, phoneOf } from "~/kernel/phone.ts"
import { refuse } from "~/kernel/step.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { changedSince, editing, errorsFor, refusalOf, unlessChanged, type Written } from "~/web/editing.ts"
import { type FieldErrors, line, optional, secret } from "~/web/form.ts"
import { askForProof, isProven } from "~/web/proof.tsx"
import type { Visit } from "~/web/visit.ts"
import { keepFindings } from "../actions/health.ts"
import { updateChannel } from "../actions.ts"
import { channelById, channelFrame, setUpOf } from "../queries/administering.ts"
import { credentialsOf } from "../queries.ts"
import { CHANNEL_FIELDS, writtenConnection } from "../rules/channels-list.ts"
import { type Finding, malformedIn, type NumberChecks, wrongField } from "../rules/findings.ts"
import { isDisplayPhoneNumber } from "../rules.ts"

type Parts = {
  screenOf: (me: SessionUser, read: Reader) => Screen
  secrets: Secrets
  checks: NumberChecks
  publicUrl: string
}

export const connectionRoutes = ({ administration }: Areas, parts: Parts) =>
  administration()
    .get(`${CHANNELS_PATH}/:id`, (visit) => connectionPage(visit, parts, visit.id("id"), {}))
    .get(`${CHANNELS_PATH}/:id/set-up`, (visit) => {
      const id = visit.id("id")
      visit.watch("channel-health")
      return visit.html(<Steps {...stepsOf(visit, parts, id)} />)
    })
    .post(`${CHANNELS_PATH}/:id`, (visit) => saveConnection(visit, parts, visit.id("id")))
    .post(`${CHANNELS_PATH}/:id/check`, async (visit) => {
      const id = visit.id("id")
      await check(visit, parts, id)
      return visit.redirect(`${CHANNELS_PATH}/${id}`)
    })
    .post(`${CHANNELS_PATH}/:id/subscription`, async (visit) => {
      const id = visit.id("id")
      const subscription = await parts.checks.subscribe(accessOf(visit, parts, id))
      await check(visit, parts, id)
      return connectionPage(visit, parts, id, { subscription })
    })
    .post(`${CHANNELS_PATH}/:id/test-message`, (visit) => tryNumber(visit, parts, visit.id("id")))

/** What Meta is asked with. */
function accessOf({ read }: Visit, { secrets }: Parts, id: Id) {
  const { wabaId } = channelById(read, id)
  return { wabaId, ...credentialsOf(read, secrets, id) }
}

async function check(visit: Visit, parts: Parts, id: Id): Promise<void> {
  const findings = await parts.checks.ask(accessOf(visit, parts, id))
  await visit.act((tx) => keepFindings(tx, id, findings))
}

type Shown = {
  written?: Written
  errors?: FieldErrors
  conflict?: Parameters<typeof Connection>[0]["editing"]["conflict"]
  tried?: Parameters<typeof Connection>[0]["tried"]
  subscription?: Finding<true>
}

const WEBHOOK_PATH = "/webhooks/whatsapp"

function stepsOf(
  visit: Visit,
  { screenOf, secrets, publicUrl }: Parts,
  id: Id,
  subscription: Shown["subscription"] | null = null,
) {
  const { me, read } = visit
  const frame = channelFrame(read, id)
  const webhookUrl = `${publicUrl}${WEBHOOK_PATH}`
  return { screen: screenOf(me, read), frame, setUp: setUpOf(read, secrets, id), webhookUrl, subscription }
}

function connectionPage(visit: Visit, parts: Parts, id: Id, shown: Shown): Response {
  const { read, query, page, t, watch } = visit
  const channel = channelById(read, id)
  const steps = stepsOf(visit, parts, id, shown.subscription ?? null)
  watch("channel-health")
  const before = writtenConnection(channel)
  const { written = before, errors = {}, conflict = null, tried = null } = shown
  const done = query.get("done")
  const props = {
    ...steps,
    tried,
    phoneNumberId: channel.phoneNumberId,
    editing: { written, errors, conflict, before },
    done: done === "saved" || done === "created" ? { sentence: t(`admin.done_${done}`) } : null,
  }
  const status = conflict ? 409 : Object.keys(errors).length > 0 || tried?.error ? 422 : 200
  const inside = <Connection {...props} />
  return page(
    channel.name,
    <ChannelPage screen={steps.screen} frame={steps.frame} section="connection">
      {inside}
    </ChannelPage>,
    status,
  )
}

const LONGEST_SECRET = 4_096

const shape = {
  ...editing,
  name: line({ most: 80 }),
  displayPhoneNumber: line({ most: 32 }),
  wabaId: line({ most: 32 }),
  // What is left empty stays what it is.
  accessToken: optional(secret({ most: LONGEST_SECRET })),
  appSecret: optional(secret({ most: LONGEST_SECRET })),
}

/** Another token or account is tried before it takes the place of one that works. */
async function saveConnection(visit: Visit, parts: Parts, id: Id): Promise<Response> {
  const before = channelById(visit.read, id)
  const form = visit.checkForm(shape)
  if (!form.valid) return connectionPage(visit, parts, id, form)
  const { written } = form
  const { before: seen, accessToken: token, appSecret: shared, ...details } = form.values
  const accessToken = token?.trim() ?? null
  const appSecret = shared?.trim() ?? null
  if ((accessToken !== null || appSecret !== null) && !isProven(visit)) return askForProof(visit, parts)
  const errors = {
    ...malformedIn({ wabaId: details.wabaId, accessToken: accessToken ?? "", appSecret: appSecret ?? "" }),
    ...(isDisplayPhoneNumber(details.displayPhoneNumber) ? {} : { displayPhoneNumber: refuse("channel.not_a_phone") }),
  }
  if (Object.keys(errors).length > 0) return connectionPage(visit, parts, id, { written, errors })
  const isOther = accessToken !== null || details.wabaId !== before.wabaId
  const known = accessOf(visit, parts, id)
  const asked = { ...known, wabaId: details.wabaId, accessToken: accessToken ?? known.accessToken }
  const findings = isOther ? await parts.checks.ask(asked) : null
  const wrong = findings && wrongField(findings)
  if (wrong) return connectionPage(visit, parts, id, { written, errors: { [wrong.field]: refuse(wrong.refused) } })
  const secrets = { ...(accessToken === null ? {} : { accessToken }), ...(appSecret === null ? {} : { appSecret }) }
  const refusal = await refusalOf(
    visit.act((tx) => {
      unlessChanged(seen, writtenConnection(channelById(tx, id)))
      updateChannel(tx, parts.secrets, id, { ...details, ...secrets })
      if (findings) keepFindings(tx, id, findings)
    }),
  )
  if (refusal === null) return visit.redirect(`${CHANNELS_PATH}/${id}?done=saved`)
  if (refusal.refused !== "form.conflict")
    return connectionPage(visit, parts, id, { written, errors: errorsFor(refusal, CHANNEL_FIELDS) })
  const fields = changedSince(seen, writtenConnection(channelById(visit.read, id)))
  return connectionPage(visit, parts, id, { written, conflict: { by: lastChange(visit.read, "channel", id), fields } })
}

async function tryNumber(visit: Visit, parts: Parts, id: Id): Promise<Response> {
  channelById(visit.read, id)
  const { phone: typed } = visit.form({ phone: line({ most: 40 }) })
  const phone = phoneOf(typed, countryOfZone(tenantProfile(visit.read).timezone))
  if (phone === null) {
    const error = visit.t("refused.channel.not_a_phone")
    return connectionPage(visit, parts, id, { tried: { phone: typed, finding: null, error } })
  }
  const finding = await parts.checks.sayHello(accessOf(visit, parts, id), phone)
  return connectionPage(visit, parts, id, { tried: { phone: typed, finding, error: null } })
}
