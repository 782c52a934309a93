/** How a company's directory is kept. */
import type { Reader, Tx } from "~/database/handles.ts"
import { inserting, query, slotRow, statement } from "~/database/statement.ts"
import type { DirectoryRow } from "~/database/tables.ts"
import type { DirectorySettings, GroupRule } from "../rules/directory.ts"

const COLUMNS = [
  "enabled",
  "url",
  "startTls",
  "certificate",
  "way",
  "bindName",
  "serviceName",
  "servicePassword",
  "searchBase",
  "userFilter",
  "groupBase",
  "allowedGroups",
  "groupRules",
] as const
const own = statement(() => query.selectFrom("directory").selectAll())
const add = inserting("directory", COLUMNS)
const change = statement((_: DirectoryRow) => query.updateTable("directory").set(slotRow(COLUMNS)))
const remove = statement(() => query.deleteFrom("directory"))

export type KeptDirectory = DirectorySettings & { sealedPassword: Uint8Array | null }

export function loadDirectory(reader: Reader): KeptDirectory | null {
  const row = reader.one(own)
  if (!row) return null
  const { url, certificate, way, bindName, serviceName, searchBase, userFilter, groupBase } = row
  return {
    url,
    certificate,
    way,
    bindName,
    serviceName,
    searchBase,
    userFilter,
    groupBase,
    enabled: row.enabled === 1,
    startTls: row.startTls === 1,
    sealedPassword: row.servicePassword,
    allowedGroups: JSON.parse(row.allowedGroups) as string[],
    groupRules: JSON.parse(row.groupRules) as GroupRule[],
  }
}

export function saveDirectory(tx: Tx, directory: KeptDirectory | null): void {
  if (directory === null) {
    tx.run(remove)
    return
  }
  const { sealedPassword, allowedGroups, groupRules, enabled, startTls, ...rest } = directory
  const row: DirectoryRow = {
    ...rest,
    enabled: enabled ? 1 : 0,
    startTls: startTls ? 1 : 0,
    servicePassword: sealedPassword,
    allowedGroups: JSON.stringify(allowedGroups),
    groupRules: JSON.stringify(groupRules),
  }
  if (tx.run(change, row) === 0) tx.run(add, row)
}
