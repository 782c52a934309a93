/** How much room there is where the data are: the one place that asks the file system. */
import { statfsSync } from "node:fs"

export type DiskRoom = { freeBytes: number; totalBytes: number }
/** The room of the disk that `folder` is on. */
export type Disk = (folder: string) => DiskRoom

export const systemDisk: Disk = (folder) => {
  const { bavail, blocks, bsize } = statfsSync(folder)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}
