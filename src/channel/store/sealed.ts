/** The secrets of channels as they are kept: who has them stays as it is, so that nobody's form is out of date. */
import type { Reader, Tx } from "~/database/handles.ts"
import { query, slotRow, statement } from "~/database/statement.ts"
import type { ChannelRow } from "~/database/tables.ts"

const COLUMNS = ["accessToken", "appSecret", "verifyToken"] as const
type Sealed = Pick<ChannelRow, "id" | "phoneNumberId" | (typeof COLUMNS)[number]>

const every = statement(() => query.selectFrom("channel").select(["id", "phoneNumberId", ...COLUMNS]))
const save = statement((p: Omit<Sealed, "phoneNumberId">) =>
  query.updateTable("channel").set(slotRow(COLUMNS)).where("id", "=", p.id),
)

export const everySealed = (reader: Reader): Sealed[] => reader.all(every)
export const saveSealed = (tx: Tx, sealed: Sealed): void => void tx.run(save, sealed)
