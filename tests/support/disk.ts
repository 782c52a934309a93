/** Room as tests have it: never that of the machine they run on. */
import type { DiskRoom } from "~/kernel/disk.ts"

const GIGABYTE = 1_000_000_000

export const AMPLE: DiskRoom = { freeBytes: 80 * GIGABYTE, totalBytes: 100 * GIGABYTE }

/** Of the same disk, with so little left. */
export const withFree = (gigabytes: number): DiskRoom => ({ ...AMPLE, freeBytes: gigabytes * GIGABYTE })
