/** Whether the indexes of words and of names have every text that they should have by now, and none besides. */
import type { Database } from "bun:sqlite"

const EXPECTED = `SELECT tenant, count(*) AS count FROM wording
  WHERE id <= (SELECT indexedTo FROM wordIndexing WHERE wordIndexing.source = wording.source) GROUP BY tenant`
/** Each text has its conversation for a word, and nothing that was said begins so. */
const INDEXED = `SELECT c.tenant, sum(t.doc) AS count FROM wordTerm AS t JOIN conversation AS c ON c.id = CAST(substr(t.term, 2) AS INTEGER)
  WHERE t.col = 'conversation' AND t.term >= char(63743) AND t.term < char(63744) GROUP BY c.tenant`
const NAMELESS = `SELECT tenant, count(*) AS count FROM customer
  WHERE id <= (SELECT indexedTo FROM wordIndexing WHERE source = 'customer')
    AND length(searched) >= 3 AND NOT EXISTS (SELECT 1 FROM nameIndex
      WHERE nameIndex MATCH '"' || replace(substr(customer.searched, 1, 3), '"', '""') || '"'
        AND nameIndex.rowid = customer.tenant * 1125899906842624 - customer.id)
  GROUP BY tenant`
const REMEDY = "sportello doctor --reindex"

type Count = { tenant: number; count: number }

/** integrity_check looks at how an index is made, not at what is in it. */
export function lostWords(connection: Database): string[] {
  const isThere = connection.query("SELECT 1 FROM sqlite_schema WHERE name = 'nameIndex'").get()
  if (!isThere) return []
  const byTenant = (sql: string) =>
    new Map(
      connection
        .query<Count, []>(sql)
        .all()
        .map(({ tenant, count }) => [tenant, count]),
    )
  const expected = byTenant(EXPECTED)
  const indexed = byTenant(INDEXED)
  const nameless = byTenant(NAMELESS)
  return connection
    .query<{ id: number }, []>("SELECT id FROM tenant ORDER BY id")
    .all()
    .flatMap(({ id }) => {
      const wanted = expected.get(id) ?? 0
      const found = indexed.get(id) ?? 0
      const lost = nameless.get(id) ?? 0
      return [
        ...(wanted === found
          ? []
          : [`the words of tenant ${id} are indexed for ${found} texts, and there are ${wanted}: ${REMEDY}`]),
        ...(lost === 0 ? [] : [`the names of ${lost} customers of tenant ${id} are not indexed: ${REMEDY}`]),
      ]
    })
}
