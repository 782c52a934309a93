/** What happens to service numbers. */
import { changesBetween, type Subject } from "~/audit/rules.ts"
import type { Tx } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import { saveDeadlines } from "~/database/timers.ts"
import type { Id } from "~/kernel/id.ts"
import { isNameTaken } from "~/kernel/names.ts"
import { demand, found } from "~/kernel/step.ts"
import { allSkillsets } from "~/skillset/store.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { CHANNEL_SETTINGS, type ChannelSettings } from "./rules/settings.ts"
import { type Channel, type ChannelSecrets, deadlines, forcedAt, SECRET_COLUMNS, secretPlace } from "./rules.ts"
import { saveForced } from "./store/forcing.ts"
import { dropCheck } from "./store/health.ts"
import {
  allChannels,
  channelByNumber,
  insertChannel,
  loadChannel,
  type SealedSecrets,
  sealedSecretsOf,
  updateChannelRow,
} from "./store.ts"

export type ChannelDetails = Pick<
  Channel,
  "name" | "phoneNumberId" | "displayPhoneNumber" | "wabaId" | "hours" | "timezone" | "enabled" | "skillsets"
>
export type NewChannel = ChannelDetails & ChannelSecrets & { settings: Partial<ChannelSettings> }
export type ChannelChanges = Partial<Omit<NewChannel, "phoneNumberId">>

/** Refuses `channel.number_taken`, `channel.name_taken`, `channel.needs_skillset`. */
export function createChannel(tx: Tx, secrets: Secrets, given: NewChannel): Id {
  demand(channelByNumber(tx, given.phoneNumberId) === null, "channel.number_taken", { number: given.phoneNumberId })
  demandOwnName(tx, given.name, null)
  demand(given.skillsets.length > 0, "channel.needs_skillset")
  const settings = { ...CHANNEL_SETTINGS.standard, ...given.settings }
  const channel: Channel = { ...given, settings, id: tx.newId(), holdReason: null, heldSince: null, forced: null }
  insertChannel(tx, channel, sealed(secrets, given.phoneNumberId, given))
  saveDeadlines(tx, channel.id, [], deadlines(channel, tenantProfile(tx).timezone, tx.now))
  tx.raise({ type: "channel.hours_changed", channel: channel.id })
  tx.ring("status", { everyone: true })
  const changes = changesBetween({}, onRecord(tx, { ...given, ...channel }), SECRET_COLUMNS)
  tx.raise({ type: "audit.due", act: "channel.created", subject: channelSubject(channel), changes })
  return channel.id
}

/**
 * Answers whether anything is different now; secrets are sealed anew only when they are other ones. Refuses
 * `channel.name_taken`, `channel.needs_skillset`.
 */
export function updateChannel(tx: Tx, secrets: Secrets, id: Id, changes: ChannelChanges): boolean {
  const before = found(loadChannel(tx, id))
  const { phoneNumberId, ...kept } = found(sealedSecretsOf(tx, id))
  const { accessToken, appSecret, verifyToken, ...details } = changes
  const next: Channel = { ...before, ...details, settings: { ...before.settings, ...details.settings } }
  demand(next.skillsets.length > 0, "channel.needs_skillset")
  demandOwnName(tx, next.name, id)
  const opened = secretsOf(secrets, phoneNumberId, kept)
  const wanted = {
    accessToken: accessToken ?? opened.accessToken,
    appSecret: appSecret ?? opened.appSecret,
    verifyToken: verifyToken ?? opened.verifyToken,
  }
  const otherSecrets = SECRET_COLUMNS.some((column) => wanted[column] !== opened[column])
  const otherDetails = JSON.stringify(next) !== JSON.stringify(before)
  if (!otherSecrets && !otherDetails) return false
  if (wanted.accessToken !== opened.accessToken || next.wabaId !== before.wabaId) dropCheck(tx, id)
  updateChannelRow(tx, next, otherSecrets ? sealed(secrets, phoneNumberId, wanted) : kept)
  const { timezone } = tenantProfile(tx)
  saveDeadlines(tx, id, deadlines(before, timezone, tx.now), deadlines(next, timezone, tx.now))
  if (otherDetails) tx.raise({ type: "channel.hours_changed", channel: id })
  if (behavesOtherwise(before, next)) tx.raise({ type: "channel.settings_changed", channel: id })
  tx.ring("status", { everyone: true })
  noteChanges(tx, { ...before, ...opened }, { ...next, ...wanted })
  return true
}

function demandOwnName(tx: Tx, name: string, self: Id | null): void {
  const all = allChannels(tx)
  const isKept = all.some((channel) => channel.id === self && channel.name === name)
  demand(isKept || !isNameTaken(all, name, self), "channel.name_taken", { name })
}

function noteChanges(tx: Tx, before: Channel & ChannelSecrets, next: Channel & ChannelSecrets): void {
  const changes = changesBetween(onRecord(tx, before), onRecord(tx, next), SECRET_COLUMNS)
  tx.raise({ type: "audit.due", act: "channel.changed", subject: channelSubject(before), changes })
}

/** What an administrator decides of a number, setting by setting. */
function onRecord(tx: Tx, { settings, skillsets, ...channel }: Channel & Partial<ChannelSecrets>) {
  const { id: _, holdReason: __, heldSince: ___, forced: ____, ...rest } = channel
  const names = new Map(allSkillsets(tx).map(({ id, name }) => [id, name]))
  return { ...rest, skillsets: skillsets.map((id) => names.get(id) ?? String(id)).join(", "), ...settings }
}

/** A number as the record names it. */
export const channelSubject = ({ id, name }: Pick<Channel, "id" | "name">): Subject => ({ kind: "channel", id, name })

const behavesOtherwise = (before: Channel, { settings, skillsets }: Channel): boolean =>
  JSON.stringify({ settings, skillsets }) !== JSON.stringify({ settings: before.settings, skillsets: before.skillsets })

/** The opening hours have come to a change: whoever waits for the number hears of it. */
export function passHoursChange(tx: Tx, id: Id): void {
  const channel = loadChannel(tx, id)
  if (!channel) return
  if (channel.forced && !forcedAt(channel, tx.now)) saveForced(tx, id, null)
  saveDeadlines(tx, id, [], deadlines(channel, tenantProfile(tx).timezone, tx.now))
  tx.raise({ type: "channel.hours_changed", channel: id })
  tx.ring("status", { everyone: true })
}

/** The tenant's clocks are others now: every number's next change is at another moment. */
export function followTimezone(tx: Tx): void {
  for (const { id } of allChannels(tx)) passHoursChange(tx, id)
}

const secretsOf = (secrets: Secrets, phoneNumberId: string, kept: SealedSecrets): ChannelSecrets => ({
  accessToken: secrets.open(kept.accessToken, secretPlace(phoneNumberId, "accessToken")),
  appSecret: secrets.open(kept.appSecret, secretPlace(phoneNumberId, "appSecret")),
  verifyToken: secrets.open(kept.verifyToken, secretPlace(phoneNumberId, "verifyToken")),
})

const sealed = (secrets: Secrets, phoneNumberId: string, given: ChannelSecrets): SealedSecrets => ({
  accessToken: secrets.seal(given.accessToken, secretPlace(phoneNumberId, "accessToken")),
  appSecret: secrets.seal(given.appSecret, secretPlace(phoneNumberId, "appSecret")),
  verifyToken: secrets.seal(given.verifyToken, secretPlace(phoneNumberId, "verifyToken")),
})
