/** What waiting mails carry sealed: links and one-time passwords. */
import type { Reader, Tx } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { Id } from "~/kernel/id.ts"

const sealed = statement(() =>
  query
    .selectFrom("mail")
    .select(["id", "secret"])
    .where("secret", "is not", null)
    .$narrowType<{ secret: Uint8Array }>(),
)
const save = statement((p: { id: Id; secret: Uint8Array }) =>
  query.updateTable("mail").set({ secret: p.secret }).where("id", "=", p.id),
)

export const sealedMails = (reader: Reader): { id: Id; secret: Uint8Array }[] => reader.all(sealed)
export const saveSealedMail = (tx: Tx, id: Id, secret: Uint8Array): void => void tx.run(save, { id, secret })
