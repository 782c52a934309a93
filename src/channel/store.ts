import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, remembered, slotRow, statement } from "~/database/statement.ts"
import type { ChannelRow, Flag } from "~/database/tables.ts"
import { readHours, writeHours } from "~/hours/rules/notation.ts"
import type { Hours } from "~/hours/rules.ts"
import { assert } from "~/kernel/assert.ts"
import type { Id } from "~/kernel/id.ts"
import { CHANNEL_SETTINGS } from "./rules/settings.ts"
import type { Channel } from "./rules.ts"
import { forcedOf, saveForced } from "./store/forcing.ts"

/** A channel's secrets as they are kept. */
export type SealedSecrets = Pick<ChannelRow, "accessToken" | "appSecret" | "verifyToken">

const DETAILS = [
  "name",
  "displayPhoneNumber",
  "wabaId",
  "accessToken",
  "appSecret",
  "verifyToken",
  "hours",
  "timezone",
  "enabled",
  "settings",
] as const

const byId = remembered(statement((p: { id: Id }) => query.selectFrom("channel").selectAll().where("id", "=", p.id)))
const secretsById = statement((p: { id: Id }) =>
  query
    .selectFrom("channel")
    .select(["phoneNumberId", "accessToken", "appSecret", "verifyToken"])
    .where("id", "=", p.id),
)
const byNumber = statement((p: { phoneNumberId: string }) =>
  query.selectFrom("channel").select("id").where("phoneNumberId", "=", p.phoneNumberId),
)
const everyId = remembered(statement(() => query.selectFrom("channel").select("id").orderBy("name")))
const insert = inserting("channel", ["id", "phoneNumberId", "createdAt", ...DETAILS])
const update = statement((p: Pick<ChannelRow, "id" | (typeof DETAILS)[number]>) =>
  query
    .updateTable("channel")
    .set(slotRow(DETAILS))
    .set((row) => ({ version: row("version", "+", 1) }))
    .where("id", "=", p.id),
)
const skillsetsOf = remembered(
  statement((p: { channel: Id }) =>
    query.selectFrom("channelSkillset").select("skillset").where("channel", "=", p.channel).orderBy("position"),
  ),
)
const clearSkillsets = statement((p: { channel: Id }) =>
  query.deleteFrom("channelSkillset").where("channel", "=", p.channel),
)
const remove = statement((p: { id: Id }) => query.deleteFrom("channel").where("id", "=", p.id))
const addSkillset = inserting("channelSkillset", ["channel", "position", "skillset"])

export function loadChannel(reader: Reader, id: Id): Channel | null {
  const row = reader.one(byId, { id })
  if (!row) return null
  const skillsets = reader.all(skillsetsOf, { channel: id }).map(({ skillset }) => skillset)
  return { ...channelFrom(row), skillsets, forced: forcedOf(reader, id) }
}

export function sealedSecretsOf(reader: Reader, id: Id): (SealedSecrets & { phoneNumberId: string }) | null {
  return reader.one(secretsById, { id })
}

export const channelByNumber = (reader: Reader, phoneNumberId: string): Id | null =>
  reader.one(byNumber, { phoneNumberId })?.id ?? null

/** Every channel of the tenant, by name. */
export const allChannels = (reader: Reader): Channel[] =>
  reader.all(everyId).flatMap(({ id }) => loadChannel(reader, id) ?? [])

export function insertChannel(tx: Tx, channel: Channel, secrets: SealedSecrets): void {
  tx.run(insert, { ...rowOf(channel), ...secrets, phoneNumberId: channel.phoneNumberId, createdAt: tx.now })
  saveSkillsets(tx, channel)
}

export function updateChannelRow(tx: Tx, channel: Channel, secrets: SealedSecrets): void {
  tx.run(update, { ...rowOf(channel), ...secrets })
  saveSkillsets(tx, channel)
}

export function deleteChannelRow(tx: Tx, id: Id): void {
  saveForced(tx, id, null)
  tx.run(clearSkillsets, { channel: id })
  tx.run(remove, { id })
}

export const replaceSkillsets = (tx: Tx, channel: Channel): void => saveSkillsets(tx, channel)

function saveSkillsets(tx: Tx, { id, skillsets }: Channel): void {
  tx.run(clearSkillsets, { channel: id })
  for (const [position, skillset] of skillsets.entries()) tx.run(addSkillset, { channel: id, position, skillset })
}

const rowOf = ({ id, name, displayPhoneNumber, wabaId, hours, timezone, enabled, settings }: Channel) => ({
  id,
  name,
  displayPhoneNumber,
  wabaId,
  timezone,
  hours: writeHours(hours),
  settings: CHANNEL_SETTINGS.text(settings),
  enabled: Number(enabled) as Flag,
})

const channelFrom = (row: ChannelRow): Omit<Channel, "skillsets" | "forced"> => ({
  id: row.id,
  name: row.name,
  phoneNumberId: row.phoneNumberId,
  displayPhoneNumber: row.displayPhoneNumber,
  wabaId: row.wabaId,
  hours: hoursFrom(row.hours),
  timezone: row.timezone,
  enabled: row.enabled === 1,
  settings: CHANNEL_SETTINGS.from(row.settings),
  holdReason: row.holdReason,
  heldSince: row.heldSince,
})

/** Hours as the column keeps them. */
export function hoursFrom(text: string): Hours {
  const hours = readHours(JSON.parse(text))
  assert("kind" in hours, "kept hours are valid")
  return hours
}
