/** A3: service numbers, by the tenant's admin: the list, a new one, switched on and off, let go. */
import { Channels, channelColumns } from "views/channel/channels.tsx"
import { ChannelDeletion } from "views/channel/deletion.tsx"
import { NewChannel } from "views/channel/new.tsx"
import { CHANNELS_PATH } from "views/channel/page.tsx"
import type { Child } from "views/jsx-runtime.ts"
import { listAddress } from "views/list/address.ts"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { ApplianceReader, Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import type { Chance } from "~/kernel/chance.ts"
import type { Id } from "~/kernel/id.ts"
import { readAsk } from "~/kernel/list.ts"
import { readablePhone } from "~/kernel/phone.ts"
import { demand, refuse } from "~/kernel/step.ts"
import { newToken } from "~/kernel/token.ts"
import { chosenColumns } from "~/list/queries.ts"
import { skillsetChoices } from "~/skillset/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { errorsFor, refusalOf, type Written } from "~/web/editing.ts"
import { checkbox, type FieldErrors, id as idField, line, secret } from "~/web/form.ts"
import { listFile } from "~/web/list-file.ts"
import { proven } from "~/web/proof.tsx"
import type { Visit } from "~/web/visit.ts"
import { keepFindings } from "../actions/health.ts"
import { removeChannel } from "../actions/removing.ts"
import { createChannel, updateChannel } from "../actions.ts"
import { channelFrame, channelFrames, channels } from "../queries/administering.ts"
import { channelUses, isUsed } from "../queries/uses.ts"
import { channelByPhoneNumberId } from "../queries.ts"
import { CHANNEL_FIELDS, CHANNEL_LIST } from "../rules/channels-list.ts"
import {
  type Findings,
  malformedIn,
  type NumberChecks,
  type Trouble,
  troubleIn,
  wrongField,
} from "../rules/findings.ts"

type Parts = {
  screenOf: (me: SessionUser, read: Reader) => Screen
  appliance: ApplianceReader
  secrets: Secrets
  checks: NumberChecks
  chance: Chance
  /** Where Meta finds the public listener. */
  publicUrl: string
}

export const numberRoutes = ({ administration }: Areas, parts: Parts) =>
  administration()
    .get(CHANNELS_PATH, (visit) => listPage(visit, parts, null))
    .post(`${CHANNELS_PATH}/export`, (visit) => {
      const screen = parts.screenOf(visit.me, visit.read)
      const ask = askOf(visit)
      const columns = channelColumns(screen, channelFrames(visit.read))
      return listFile(visit, ask, columns, channels.portions(visit.read, ask), screen.t("channels.title"))
    })
    .get(
      `${CHANNELS_PATH}/new`,
      proven(parts, (visit) => newNumber(visit, parts, { errors: {} })),
    )
    .post(
      CHANNELS_PATH,
      proven(parts, (visit) => createNumber(visit, parts)),
    )
    .post(`${CHANNELS_PATH}/:id/enabling`, async (visit) => {
      const id = visit.id("id")
      const { enabled } = visit.form({ enabled: checkbox })
      await visit.act((tx) => updateChannel(tx, parts.secrets, id, { enabled }))
      return visit.redirect(`${CHANNELS_PATH}/${id}?done=saved`)
    })
    .get(`${CHANNELS_PATH}/:id/deletion`, (visit) => deletion(visit, parts, visit.id("id")))
    .post(`${CHANNELS_PATH}/:id/deletion`, async (visit) => {
      const id = visit.id("id")
      const refusal = await refusalOf(visit.act((tx) => removeChannel(tx, id)))
      return refusal ? deletion(visit, parts, id, 409) : visit.redirect(CHANNELS_PATH)
    })

const askOf = ({ query, read, me }: Pick<Visit, "query" | "read" | "me">) =>
  readAsk(CHANNEL_LIST, query, chosenColumns(read, me.id, CHANNEL_LIST.name))

function listPage(visit: Visit, { screenOf }: Parts, sheet: Child, status = 200): Response {
  const { me, read, page } = visit
  const screen = screenOf(me, read)
  const ask = askOf(visit)
  const newPath = listAddress(`${CHANNELS_PATH}/new`, ask, ask.cursor)
  const list = { screen, shape: CHANNEL_LIST, ask, page: channels.page(read, ask), frames: channelFrames(read) }
  const props = { ...list, skillsets: skillsetChoices(read), newPath, sheet }
  return page(screen.t("channels.title"), <Channels {...props} />, status)
}

type Typed = { written?: Written; errors: FieldErrors; trouble?: Trouble | null }

function newNumber(visit: Visit, parts: Parts, { written, errors, trouble = null }: Typed): Response {
  const { me, read } = visit
  const ask = askOf(visit)
  const editing = { written: written ?? {}, errors, conflict: null, before: null }
  const closePath = listAddress(CHANNELS_PATH, ask, ask.cursor)
  const props = { screen: parts.screenOf(me, read), editing, skillsets: skillsetChoices(read), closePath, trouble }
  const status = Object.keys(errors).length > 0 ? 422 : 200
  return listPage(visit, parts, <NewChannel {...props} />, status)
}

const LONGEST_SECRET = 4_096

const shape = {
  name: line({ most: 80 }),
  skillset: idField,
  phoneNumberId: line({ most: 32 }),
  wabaId: line({ most: 32 }),
  accessToken: secret({ most: LONGEST_SECRET }),
  appSecret: secret({ most: LONGEST_SECRET }),
}

/** Meta is asked first: what it does not accept is not kept. Where nobody answers, the number is made and checked later. */
async function createNumber(visit: Visit, parts: Parts): Promise<Response> {
  const form = visit.checkForm(shape)
  if (!form.valid) return newNumber(visit, parts, form)
  const { skillset, accessToken: token, appSecret: shared, ...values } = form.values
  const accessToken = token.trim()
  const appSecret = shared.trim()
  const { written } = form
  const malformed = malformedIn({ ...values, accessToken, appSecret })
  if (Object.keys(malformed).length > 0) return newNumber(visit, parts, { written, errors: malformed })
  const findings = await parts.checks.ask({ ...values, accessToken })
  const wrong = wrongField(findings)
  if (wrong) {
    const errors = { [wrong.field]: refuse(wrong.refused) }
    return newNumber(visit, parts, { written, errors, trouble: troubleIn(findings) })
  }
  const verifyToken = newToken(parts.chance)
  let created: Id = 0
  const refusal = await refusalOf(
    visit.act((tx) => {
      // The appliance's numbers are all different, whoever has them.
      const known = channelByPhoneNumberId(parts.appliance, values.phoneNumberId)
      demand(known === null, "channel.number_taken", { number: values.phoneNumberId })
      created = createChannel(tx, parts.secrets, {
        ...values,
        accessToken,
        appSecret,
        verifyToken,
        skillsets: [skillset],
        displayPhoneNumber: shown(findings),
        hours: { kind: "always" },
        timezone: null,
        enabled: true,
        settings: {},
      })
      keepFindings(tx, created, findings)
    }),
  )
  return refusal
    ? newNumber(visit, parts, { written, errors: errorsFor(refusal, CHANNEL_FIELDS) })
    : visit.redirect(`${CHANNELS_PATH}/${created}?done=created`)
}

/** As Meta has it; a number that nobody could ask about yet is corrected on its page. */
const shown = ({ number }: Findings): string =>
  "found" in number && number.found.displayPhone !== null ? readablePhone(number.found.displayPhone) : UNKNOWN_PHONE

const UNKNOWN_PHONE = "+00 0000"

function deletion(visit: Visit, parts: Parts, id: Id, status = 200): Response {
  const { me, read } = visit
  const frame = channelFrame(read, id)
  const uses = channelUses(read, id)
  const path = `${CHANNELS_PATH}/${id}`
  const paths = { action: `${path}/deletion`, closePath: path }
  const props = { screen: parts.screenOf(me, read), frame, uses, isUsed: isUsed(uses), ...paths }
  return listPage(visit, parts, <ChannelDeletion {...props} />, status)
}
