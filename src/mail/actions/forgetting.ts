import type { Tx } from "~/database/handles.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { fileOfMessage } from "~/media/store/removing.ts"
import { deleteMailsAbout, deleteMailsBefore, detachSent } from "../store/forgetting.ts"

/** Copies of the conversation that wait, or of which it is kept that they went out. */
export const forgetMailsAbout = (tx: Tx, conversation: Id): void => letGo(tx, deleteMailsAbout(tx, conversation))

export const forgetOldMails = (tx: Tx, before: Instant, most: number): void =>
  letGo(tx, deleteMailsBefore(tx, before, most))

/** The files of these messages are to go: mails that went out let them. */
export function letFilesOfGo(tx: Tx, messages: readonly Id[]): void {
  for (const message of messages) {
    const file = fileOfMessage(tx, message)
    if (file !== null) detachSent(tx, file)
  }
}

const letGo = (tx: Tx, files: readonly Id[]): void => {
  for (const file of new Set(files)) tx.raise({ type: "removal.file_unused", file })
}
