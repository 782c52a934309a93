import type { Migration } from "~/database/migrate.ts"

export const BEFORE: Migration = {
  name: "0001_before.sql",
  sql: "CREATE TABLE old (a INTEGER) STRICT; INSERT INTO old VALUES (1);",
}
export const AFTER: Migration = { name: "0002_after.sql", sql: "CREATE TABLE new (a INTEGER) STRICT; DROP TABLE old;" }
/** Long enough to be killed in the middle: it outgrows the page cache, so that its log can be seen growing. */
export const LONG: Migration = {
  name: "0002_long.sql",
  sql: `CREATE TABLE new (a TEXT) STRICT; DROP TABLE old;
    INSERT INTO new WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000)
    SELECT printf('%0100d', i) FROM n;`,
}
