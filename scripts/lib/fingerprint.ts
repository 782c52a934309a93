import { createHash } from "node:crypto"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"

/** SHA-256 over the names and bytes of `inputs` (files, or folders with all that is in them) under `root`. */
export function fingerprint(root: string, inputs: readonly string[]): string {
  const hash = createHash("sha256")
  for (const path of inputs.flatMap((input) => filesUnder(root, input)).sort()) {
    const bytes = readFileSync(join(root, path))
    hash.update(`${path}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest("hex")
}

function filesUnder(root: string, path: string): string[] {
  const found = statSync(join(root, path), { throwIfNoEntry: false })
  if (!found) return []
  if (found.isFile()) return [path]
  return readdirSync(join(root, path)).flatMap((name) => filesUnder(root, `${path}/${name}`))
}
