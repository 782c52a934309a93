import type { AppDatabase } from "~/database/database.ts"
import { CommandFailed } from "./command.ts"

/** Resolves when the operator or the system asks the process to end; a second time, it ends at once. */
export function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    const ask = () => {
      if (asked) process.exit(1)
      asked = true
      resolve()
    }
    process.on("SIGINT", ask)
    process.on("SIGTERM", ask)
  })
}

/**
 * Resolves when `askedToStop` does. Throws CommandFailed once the storage is lost: then nothing may be closed in an
 * orderly way, for that would write. Nobody was told that what is in doubt is done.
 */
export async function untilOver(askedToStop: Promise<void>, { lost }: AppDatabase): Promise<void> {
  await Promise.race([
    askedToStop,
    lost.then((cause) => {
      const { message, code } = cause as { message?: string; code?: string }
      throw new CommandFailed([
        `The disk does not confirm what was written: ${message} (${code}).`,
        "Nothing since then was acknowledged. Started again, Sportello goes on from what is on the disk; look after the disk first.",
      ])
    }),
  ])
}
