/** The migrations of this release, in order: embedded in the binary, beside the sources otherwise. */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Migration } from "./migrate.ts"

const FOLDER = join(import.meta.dir, Bun.isStandaloneExecutable ? "migrations" : "../../migrations")

export const shippedMigrations = (): Migration[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(FOLDER, name), "utf8") }))
