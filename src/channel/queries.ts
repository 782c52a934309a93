/** What screens and the wire need to know of service numbers. */
import type { AppDatabase } from "~/database/database.ts"
import type { ApplianceReader, Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import { applianceQuery, applianceStatement, query, remembered, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { madeOnce } from "~/kernel/made-once.ts"
import { found } from "~/kernel/step.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { CHANNEL_SETTINGS, type ChannelSettings } from "./rules/settings.ts"
import { isOpen, secretPlace } from "./rules.ts"
import { hoursFrom, sealedSecretsOf } from "./store.ts"

/** Where a webhook's `phone_number_id` leads. */
export type ChannelRoute = { tenant: Id; channel: Id; phoneNumberId: string; wabaId: string; appSecret: string }

/** What the wire asks for with every webhook; secrets are opened once and kept until a channel changes. */
export interface ChannelDirectory {
  /** Each app secret in use, once. */
  appSecrets(): readonly string[]
  verifyTokens(): readonly string[]
  /** The channels with that verify token. */
  verifiedBy(token: string): readonly Pick<ChannelRoute, "tenant" | "channel">[]
  /** The tenants whose channels use a secret: as a rule one, and whatever it signed is theirs. */
  tenantsOf(appSecret: string): readonly Id[]
  /** The channel of a number, whoever signed. */
  channelOf(phoneNumberId: string): ChannelRoute | null
  /** The channel of a number, only if the body was signed with that channel's own secret. */
  route(phoneNumberId: string, signedWith: string): ChannelRoute | null
  /** Channels of a WhatsApp Business Account whose secret signed the body. */
  routesOfAccount(wabaId: string, signedWith: string): readonly ChannelRoute[]
}

const routes = applianceStatement(() =>
  applianceQuery
    .selectFrom("channel")
    .select(["tenant", "id as channel", "phoneNumberId", "wabaId", "appSecret", "verifyToken"])
    .orderBy("id"),
)
const stamp = applianceStatement(() =>
  applianceQuery
    .selectFrom("channel")
    .select((row) => [row.fn.max("id").as("newest"), row.fn.sum<number | null>("version").as("versions")]),
)

/**
 * A directory over every channel of the appliance: what is written to one that is switched off is kept too. It follows the rows, so nobody has to tell it of changes; it
 * looks at them once after every commit, however many webhooks came with it.
 */
export function channelDirectory(database: Pick<AppDatabase, "appliance" | "secrets" | "onCommit">): ChannelDirectory {
  const read = database.appliance.read
  let known: { newest: Id | null; versions: number | null; directory: ChannelDirectory } | null = null
  let mayBeOld = true
  database.onCommit(() => {
    mayBeOld = true
  })
  const current = (): ChannelDirectory => {
    if (known && !mayBeOld) return known.directory
    const { newest, versions } = found(read.one(stamp))
    if (!known || known.newest !== newest || known.versions !== versions)
      known = { newest, versions, directory: openDirectory(read, database.secrets) }
    mayBeOld = false
    return known.directory
  }
  return {
    appSecrets: () => current().appSecrets(),
    verifyTokens: () => current().verifyTokens(),
    verifiedBy: (token) => current().verifiedBy(token),
    tenantsOf: (appSecret) => current().tenantsOf(appSecret),
    channelOf: (phoneNumberId) => current().channelOf(phoneNumberId),
    route: (phoneNumberId, signedWith) => current().route(phoneNumberId, signedWith),
    routesOfAccount: (wabaId, signedWith) => current().routesOfAccount(wabaId, signedWith),
  }
}

function openDirectory(read: ApplianceReader, secrets: Secrets): ChannelDirectory {
  const rows = read.all(routes)
  const all = rows.map(({ verifyToken: _, appSecret, ...row }): ChannelRoute => {
    return { ...row, appSecret: secrets.open(appSecret, secretPlace(row.phoneNumberId, "appSecret")) }
  })
  const byNumber = new Map(all.map((route) => [route.phoneNumberId, route]))
  const appSecrets = [...new Set(all.map(({ appSecret }) => appSecret))]
  const verifying = Map.groupBy(rows, ({ phoneNumberId, verifyToken }) =>
    secrets.open(verifyToken, secretPlace(phoneNumberId, "verifyToken")),
  )
  return {
    appSecrets: () => appSecrets,
    verifyTokens: () => [...verifying.keys()],
    verifiedBy: (token) => verifying.get(token) ?? [],
    tenantsOf: (appSecret) => [
      ...new Set(all.filter((route) => route.appSecret === appSecret).map(({ tenant }) => tenant)),
    ],
    channelOf: (phoneNumberId) => byNumber.get(phoneNumberId) ?? null,
    route(phoneNumberId, signedWith) {
      const route = byNumber.get(phoneNumberId)
      return route?.appSecret === signedWith ? route : null
    },
    routesOfAccount: (wabaId, signedWith) =>
      all.filter((route) => route.wabaId === wabaId && route.appSecret === signedWith),
  }
}

const byNumber = applianceStatement((p: { phoneNumberId: string }) =>
  applianceQuery
    .selectFrom("channel")
    .select(["id", "tenant", "enabled", "holdReason"])
    .where("phoneNumberId", "=", p.phoneNumberId),
)

/** Whose number it is on the appliance, whatever its state. */
export const channelByPhoneNumberId = (read: ApplianceReader, phoneNumberId: string) =>
  read.one(byNumber, { phoneNumberId })

export type Credentials = { phoneNumberId: string; accessToken: string }

/** What a call to the Cloud API is made with. */
export function credentialsOf(read: Reader, secrets: Secrets, channel: Id): Credentials {
  const { phoneNumberId, accessToken } = found(sealedSecretsOf(read, channel))
  return { phoneNumberId, accessToken: secrets.open(accessToken, secretPlace(phoneNumberId, "accessToken")) }
}

const settingsById = remembered(
  statement((p: { id: Id }) => query.selectFrom("channel").select("settings").where("id", "=", p.id)),
)

/** How the number behaves. */
export const channelSettings = (reader: Reader, id: Id): ChannelSettings =>
  settingsOf(found(reader.one(settingsById, { id })))
const settingsOf = madeOnce((row: { settings: string }) => Object.freeze(CHANNEL_SETTINGS.from(row.settings)))

const hoursOfAll = remembered(
  statement(() => query.selectFrom("channel").select(["id", "hours", "timezone"]).where("enabled", "=", 1)),
)
const hoursIn = madeOnce((row: { hours: string }) => hoursFrom(row.hours))
const allForced = remembered(statement(() => query.selectFrom("forcedHours").selectAll()))

/** The numbers that take conversations now: nothing is assigned for any other (R10). */
export function openChannels(reader: Reader): Set<Id> {
  const { timezone } = tenantProfile(reader)
  const forced = new Map(reader.all(allForced).map((row) => [row.channel, row]))
  const open = reader.all(hoursOfAll).filter((row) => {
    const opening = { ...row, enabled: true, hours: hoursIn(row), forced: forced.get(row.id) ?? null }
    return isOpen(opening, timezone, reader.now)
  })
  return new Set(open.map(({ id }) => id))
}
