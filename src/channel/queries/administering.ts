/** Service numbers as their administrator sees them: the list, and one with its health. */
import { sql } from "kysely"
import type { Reader } from "~/database/handles.ts"
import { listing, plainly } from "~/database/listing.ts"
import type { Secrets } from "~/database/secrets.ts"
import { query, statement } from "~/database/statement.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { readablePhone } from "~/kernel/phone.ts"
import { found } from "~/kernel/step.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { type Standing, standingOf } from "../rules/health.ts"
import { type Channel, isOpen, nextOpeningOrClosing, secretPlace } from "../rules.ts"
import { checkOf, hearingOf, verifiedAtOf } from "../store/health.ts"
import { allChannels, loadChannel, sealedSecretsOf } from "../store.ts"

const channel = (column: string) => sql.ref<string>(`channel.${column}`)
const BETWEEN = "\u001f"

/** Names of a number's skillsets, the default one first, in one text. */
const skillsetNames = sql<string | null>`(${query
  .selectFrom("channelSkillset as c")
  .innerJoin("skillset as s", "s.id", "c.skillset")
  .whereRef("c.channel", "=", sql.ref("channel.id"))
  .select(sql<string>`group_concat(s.name, ${BETWEEN} ORDER BY c.position)`.as("names"))})`

export type ChannelLine = {
  id: Id
  name: string
  displayPhoneNumber: string
  phoneNumberId: string
  wabaId: string
  createdAt: Instant
  enabled: boolean
  holdReason: string | null
  skillsets: readonly string[]
}

/** The list (channel/rules/channels-list.ts). */
export const channels = listing({
  rows: (plan) =>
    query
      .selectFrom("channel")
      .select(["channel.id", "channel.name", "channel.displayPhoneNumber", "channel.phoneNumberId", "channel.wabaId"])
      .select(["channel.createdAt", "channel.enabled", "channel.holdReason"])
      .select(skillsetNames.as("skillsetNames"))
      .where((row) =>
        row.and([
          ...plan.words(...["name", "displayPhoneNumber", "phoneNumberId", "wabaId"].map(channel)),
          ...plan.filter(
            "standing",
            (values) =>
              sql`iif(channel.enabled = 0, 'off', iif(channel.holdReason is null, 'on', 'held')) in (${sql.join(values)})`,
          ),
          ...plan.filter("skillset", (values) =>
            row.exists(
              row
                .selectFrom("channelSkillset as of")
                .select("of.channel")
                .whereRef("of.channel", "=", "channel.id")
                .where("of.skillset", "in", values),
            ),
          ),
        ]),
      ),
  line({ skillsetNames, ...row }): ChannelLine {
    const phone = readablePhone(row.displayPhoneNumber)
    return {
      ...row,
      displayPhoneNumber: phone,
      enabled: row.enabled === 1,
      skillsets: skillsetNames?.split(BETWEEN) ?? [],
    }
  },
  id: "channel.id",
  order: {
    name: plainly(channel("name")),
    number: channel("displayPhoneNumber"),
    wabaId: channel("wabaId"),
    phoneNumberId: channel("phoneNumberId"),
    createdAt: sql.ref<number>("channel.createdAt"),
  },
})

/** What stands around every page of a number. */
export type ChannelFrame = {
  id: Id
  name: string
  displayPhoneNumber: string
  standing: Standing
  holdReason: string | null
  heldSince: Instant | null
  lastHeardAt: Instant | null
  open: boolean
  /** When it opens or closes next; null: never. */
  nextChange: Instant | null
  /** Our messages that go out as soon as it may send. */
  waiting: number
}

const waiting = statement((p: { channel: Id }) =>
  query
    .selectFrom("message")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("channel", "=", p.channel)
    .where("status", "in", ["queued", "sending", "uncertain", "held"] as const)
    .where("status", "=", "queued"),
)

export const channelFrame = (reader: Reader, id: Id): ChannelFrame => frameOf(reader, found(loadChannel(reader, id)))

/** Every number's, by its id. */
export const channelFrames = (reader: Reader): ReadonlyMap<Id, ChannelFrame> =>
  new Map(allChannels(reader).map((one) => [one.id, frameOf(reader, one)]))

function frameOf(reader: Reader, one: Channel): ChannelFrame {
  const { id, name, holdReason, heldSince } = one
  const { timezone } = tenantProfile(reader)
  const hearing = hearingOf(reader, id)
  return {
    id,
    name,
    holdReason,
    heldSince,
    displayPhoneNumber: readablePhone(one.displayPhoneNumber),
    standing: standingOf({ ...one, hearing }, reader.now),
    lastHeardAt: hearing.lastAt,
    open: isOpen(one, timezone, reader.now),
    nextChange: nextOpeningOrClosing(one, timezone, reader.now),
    waiting: reader.one(waiting, { channel: id })?.count ?? 0,
  }
}

/** One of them; «not found» when it is none. */
export const channelById = (reader: Reader, id: Id): Channel => found(loadChannel(reader, id))

/** Every number with its hours. */
export const channelHoursOf = (reader: Reader): Pick<Channel, "id" | "name" | "hours">[] => allChannels(reader)

/** The others, for whoever wants the same hours. */
export const otherChannels = (reader: Reader, id: Id): Channel[] => allChannels(reader).filter((one) => one.id !== id)

/** What of the set-up is done: when Meta found our address, when it was heard, what it answered last. */
export const setUpOf = (reader: Reader, secrets: Secrets, id: Id) => {
  const { phoneNumberId, verifyToken } = found(sealedSecretsOf(reader, id))
  return {
    verifyToken: secrets.open(verifyToken, secretPlace(phoneNumberId, "verifyToken")),
    verifiedAt: verifiedAtOf(reader, id),
    heardAt: hearingOf(reader, id).lastAt,
    check: checkOf(reader, id),
  }
}
export type SetUp = ReturnType<typeof setUpOf>
