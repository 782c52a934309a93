/** Whether the index of words has every text that it should have by now, of every tenant, and none besides. */
import type { Database } from "bun:sqlite"

const EXPECTED = `SELECT tenant, count(*) AS count FROM wording
  WHERE id <= (SELECT indexedTo FROM wordIndexing WHERE wordIndexing.source = wording.source) GROUP BY tenant`
const INDEXED = "SELECT CAST(term AS INTEGER) AS tenant, doc AS count FROM wordTerm WHERE term = ? AND col = 'tenant'"

type Count = { tenant: number; count: number }

/** integrity_check looks at how the index is made, not at what is in it. */
export function lostWords(connection: Database): string[] {
  const isThere = connection.query("SELECT 1 FROM sqlite_schema WHERE name = 'wordIndexing'").get()
  if (!isThere) return []
  const tenants = connection.query<{ id: number }, []>("SELECT id FROM tenant ORDER BY id").all()
  const expected = new Map(
    connection
      .query<Count, []>(EXPECTED)
      .all()
      .map(({ tenant, count }) => [tenant, count]),
  )
  const indexed = connection.query<Count, [string]>(INDEXED)
  return tenants.flatMap(({ id }) => {
    const [wanted, found] = [expected.get(id) ?? 0, indexed.get(String(id))?.count ?? 0]
    return wanted === found
      ? []
      : [
          `the words of tenant ${id} are indexed for ${found} texts, and there are ${wanted}: sportello doctor --reindex`,
        ]
  })
}
