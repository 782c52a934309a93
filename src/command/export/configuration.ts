/** A tenant as the file that `apply` reads: everything that was decided, and nobody's conversations. */

import { loadCallTemplate } from "~/call/store.ts"
import { loadProperties } from "~/customer-property/store.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import { allLocations } from "~/location/store.ts"
import type { PredefinedMessage } from "~/predefined-message/rules.ts"
import { loadPredefinedMessage } from "~/predefined-message/store.ts"
import type { Reason } from "~/profiling/rules.ts"
import { loadReasons } from "~/profiling/store.ts"
import { retentionOf } from "~/retention/queries.ts"
import { RETENTION } from "~/retention/rules.ts"
import { allSkillsets } from "~/skillset/store.ts"
import { loadTags } from "~/tag/store.ts"
import { allTemplates } from "~/template/store.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { TENANT_SETTINGS } from "~/tenant/rules.ts"
import { brandEntry } from "./brand.ts"
import { channelEntries } from "./channels.ts"
import { callServersEntry, mailServerEntry, reportScheduleEntries, type Sealed } from "./servers.ts"
import { signInEntry } from "./sign-in.ts"
import { speechEntry } from "./speech.ts"

/** `secrets`: with them numbers and servers carry theirs; without, they are left out. Passwords of people are never in it. */
export function configurationOf(reader: Reader, { tenant, secrets }: Sealed) {
  const { slug, name, timezone, language, settings } = tenantProfile(reader)
  const { names, ...skillsets } = skillsetEntries(reader)
  return {
    slug,
    name,
    timezone,
    language,
    settings: JSON.parse(TENANT_SETTINGS.text(settings)) as object,
    profiling: profilingEntries(reader),
    skillsets: skillsets.entries,
    users: userEntries(reader),
    channels: channelEntries(reader, names, secrets),
    predefinedMessages: predefinedMessageEntries(reader),
    locations: allLocations(reader).map(({ name: called, latitude, longitude, address }) => ({
      name: called,
      latitude,
      longitude,
      ...(address === "" ? {} : { address }),
    })),
    ...speechEntry(reader, secrets),
    ...retentionEntry(reader),
    brand: brandEntry(reader),
    customerProperties: propertyEntries(reader),
    tags: loadTags(reader).map(({ name: called, tone }) => ({ name: called, tone })),
    callServers: callServersEntry(reader, { tenant, secrets }),
    callTemplate: loadCallTemplate(reader),
    mailServer: mailServerEntry(reader, { tenant, secrets }),
    reportSchedules: reportScheduleEntries(reader),
    templates: allTemplates(reader).map(({ wabaId, name: called, language: written, enabled, fills }) => ({
      wabaId,
      name: called,
      language: written,
      enabled,
      fills,
    })),
    ...signInEntry(reader, secrets),
  }
}
/** What was decided of the appliance itself: its settings, its mail server, who runs it. */
export function applianceEntry(reader: Reader, sealed: Sealed) {
  const { settings } = tenantProfile(reader)
  const appliance = {
    settings: JSON.parse(TENANT_SETTINGS.text(settings)) as object,
    mailServer: mailServerEntry(reader, sealed),
  }
  const platformAdmins = reader.all(people).map(({ username, email, firstName, lastName, language, enabled }) => ({
    username,
    email,
    firstName,
    lastName,
    language,
    enabled: enabled === 1,
  }))
  return { appliance, platformAdmins }
}

/** The file of one tenant without a secret in it. */
export const tenantFile = (reader: Reader, tenant: Id) => ({
  tenants: [configurationOf(reader, { tenant, secrets: null })],
})

export type Configuration = ReturnType<typeof configurationOf>

function skillsetEntries(reader: Reader) {
  const all = allSkillsets(reader)
  const names = new Map(all.map(({ id, name }) => [id, name]))
  const entries = all.map(({ name, strategy, priority, overflow }) => ({
    name,
    strategy,
    priority,
    overflow: overflow && { skillset: names.get(overflow.to) ?? "", afterSeconds: overflow.afterSeconds },
  }))
  return { entries, names }
}

const people = statement(() =>
  query
    .selectFrom("user")
    .select(["id", "username", "email", "firstName", "lastName", "level", "language", "maxConversations"])
    .select(["isolated", "outbound", "mayEditCustomers", "loginType", "externalId", "enabled"])
    .where("deletedAt", "is", null)
    .orderBy("username"),
)
const memberships = statement(() =>
  query
    .selectFrom("skillsetMember as member")
    .innerJoin("skillset", "skillset.id", "member.skillset")
    .select(["member.user", "skillset.name"])
    .orderBy("skillset.name"),
)

function userEntries(reader: Reader) {
  const skillsets = Map.groupBy(reader.all(memberships), ({ user }) => user)
  return reader.all(people).map(({ id, isolated, outbound, mayEditCustomers, enabled, ...rest }) => ({
    ...rest,
    isolated: isolated === 1,
    outbound: outbound === 1,
    mayEditCustomers: mayEditCustomers === 1,
    enabled: enabled === 1,
    skillsets: (skillsets.get(id) ?? []).map(({ name }) => name),
  }))
}

/** Where nothing was ever chosen there is nothing to say. */
function retentionEntry(reader: Reader) {
  const chosen = JSON.parse(RETENTION.text(retentionOf(reader))) as object
  return Object.keys(chosen).length === 0 ? {} : { retention: chosen }
}

const trees = statement(() => query.selectFrom("profilingTree").select(["id", "name"]).orderBy("name"))

/** Reasons that are offered; those that are retired live on in what was closed with them. */
const profilingEntries = (reader: Reader) =>
  reader.all(trees).map(({ id, name }) => ({ name, reasons: reasonsUnder(loadReasons(reader, id), null) }))

type ReasonEntry = { title: string; mayStop: boolean; reasons: ReasonEntry[] }

const reasonsUnder = (all: readonly Reason[], parent: number | null): ReasonEntry[] =>
  all
    .filter((reason) => reason.parent === parent && reason.retiredAt === null)
    .map(({ id, title, mayStop }) => ({ title, mayStop, reasons: reasonsUnder(all, id) }))

const messages = statement(() =>
  query.selectFrom("predefinedMessage").select("id").orderBy("category").orderBy("title").orderBy("language"),
)

const predefinedMessageEntries = (reader: Reader) =>
  reader.all(messages).flatMap(({ id }) => {
    const message = loadPredefinedMessage(reader, id)
    return message ? [predefinedMessageEntry(message)] : []
  })

const predefinedMessageEntry = ({ category, title, language, text, choices, enabled }: PredefinedMessage) => ({
  category,
  title,
  text,
  enabled,
  ...(language === "" ? {} : { language }),
  ...(choices?.style === "buttons" ? { buttons: choices.titles } : {}),
  ...(choices?.style === "list" ? { list: { opener: choices.opener, choices: choices.titles } } : {}),
})

const numbers = statement(() => query.selectFrom("channel").select(["id", "name"]))

function propertyEntries(reader: Reader) {
  const names = new Map(reader.all(numbers).map(({ id, name }) => [id, name]))
  return loadProperties(reader).map(({ name, kind, choices, channels, enabled }) => ({
    name,
    kind,
    choices,
    channels: channels.map((id) => names.get(id) ?? ""),
    enabled,
  }))
}
