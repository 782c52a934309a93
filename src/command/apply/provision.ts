/**
 * Makes the appliance as the file says, in one transaction: all of it or nothing. It creates and changes, and never
 * removes; a file applied twice changes nothing the second time.
 */
import { userByUsername } from "~/account/queries.ts"
import type { ApplianceTx } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import { type Actor, OPERATOR } from "~/facts.ts"
import { applianceTenant, createTenant, updateTenant } from "~/tenant/actions.ts"
import { tenantBySlug } from "~/tenant/store.ts"
import { InputInvalid } from "../command.ts"
import type { Workplace } from "../operations.ts"
import { applyBrand } from "./brand.ts"
import { applyCallServers, applyCallTemplate } from "./calls.ts"
import { applyChannel } from "./channels.ts"
import { applyCustomerProperties, applyTags } from "./customer-properties.ts"
import { type ApplyDocument, readDocument, type TenantEntry } from "./document.ts"
import { applyLocations } from "./locations.ts"
import { applyMailServer } from "./mail.ts"
import { applyPredefinedMessages } from "./predefined-messages.ts"
import { applyProfiling } from "./profiling.ts"
import { unlessRefused } from "./refusing.ts"
import { applyReportSchedules } from "./report-schedules.ts"
import { applyRetention } from "./retention.ts"
import { type Problem, tell } from "./shape.ts"
import { applySignIn } from "./sign-in.ts"
import { applySkillsets } from "./skillsets.ts"
import { applySpeech } from "./speech.ts"
import { applyTemplates } from "./templates.ts"
import { applyPlatformAdmin, applyUser } from "./users.ts"

export type ApplyInput = { document: unknown; dryRun: boolean }
export type Outcome = "created" | "changed" | "left alone"
/** One object of the file: `user anna of acme`, and what happened to it. */
export type ApplyReport = { object: string; outcome: Outcome }[]

/** What one run of `apply` carries from object to object. */
export type Application = {
  tx: ApplianceTx
  secrets: Secrets
  actor: Actor
  /** New hashes by username, for passwords that are not the ones already kept. */
  hashes: ReadonlyMap<string, string>
  report: ApplyReport
  problems: Problem[]
}

/** Throws InputInvalid with a path and a reason for everything that is wrong; then nothing has changed. */
export async function applyDocument(at: Workplace, { document: given, dryRun }: ApplyInput): Promise<ApplyReport> {
  const document = readDocument(given)
  if ("problems" in document) throw invalid(document.problems)
  const hashes = await newHashes(at, document)
  const { appliance, secrets } = at.database
  try {
    return await appliance.act((tx) => {
      const application: Application = { tx, secrets, actor: OPERATOR, hashes, report: [], problems: [] }
      provision(application, document)
      if (application.problems.length > 0) throw invalid(application.problems)
      if (dryRun) throw new Undone(application.report)
      return application.report
    })
  } catch (error) {
    if (error instanceof Undone) return error.report
    throw error
  }
}

/** A dry run is a real one that is undone at its end, so that the two cannot differ. */
class Undone extends Error {
  constructor(readonly report: ApplyReport) {
    super("a dry run")
  }
}

const invalid = (problems: readonly Problem[]) =>
  new InputInvalid(problems.map(({ path, reason }) => (path === "" ? `the file ${reason}` : `${path} ${reason}`)))

/** Hashing takes its time, so it is done before; a password that already fits is not hashed anew. */
async function newHashes({ database, passwords }: Workplace, document: ApplyDocument): Promise<Map<string, string>> {
  const { tenants = [], platformAdmins = [] } = document
  const hashes = new Map<string, string>()
  for (const { username, password } of [...tenants.flatMap(({ users = [] }) => users), ...platformAdmins]) {
    if (password === undefined) continue
    const kept = userByUsername(database.appliance.read, username)?.passwordHash ?? null
    if (kept === null || !(await passwords.verify(password, kept))) hashes.set(username, await passwords.hash(password))
  }
  return hashes
}

function provision(application: Application, document: ApplyDocument): void {
  const { tenants = [], platformAdmins = [], appliance } = document
  for (const [index, entry] of tenants.entries()) applyTenant(application, entry, `tenants[${index}]`)
  if (platformAdmins.length === 0 && appliance === undefined) return
  const { tx, actor, report } = application
  const id = applianceTenant(tx)
  if (appliance?.settings !== undefined) {
    const changed = updateTenant(tx, actor, id, { settings: appliance.settings })
    report.push({ object: "appliance", outcome: changed ? "changed" : "left alone" })
  }
  tx.within(id, actor, (inside) => {
    applyMailServer(application, inside, appliance?.mailServer, { object: "appliance", path: "appliance" })
    for (const [index, entry] of platformAdmins.entries()) {
      const place = `platformAdmins[${index}]`
      unlessRefused(application.problems, place, () => applyPlatformAdmin(application, inside, entry, place))
    }
  })
}

function applyTenant(application: Application, entry: TenantEntry, path: string): void {
  const { tx, actor, problems } = application
  const { slug, skillsets = [], users = [], channels = [], ...rest } = entry
  const {
    predefinedMessages = [],
    profiling = [],
    locations = [],
    customerProperties = [],
    tags = [],
    callServers,
    callTemplate,
    speech,
    retention,
    brand,
    mailServer,
    reportSchedules = [],
    templates = [],
    signIn,
    ...profile
  } = rest
  const id = tenantOf(application, slug, profile, path)
  if (id === null) return
  tx.within(id, actor, (inside) => {
    applyProfiling(application, inside, profiling, { slug, path })
    applySkillsets(application, inside, skillsets, { slug, path })
    for (const [index, user] of users.entries()) {
      const place = `${path}.users[${index}]`
      unlessRefused(problems, place, () => applyUser(application, inside, user, slug, place))
    }
    for (const [index, one] of channels.entries()) {
      const place = `${path}.channels[${index}]`
      unlessRefused(problems, place, () => applyChannel(application, inside, one, slug, place))
    }
    applyPredefinedMessages(application, inside, predefinedMessages, { slug, path })
    applyLocations(application, inside, locations, { slug, path })
    applyCustomerProperties(application, inside, customerProperties, { slug, path })
    applyTags(application, inside, tags, { slug, path })
    const told = (part: string, work: () => void) => unlessRefused(problems, `${path}.${part}`, work)
    told("callServers", () => applyCallServers(application, inside, callServers, slug))
    told("callTemplate", () => applyCallTemplate(application, inside, callTemplate, slug))
    told("speech", () => applySpeech(application, inside, speech, slug))
    told("retention", () => applyRetention(application, inside, retention, slug))
    told("brand", () => applyBrand(application, inside, brand, slug))
    applyMailServer(application, inside, mailServer, { object: slug, path })
    applyTemplates(application, inside, templates, { slug, path })
    applyReportSchedules(application, inside, reportSchedules, { slug, path })
    applySignIn(application, inside, signIn, { slug, path })
  })
}

type Profile = Pick<TenantEntry, "name" | "timezone" | "language" | "settings">

function tenantOf({ tx, actor, report, problems }: Application, slug: string, profile: Profile, path: string) {
  const known = tenantBySlug(tx, slug)
  const object = `tenant ${slug}`
  if (known) {
    const changed = updateTenant(tx, actor, known.id, profile)
    report.push({ object, outcome: changed ? "changed" : "left alone" })
    return known.id
  }
  const { name, timezone, language = "en", settings = {} } = profile
  if (name === undefined) tell(problems, `${path}.name`, "is needed for a new tenant")
  if (timezone === undefined) tell(problems, `${path}.timezone`, "is needed for a new tenant")
  if (name === undefined || timezone === undefined) return null
  report.push({ object, outcome: "created" })
  return createTenant(tx, actor, { slug, name, timezone, language, settings })
}
