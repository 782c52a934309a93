/** What was counted of conversations and presence that are removed by now: kept, so that counters can be made again. */
import type { Reader, Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"
import type { Sum } from "../rules/sums.ts"
import { addingTo, presencesIn } from "./keeping.ts"

const every = statement(() => query.selectFrom("settledCounter").selectAll())
const forgetTally = statement((p: { conversation: Id }) =>
  query.deleteFrom("reportTally").where("conversation", "=", p.conversation),
)
const people = statement(() => query.selectFrom("settledPresence").select("user"))

export const settledSums = (reader: Reader): Sum[] => reader.all(every)

export const addSettled = addingTo("settledCounter")

/** How far a conversation was counted is of no use once it is settled. */
export const dropTally = (tx: Tx, conversation: Id): void => void tx.run(forgetTally, { conversation })

export const { load: settledPresence, save: saveSettledPresence } = presencesIn("settledPresence")

export const peopleSettled = (reader: Reader): Id[] => reader.all(people).map(({ user }) => user)
