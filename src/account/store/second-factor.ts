/** How second factors and recovery codes are kept. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { SecondFactorRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import { passkeysOf } from "./passkeys.ts"

const factorOf = statement((p: { user: Id }) => query.selectFrom("secondFactor").selectAll().where("user", "=", p.user))
const factors = statement(() => query.selectFrom("secondFactor").select(["user", "secret", "confirmedAt", "lastStep"]))
const addFactor = inserting("secondFactor", ["user", "secret", "confirmedAt", "lastStep"])
const CHANGING = ["secret", "confirmedAt", "lastStep"] as const
const changeFactor = statement((p: SecondFactorRow) =>
  query.updateTable("secondFactor").set(slotRow(CHANGING)).where("user", "=", p.user),
)
const removeFactor = statement((p: { user: Id }) => query.deleteFrom("secondFactor").where("user", "=", p.user))
const addCode = inserting("recoveryCode", ["user", "codeHash"])
const codesOf = statement((p: { user: Id }) =>
  query.selectFrom("recoveryCode").select("codeHash").where("user", "=", p.user),
)
const removeCode = statement((p: { user: Id; codeHash: Uint8Array }) =>
  query.deleteFrom("recoveryCode").where("user", "=", p.user).where("codeHash", "=", p.codeHash),
)
const removeCodes = statement((p: { user: Id }) => query.deleteFrom("recoveryCode").where("user", "=", p.user))

export const loadFactor = (reader: Reader, user: Id): SecondFactorRow | null => reader.one(factorOf, { user })

export const everyFactor = (reader: Reader): SecondFactorRow[] => reader.all(factors)

export function saveFactor(tx: Tx, factor: SecondFactorRow): void {
  if (tx.run(changeFactor, factor) === 0) tx.run(addFactor, factor)
}

/** An app that makes codes is set up. */
export const hasApp = (reader: Reader, user: Id): boolean => (loadFactor(reader, user)?.confirmedAt ?? null) !== null

/** An app or a passkey: a password alone opens nothing. A passkey that was stopped is still asked for. */
export const hasFactor = (reader: Reader, user: Id): boolean =>
  hasApp(reader, user) || passkeysOf(reader, user).length > 0

export const dropApp = (tx: Tx, user: Id): boolean => tx.run(removeFactor, { user }) > 0
export const dropCodes = (tx: Tx, user: Id): void => void tx.run(removeCodes, { user })

export function replaceCodes(tx: Tx, user: Id, hashes: readonly Uint8Array[]): void {
  tx.run(removeCodes, { user })
  for (const codeHash of hashes) tx.run(addCode, { user, codeHash })
}

/** Whether it was one of theirs, which it is no longer. */
export const dropCode = (tx: Tx, user: Id, codeHash: Uint8Array): boolean => tx.run(removeCode, { user, codeHash }) > 0
export const countCodes = (reader: Reader, user: Id): number => reader.all(codesOf, { user }).length
