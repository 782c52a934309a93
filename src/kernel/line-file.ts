/** A file that grows by a line at a time, each of them on the disk before it counts. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs"

export interface LineFile {
  /** Every whole line; what a crash left half written is none. */
  lines(): string[]
  append(lines: readonly string[]): void
}

export function lineFile(path: string): LineFile {
  const text = () => (existsSync(path) ? readFileSync(path, "utf8") : "")
  return {
    lines: () => text().split("\n").slice(0, -1),
    append(lines) {
      if (lines.length === 0) return
      const before = text()
      const file = openSync(path, "a", 0o600)
      try {
        // A half line is closed first: the next one would be lost in it.
        writeSync(file, `${before === "" || before.endsWith("\n") ? "" : "\n"}${lines.join("\n")}\n`)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
    },
  }
}
