/** The file `apply` reads: what it may say, field by field (6-contract.md, «apply FILE»). */
import { LEAST_PASSWORD_CHARACTERS, refusePassword } from "~/account/rules/passwords.ts"
import { APPLIANCE_SLUG, LEVELS, LOGIN_TYPES, normalUsername, refuseUsername } from "~/account/rules.ts"
import { readMessages } from "~/automatic-message/rules/notation.ts"
import type { AutomaticMessages } from "~/automatic-message/rules.ts"
import { CHANNEL_SETTINGS } from "~/channel/rules/settings.ts"
import { isDisplayPhoneNumber, isMetaId } from "~/channel/rules.ts"
import { readHours } from "~/hours/rules/notation.ts"
import { isTimezone } from "~/hours/rules/zone.ts"
import type { Hours } from "~/hours/rules.ts"
import { LONGEST_OVERFLOW_SECONDS, MOST_PRIORITY, STRATEGIES } from "~/skillset/rules.ts"
import { isSlug, TENANT_SETTINGS } from "~/tenant/rules.ts"
import { refusalLine } from "../wording.ts"
import { brandShape } from "./brand.ts"
import { callServersShape } from "./calls.ts"
import { customerPropertyShape, tagKey, tagShape } from "./customer-properties.ts"
import { locationShape } from "./locations.ts"
import { mailServerShape } from "./mail.ts"
import { menuShape } from "./menu.ts"
import { predefinedMessageKey, predefinedMessageShape } from "./predefined-messages.ts"
import { profilingName, profilingShape } from "./profiling.ts"
import { reportScheduleShape } from "./report-schedules.ts"
import {
  listOf,
  object,
  oneOf,
  orNull,
  type Problem,
  readBy,
  type Shape,
  settingsBy,
  tell,
  tellDoubles,
  text,
  verbatim,
  wholeNumber,
  yesOrNo,
} from "./shape.ts"
import { signInShape } from "./sign-in.ts"
import { speechShape } from "./speech.ts"
import { templateKey, templateShape } from "./templates.ts"

const must = (fits: (value: string) => boolean, reason: string) => (value: string) => (fits(value) ? null : reason)

const LANGUAGES = ["en", "it"] as const
const TENANT_LEVELS = LEVELS.filter((level) => level !== "platform_admin")

const secret = verbatim(
  must(
    (value) => value.length > 0 && value.length <= 4_096 && !/[\s\0]/.test(value),
    "must be 1 to 4096 characters without spaces",
  ),
)
const metaId = text(32, must(isMetaId, "must be Meta's id: digits only"))
const mailAddress = text(
  254,
  must((value) => /^[^\s@,;<>"]+@[^\s@,;<>"]+$/.test(value), "must be a mail address"),
)
const username: Shape<string> = (given, path, problems) => {
  const value = text(64)(given, path, problems)
  if (value === undefined) return undefined
  const refusal = refuseUsername(normalUsername(value))
  return refusal ? tell(problems, path, refusalLine(refusal)) : normalUsername(value)
}

const person = {
  password: verbatim(() => null),
  email: orNull(mailAddress),
  firstName: text(100),
  lastName: text(100),
  language: oneOf(LANGUAGES),
  enabled: yesOrNo,
}

const user = object(
  { username },
  {
    ...person,
    level: oneOf(TENANT_LEVELS),
    maxConversations: wholeNumber(0, 100),
    skillsets: listOf(text(80)),
    isolated: yesOrNo,
    outbound: yesOrNo,
    mayEditCustomers: yesOrNo,
    loginType: oneOf(LOGIN_TYPES),
    externalId: orNull(text(100)),
  },
)
const timezone = text(64, must(isTimezone, "must be an IANA timezone like Europe/Rome"))
const platformAdmin = object({ username }, person)
const overflow = object({ skillset: text(80), afterSeconds: wholeNumber(1, LONGEST_OVERFLOW_SECONDS) }, {})
const skillset = object(
  { name: text(80) },
  { strategy: oneOf(STRATEGIES), priority: wholeNumber(0, MOST_PRIORITY), overflow: orNull(overflow) },
)
const channel = object(
  { phoneNumberId: metaId },
  {
    name: text(80),
    displayPhoneNumber: text(32, must(isDisplayPhoneNumber, "must be a phone number")),
    wabaId: metaId,
    accessToken: secret,
    appSecret: secret,
    verifyToken: secret,
    skillsets: listOf(text(80)),
    hours: readBy<Hours>(readHours),
    timezone: orNull(timezone),
    settings: settingsBy(CHANNEL_SETTINGS.read),
    messages: orNull(readBy<AutomaticMessages>(readMessages)),
    menu: orNull(menuShape),
    profiling: orNull(profilingName),
    enabled: yesOrNo,
  },
)
const settings = settingsBy(TENANT_SETTINGS.read)
const tenant = object(
  { slug: text(63, slugReason) },
  {
    name: text(120),
    timezone,
    language: oneOf(LANGUAGES),
    settings,
    skillsets: listOf(skillset),
    users: listOf(user),
    channels: listOf(channel),
    predefinedMessages: listOf(predefinedMessageShape),
    locations: listOf(locationShape),
    profiling: listOf(profilingShape),
    callServers: callServersShape,
    speech: speechShape,
    brand: brandShape,
    mailServer: mailServerShape,
    reportSchedules: listOf(reportScheduleShape),
    templates: listOf(templateShape),
    customerProperties: listOf(customerPropertyShape),
    tags: listOf(tagShape),
    signIn: signInShape,
  },
)
const appliance = object({}, { settings, mailServer: mailServerShape })
const file = object({}, { tenants: listOf(tenant), platformAdmins: listOf(platformAdmin), appliance })

type Read<Described> = Described extends Shape<infer Value> ? Value : never
export type ApplyDocument = Read<typeof file>
export type TenantEntry = Read<typeof tenant>
export type SkillsetEntry = Read<typeof skillset>
export type UserEntry = Read<typeof user>
export type PlatformAdminEntry = Read<typeof platformAdmin>
export type ChannelEntry = Read<typeof channel>

/** The document `given` holds, or everything that is wrong with it. */
export function readDocument(given: unknown): ApplyDocument | { problems: Problem[] } {
  const problems: Problem[] = []
  const document = file(given, "", problems)
  if (document && problems.length === 0) checkWhole(document, problems)
  return document && problems.length === 0 ? document : { problems }
}

function slugReason(slug: string): string | null {
  if (slug === APPLIANCE_SLUG) return "is reserved for the appliance's own admins: use platformAdmins"
  return isSlug(slug) ? null : "must be lower-case letters, digits and -, at most 63"
}

/** What must differ within the file, and passwords, which are judged beside their username. */
function checkWhole({ tenants = [], platformAdmins = [] }: ApplyDocument, problems: Problem[]): void {
  const users = tenants.flatMap(({ users = [] }, index) => placed(users, `tenants[${index}].users`))
  const admins = placed(platformAdmins, "platformAdmins")
  const channels = tenants.flatMap(({ channels = [] }, index) => placed(channels, `tenants[${index}].channels`))
  tellDoubles(placed(tenants, "tenants", ".slug"), ({ slug }) => slug, problems)
  tellDoubles([...users, ...admins], ({ username }) => username, problems)
  tellDoubles(channels, ({ phoneNumberId }) => phoneNumberId, problems)
  for (const [index, tenant] of tenants.entries()) {
    const { skillsets = [], channels = [], predefinedMessages = [], profiling = [], locations = [] } = tenant
    const { customerProperties = [], tags = [], templates = [] } = tenant
    tellDoubles(placed(customerProperties, `tenants[${index}].customerProperties`), ({ name }) => name, problems)
    tellDoubles(placed(tags, `tenants[${index}].tags`), tagKey, problems)
    const providers = placed(tenant.signIn?.providers ?? [], `tenants[${index}].signIn.providers`)
    tellDoubles(providers, ({ provider }) => provider, problems)
    tellDoubles(placed(locations, `tenants[${index}].locations`), ({ name }) => name, problems)
    const messages = placed(predefinedMessages, `tenants[${index}].predefinedMessages`)
    tellDoubles(messages, predefinedMessageKey, problems)
    tellDoubles(placed(templates, `tenants[${index}].templates`), templateKey, problems)
    tellDoubles(placed(profiling, `tenants[${index}].profiling`), ({ name }) => name, problems)
    tellDoubles(placed(skillsets, `tenants[${index}].skillsets`), ({ name }) => name, problems)
    const named = placed(channels, `tenants[${index}].channels`).filter(({ item }) => item.name !== undefined)
    tellDoubles(named, ({ name }) => name ?? "", problems)
  }
  for (const { item, path } of [...users, ...admins]) {
    const rule = { least: LEAST_PASSWORD_CHARACTERS, known: [item.username] }
    const refusal = item.password === undefined ? null : refusePassword(item.password, rule)
    if (refusal) tell(problems, `${path}.password`, refusalLine(refusal))
  }
}

const placed = <Item>(items: readonly Item[], path: string, field = "") =>
  items.map((item, index) => ({ item, path: `${path}[${index}]${field}` }))
