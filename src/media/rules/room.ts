/**
 * What is still taken in as the disk fills: films are the first that wait, then documents, then every file. What people
 * write goes on until the system itself refuses.
 */

import { type Milliseconds, minutes } from "~/kernel/clock.ts"
import type { DiskRoom, Scarcity } from "~/kernel/disk.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"

/** For routes that take files in. */
export type RoomParts = { room: () => DiskRoom }

const KEPT_BACK: Readonly<Record<Scarcity, (kind: string) => boolean>> = {
  none: () => false,
  early: () => false,
  videos: (kind) => kind === "video",
  documents: (kind) => kind === "video" || kind === "document",
  files: () => true,
}

/** Whether there is room for a file of this kind. */
export const hasRoomFor = (kind: string, scarcity: Scarcity): boolean => !KEPT_BACK[scarcity](kind)

/** Refuses `file.no_room`. */
export const mayBeTaken = (kind: string, scarcity: Scarcity): Refusal | null =>
  hasRoomFor(kind, scarcity) ? null : refuse("file.no_room")

/** How long before it is looked again whether there is. */
export const ROOM_AWAITED: Milliseconds = minutes(5)
