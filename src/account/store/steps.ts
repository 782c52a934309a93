/** How people on their way in, and links to new passwords, are kept: by the hash of what their browser or mail holds. */
import type { ApplianceReader, Reader, Tx } from "~/database/handles.ts"
import { applianceQuery, applianceStatement, inserting, query, statement } from "~/database/statement.ts"
import type { PasswordResetRow, SignInStepRow } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { RESET_LIFE, STEP_LIFE } from "../rules/entering.ts"

const addStepRow = inserting("signInStep", [
  "tokenHash",
  "user",
  "passwordHash",
  "factorPassed",
  "language",
  "next",
  "startedAt",
])
const stepByHash = applianceStatement((p: { tokenHash: Uint8Array }) =>
  applianceQuery.selectFrom("signInStep").selectAll().where("tokenHash", "=", p.tokenHash),
)
const removeStep = statement((p: { tokenHash: Uint8Array }) =>
  query.deleteFrom("signInStep").where("tokenHash", "=", p.tokenHash),
)
const removeStepsOf = statement((p: { user: Id }) => query.deleteFrom("signInStep").where("user", "=", p.user))
const removeOldSteps = statement((p: { before: Instant }) =>
  query.deleteFrom("signInStep").where("startedAt", "<", p.before),
)

/** Somebody begins the way in; those who gave up are forgotten. */
export function addStep(tx: Tx, step: Omit<SignInStepRow, "startedAt">): void {
  tx.run(removeOldSteps, { before: tx.now - STEP_LIFE })
  tx.run(addStepRow, { ...step, startedAt: tx.now })
}
export const dropStep = (tx: Tx, tokenHash: Uint8Array): boolean => tx.run(removeStep, { tokenHash }) > 0
export const dropStepsOf = (tx: Tx, user: Id): void => void tx.run(removeStepsOf, { user })

/** Null when there is none or it took too long. */
export function loadStep(read: ApplianceReader, tokenHash: Uint8Array): (SignInStepRow & { tenant: Id }) | null {
  const row = read.one(stepByHash, { tokenHash })
  return row && read.now < row.startedAt + STEP_LIFE ? row : null
}

const addResetRow = inserting("passwordReset", ["tokenHash", "user", "askedAt"])
const resetByHash = applianceStatement((p: { tokenHash: Uint8Array }) =>
  applianceQuery.selectFrom("passwordReset").selectAll().where("tokenHash", "=", p.tokenHash),
)
const resetsSince = statement((p: { user: Id; since: Instant }) =>
  query.selectFrom("passwordReset").select("askedAt").where("user", "=", p.user).where("askedAt", ">", p.since),
)
const removeResetsOf = statement((p: { user: Id; before: Instant }) =>
  query.deleteFrom("passwordReset").where("user", "=", p.user).where("askedAt", "<=", p.before),
)

export function addReset(tx: Tx, reset: Omit<PasswordResetRow, "askedAt">): void {
  tx.run(addResetRow, { ...reset, askedAt: tx.now })
}
export const countResets = (reader: Reader, user: Id, since: Instant): number =>
  reader.all(resetsSince, { user, since }).length
export const dropResetsOf = (tx: Tx, user: Id, before: Instant): void => void tx.run(removeResetsOf, { user, before })

/** Null when there is none or it is too old. */
export function loadReset(read: ApplianceReader, tokenHash: Uint8Array): (PasswordResetRow & { tenant: Id }) | null {
  const row = read.one(resetByHash, { tokenHash })
  return row && read.now < row.askedAt + RESET_LIFE ? row : null
}
