/** How passkeys are kept, and which questions to them were answered. */
import type { ApplianceReader, Reader, Tx } from "~/database/handles.ts"
import { applianceQuery, applianceStatement, query, slotRow, statement } from "~/database/statement.ts"
import type { PasskeyAnswerRow, PasskeyRow } from "~/database/tables.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Passkey, QUESTION_LIFE } from "../rules/passkeys.ts"

const COLUMNS = [
  "id",
  "user",
  "credential",
  "publicKey",
  "counter",
  "transports",
  "name",
  "addedAt",
  "lastUsedAt",
  "stoppedAt",
] as const
const add = statement((_: PasskeyRow) =>
  query
    .insertInto("passkey")
    .values(slotRow(COLUMNS))
    .onConflict((conflict) => conflict.column("credential").doNothing()),
)
const ofUser = statement((p: { user: Id }) =>
  query.selectFrom("passkey").select(COLUMNS).where("user", "=", p.user).orderBy("id"),
)
const whose = applianceStatement((p: { credential: Uint8Array }) =>
  applianceQuery.selectFrom("passkey").select(["tenant", "user"]).where("credential", "=", p.credential),
)
const use = statement((p: { id: Id; counter: number; now: Instant }) =>
  query.updateTable("passkey").set({ counter: p.counter, lastUsedAt: p.now }).where("id", "=", p.id),
)
const stop = statement((p: { id: Id; now: Instant }) =>
  query.updateTable("passkey").set({ stoppedAt: p.now }).where("id", "=", p.id),
)
const rename = statement((p: { id: Id; user: Id; name: string }) =>
  query.updateTable("passkey").set({ name: p.name }).where("id", "=", p.id).where("user", "=", p.user),
)
const remove = statement((p: { id: Id; user: Id }) =>
  query.deleteFrom("passkey").where("id", "=", p.id).where("user", "=", p.user),
)
const removeOf = statement((p: { user: Id }) => query.deleteFrom("passkey").where("user", "=", p.user))
const addAnswer = statement((_: PasskeyAnswerRow) =>
  query
    .insertInto("passkeyAnswer")
    .values(slotRow(["questionHash", "answeredAt"] as const))
    .onConflict((conflict) => conflict.column("questionHash").doNothing()),
)
const removeAnswers = statement((p: { before: Instant }) =>
  query.deleteFrom("passkeyAnswer").where("answeredAt", "<", p.before),
)

const passkeyIn = (row: PasskeyRow): Passkey => ({ ...row, transports: JSON.parse(row.transports) as string[] })

export const passkeysOf = (reader: Reader, user: Id): Passkey[] => reader.all(ofUser, { user }).map(passkeyIn)

/** Whoever adds one of that kind has it, in whichever tenant; null when nobody has. */
export const ownerOfCredential = (read: ApplianceReader, credential: Uint8Array): { tenant: Id; user: Id } | null =>
  read.one(whose, { credential })

/** Answers whether nobody had it, in whichever tenant. */
export function addPasskey(tx: Tx, passkey: Omit<Passkey, "id" | "addedAt" | "lastUsedAt" | "stoppedAt">): boolean {
  const row = { ...passkey, transports: JSON.stringify(passkey.transports), lastUsedAt: null, stoppedAt: null }
  return tx.run(add, { ...row, id: tx.newId(), addedAt: tx.now }) === 1
}

export const noteUse = (tx: Tx, id: Id, counter: number): void => void tx.run(use, { id, counter, now: tx.now })
export const stopPasskey = (tx: Tx, id: Id): void => void tx.run(stop, { id, now: tx.now })
export const renamePasskey = (tx: Tx, user: Id, id: Id, name: string): boolean => tx.run(rename, { id, user, name }) > 0
export const dropPasskey = (tx: Tx, user: Id, id: Id): boolean => tx.run(remove, { id, user }) > 0
export const dropPasskeysOf = (tx: Tx, user: Id): boolean => tx.run(removeOf, { user }) > 0

/** Answers whether the question was open until now; those that are too old to be answered are forgotten. */
export function closeQuestion(tx: Tx, questionHash: Uint8Array): boolean {
  tx.run(removeAnswers, { before: tx.now - QUESTION_LIFE })
  return tx.run(addAnswer, { questionHash, answeredAt: tx.now }) === 1
}
