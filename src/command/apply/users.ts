/** Users of the file: made with defaults for what is not said, changed only where something is. */
import { createUser, type UserChanges, updateUser } from "~/account/actions.ts"
import { type Candidate, userByUsername } from "~/account/queries.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { setSkillsetsOf } from "~/skillset/actions.ts"
import { skillsetName } from "~/skillset/rules.ts"
import { skillsetByName } from "~/skillset/store.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import type { PlatformAdminEntry, UserEntry } from "./document.ts"
import type { Application } from "./provision.ts"
import { type Problem, tell } from "./shape.ts"

const USUAL_CONVERSATIONS = 5

export function applyUser(application: Application, tx: Tx, entry: UserEntry, slug: string, path: string): void {
  const { skillsets, ...person } = entry
  const ids = skillsets && skillsetIds(tx, skillsets, `${path}.skillsets`, application.problems)
  const standing = standingOf(application, tx, entry.username, `${path}.username`)
  if (standing === "elsewhere") return
  const object = `user ${entry.username} of ${slug}`
  if (standing) {
    const changed = changePerson(application, tx, standing, person)
    const moved = ids ? setSkillsetsOf(tx, standing.id, ids) : false
    application.report.push({ object, outcome: changed || moved ? "changed" : "left alone" })
    return
  }
  const { level, maxConversations = USUAL_CONVERSATIONS, isolated = false, outbound = false } = entry
  const { mayEditCustomers = true, loginType = "password", externalId = null } = entry
  if (level === undefined) tell(application.problems, `${path}.level`, "is needed for a new user")
  if (level === undefined) return
  const rights: Rights = { level, maxConversations, isolated, outbound, mayEditCustomers, loginType, externalId }
  const id = createPerson(application, tx, person, rights, path)
  if (id === null) return
  if (ids) setSkillsetsOf(tx, id, ids)
  application.report.push({ object, outcome: "created" })
}

export function applyPlatformAdmin(application: Application, tx: Tx, entry: PlatformAdminEntry, path: string): void {
  const standing = standingOf(application, tx, entry.username, `${path}.username`)
  if (standing === "elsewhere") return
  const object = `platform admin ${entry.username}`
  if (standing) {
    const changed = changePerson(application, tx, standing, entry)
    application.report.push({ object, outcome: changed ? "changed" : "left alone" })
    return
  }
  const rights: Rights = {
    level: "platform_admin",
    maxConversations: 0,
    isolated: false,
    outbound: false,
    mayEditCustomers: false,
    loginType: "password",
    externalId: null,
  }
  if (createPerson(application, tx, entry, rights, path) !== null)
    application.report.push({ object, outcome: "created" })
}

/** Usernames are unique on the appliance: known here, known elsewhere (which is a trouble), or free. */
function standingOf({ tx: appliance, problems }: Application, tx: Tx, username: string, path: string) {
  const known = userByUsername(appliance, username)
  if (!known || known.tenant === tx.tenant) return known
  tell(problems, path, "is taken by a user of another tenant")
  return "elsewhere"
}

type Person = PlatformAdminEntry & Partial<Rights>
type RightNames = "maxConversations" | "isolated" | "outbound" | "mayEditCustomers" | "loginType"
type Rights = Required<Pick<UserEntry, RightNames>> & {
  externalId: string | null
  level: NonNullable<UserEntry["level"]> | "platform_admin"
}

function changePerson({ hashes }: Application, tx: Tx, known: Candidate, person: Person): boolean {
  const { username, password: _, ...details } = person
  const hash = hashes.get(username)
  const changes: UserChanges = hash === undefined ? details : { ...details, passwordHash: hash }
  return updateUser(tx, known.id, changes)
}

/** The id of the new user, or null after telling what is missing. */
function createPerson(application: Application, tx: Tx, person: Person, rights: Rights, path: string): Id | null {
  const { username, firstName, lastName, email = null, language = tenantProfile(tx).language, enabled } = person
  for (const [name, value] of Object.entries({ firstName, lastName }))
    if (value === undefined) tell(application.problems, `${path}.${name}`, "is needed for a new user")
  if (firstName === undefined || lastName === undefined) return null
  const passwordHash = application.hashes.get(username) ?? null
  const id = createUser(tx, { username, passwordHash, firstName, lastName, email, language, ...rights })
  if (enabled === false) updateUser(tx, id, { enabled })
  return id
}

/** Ids of skillsets by their names; tells which of them do not exist. */
export function skillsetIds(tx: Tx, names: readonly string[], path: string, problems: Problem[]): Id[] {
  return names.flatMap((name, index) => {
    const known = skillsetByName(tx, skillsetName(name))
    if (!known) tell(problems, `${path}[${index}]`, `names a skillset that does not exist: ${name}`)
    return known ? [known.id] : []
  })
}
