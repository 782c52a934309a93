/** Files of messages that go, or that are kept no longer: what nothing else shows is removed piece by piece. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { beginRemoval, deleteMedium, expireMedium, fileOfMessage, removePieces } from "../store/removing.ts"

/** The messages go: so does what they carry. */
export function forgetFilesOf(tx: Tx, messages: readonly Id[]): void {
  for (const message of messages) {
    const file = fileOfMessage(tx, message)
    deleteMedium(tx, message)
    if (file !== null) beginRemoval(tx, file)
  }
}

/** The messages stay, and say that their files were kept for so long and no longer. */
export function expireFilesOf(tx: Tx, messages: readonly Id[]): void {
  for (const message of messages) {
    const file = fileOfMessage(tx, message)
    expireMedium(tx, message)
    if (file !== null) beginRemoval(tx, file)
  }
}

/** What had it has let it go. */
export const letFileGo = (tx: Tx, file: Id): void => beginRemoval(tx, file)

export const removeFilePieces = (tx: Tx, file: Id, most: number): void => removePieces(tx, file, most)
