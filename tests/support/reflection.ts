/**
 * Before every test file: what the package for certificates expects of the globals. A runner that has loaded it for one
 * file gives the next one other globals, without it.
 */
import { readFileSync } from "node:fs"

if (!("getMetadata" in Reflect))
  new Function(readFileSync(Bun.resolveSync("reflect-metadata", import.meta.dir), "utf8"))()
