/**
 * What is still taken in as the disk fills: films are the first that wait, then documents, then every file. What people
 * write goes on until the system itself refuses.
 */

import { type Milliseconds, minutes } from "~/kernel/clock.ts"
import type { DiskRoom } from "~/kernel/disk.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"

/** How scarce room is; each level keeps back what the ones before do. `early`: nothing yet, and time to act. */
export const SCARCITIES = ["none", "early", "videos", "documents", "files"] as const
export type Scarcity = (typeof SCARCITIES)[number]

/** A share of the disk, or so many bytes where that is less: a tenth of a large disk is room for a long time. */
const BELOW: readonly [Scarcity, share: number, bytes: number][] = [
  ["files", 0.02, 1_000_000_000],
  ["documents", 0.04, 2_000_000_000],
  ["videos", 0.07, 4_000_000_000],
  ["early", 0.15, 20_000_000_000],
]

export const scarcityOf = ({ freeBytes, totalBytes }: DiskRoom): Scarcity =>
  BELOW.find(([, share, bytes]) => freeBytes < Math.min(totalBytes * share, bytes))?.[0] ?? "none"

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
