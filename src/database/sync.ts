import { closeSync, fsyncSync, openSync } from "node:fs"

/** Makes a file's bytes, or a folder's names, survive a power cut. Never a database that is open (§1.2). */
export function syncFile(path: string): void {
  const file = openSync(path, "r")
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
