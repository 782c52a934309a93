/** Proving a password to the company's directory, and taking from its groups what they decide. */
import type { AppDatabase } from "~/database/database.ts"
import { SYSTEM } from "~/facts.ts"
import { Refused, refuse } from "~/kernel/step.ts"
import { skillsetChoices } from "~/skillset/queries.ts"
import { updateUser } from "../actions.ts"
import { skillsetsServed } from "../queries/ways-in.ts"
import type { Candidate } from "../queries.ts"
import { type Directories, decidedBy } from "../rules/directory.ts"
import { loadUser } from "../store.ts"
import { directoryServer } from "./ways-in.ts"

/** Whether the directory knows them. Refuses login.directory_down, login.directory_group. */
export async function provesToDirectory(
  database: AppDatabase,
  directories: Directories,
  candidate: Candidate,
  password: string,
): Promise<boolean> {
  const { read, act } = database.tenant(candidate.tenant)
  const server = directoryServer(read, database.secrets)
  const user = loadUser(read, candidate.id)
  if (!server?.enabled || !user) return false
  const answer = await directories.check(server, user.externalId ?? user.username, password)
  if (answer.result === "wrong") return false
  if (answer.result === "trouble") throw new Refused(refuse("login.directory_down"))
  const decided = decidedBy(server, answer.groups)
  if ("refused" in decided) throw new Refused(decided)
  const { level, skillsets } = decided
  if (level === null && skillsets === null) return true
  await act(SYSTEM, (tx) => {
    if (level !== null) updateUser(tx, candidate.id, { level })
    if (skillsets === null) return
    const ids = skillsetChoices(tx)
      .filter(({ name }) => skillsets.includes(name))
      .map(({ id }) => id)
    if (String(ids.sort()) === String(skillsetsServed(tx, candidate.id).sort())) return
    tx.raise({ type: "user.skillsets_chosen", user: candidate.id, skillsets: ids })
  })
  return true
}
