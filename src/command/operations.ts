/** What commands do with the database, wherever it is open: in their own process or in the running appliance. */
import type { Passwords } from "~/account/actions/passwords.ts"
import type { ControlAnswer } from "~/control.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { Verification } from "~/database/verify.ts"
import type { Chance } from "~/kernel/chance.ts"
import type { Clock } from "~/kernel/clock.ts"
import { NotFound, Refused } from "~/kernel/step.ts"
import { type ApplyInput, type ApplyReport, applyDocument } from "./apply/provision.ts"
import { backupOperation } from "./backup.ts"
import { CommandFailed, InputInvalid } from "./command.ts"
import { type Examination, examine } from "./doctor/examination.ts"
import { type ExportedFile, type ExportInput, exportTenants } from "./export-config.ts"
import { type Rotated, type RotationPlace, rotateKey } from "./key/rotation.ts"
import {
  createUserByName,
  disableUser,
  listUsers,
  type NewUserByName,
  setPasswordOf,
  type UserLine,
} from "./user/operations.ts"
import { refusalLine } from "./wording.ts"

/** Where an operation works. */
export type Workplace = { database: AppDatabase; passwords: Passwords; clock: Clock; chance: Chance }

export type Inputs = {
  apply: ApplyInput
  exportConfig: ExportInput
  backup: { file: string }
  examine: Record<never, never>
  listUsers: { tenant: string | null }
  createUser: NewUserByName
  setPassword: { username: string; password: string }
  disableUser: { username: string }
  rotateKey: Record<never, never>
}
export type Outputs = {
  apply: ApplyReport
  exportConfig: ExportedFile
  backup: Verification
  examine: Examination
  listUsers: UserLine[]
  createUser: { tenant: string }
  setPassword: { tenant: string }
  disableUser: { changed: boolean }
  rotateKey: Rotated
}

const operations: { [Name in keyof Inputs]: (at: RotationPlace, input: Inputs[Name]) => Promise<Outputs[Name]> } = {
  apply: applyDocument,
  exportConfig: ({ database }, input) => exportTenants(database, input),
  backup: ({ database }, { file }) => backupOperation(database.path, file),
  examine: async ({ database }) => examine(database.appliance.read, database.secrets),
  listUsers: async ({ database }, { tenant }) => listUsers(database.appliance.read, tenant),
  createUser: createUserByName,
  setPassword: setPasswordOf,
  disableUser: disableUser,
  rotateKey,
}

/** Does the operation of that name. Faults are thrown; what the operator can act on is answered as lines. */
export async function answerOperation(at: RotationPlace, name: string, input: unknown): Promise<ControlAnswer> {
  const operation = operations[name as keyof Inputs] as
    | ((at: RotationPlace, input: unknown) => Promise<unknown>)
    | undefined
  if (!operation) return failed([`The running appliance does not know «${name}»: it is another version.`])
  try {
    return { result: await operation(at, input) }
  } catch (error) {
    if (error instanceof InputInvalid) return { failure: { kind: "invalid", lines: error.lines } }
    if (error instanceof CommandFailed) return failed(error.lines)
    if (error instanceof Refused) return { failure: { kind: "invalid", lines: [refusalLine(error.refusal)] } }
    if (error instanceof NotFound) return failed(["It is not there any more."])
    throw error
  }
}

const failed = (lines: readonly string[]): ControlAnswer => ({ failure: { kind: "failed", lines } })
