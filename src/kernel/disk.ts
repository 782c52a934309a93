/** How much room there is where the data are: the one place that asks the file system. */
import { statfsSync } from "node:fs"

export type DiskRoom = { freeBytes: number; totalBytes: number }
/** The room of the disk that `folder` is on. */
export type Disk = (folder: string) => DiskRoom

export const systemDisk: Disk = (folder) => {
  const { bavail, blocks, bsize } = statfsSync(folder)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}

/** Asked anew each time. */
export const roomOf =
  (folder: string, disk: Disk = systemDisk) =>
  () =>
    disk(folder)

/** How scarce room is, by what is kept back first; each level keeps back what the ones before do. `early`: time to act. */
export type Scarcity = "none" | "early" | "videos" | "documents" | "files"

/** A share of the disk, or so many bytes where that is less: a tenth of a large disk is room for a long time. */
const BELOW: readonly [Scarcity, share: number, bytes: number][] = [
  ["files", 0.02, 1_000_000_000],
  ["documents", 0.04, 2_000_000_000],
  ["videos", 0.07, 4_000_000_000],
  ["early", 0.15, 20_000_000_000],
]

export const scarcityOf = ({ freeBytes, totalBytes }: DiskRoom): Scarcity =>
  BELOW.find(([, share, bytes]) => freeBytes < Math.min(totalBytes * share, bytes))?.[0] ?? "none"
