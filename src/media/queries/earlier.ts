/** Kept files that no virus scanner has looked at, over all companies. */
import { type ExpressionBuilder, sql } from "kysely"
import type { ApplianceReader } from "~/database/handles.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import type { Tables } from "~/database/tables.ts"
import type { EarlierFiles } from "../rules/scanning.ts"

/** Said as the partial index `mediaFileNotLookedAt` says it. */
export const notLookedAt = (row: ExpressionBuilder<Tables, "mediaFile">) =>
  row.and([
    row("sha256", "is not", null),
    row.or([
      row("scan", "is", null),
      row.and([row("scan", "=", sql<"unscanned">`'unscanned'`), row("scanSays", "is not", sql<"refused">`'refused'`)]),
    ]),
  ])

/** Beyond this it is only said that there are more. */
const MOST_COUNTED = 10_000

const left = applianceStatement(() =>
  applianceQuery
    .selectFrom(
      applianceQuery
        .selectFrom("mediaFile")
        .select("id")
        .where(notLookedAt)
        .limit(MOST_COUNTED + 1)
        .as("some"),
    )
    .select(({ fn }) => fn.countAll<number>().as("count")),
)
const infected = applianceStatement(() =>
  applianceQuery
    .selectFrom("mediaFile")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("scan", "=", sql<"infected">`'infected'`),
)

export function earlierFilesLeft(read: ApplianceReader): EarlierFiles {
  const count = read.one(left)?.count ?? 0
  const isMore = count > MOST_COUNTED
  return { left: isMore ? MOST_COUNTED : count, isMore, infected: read.one(infected)?.count ?? 0 }
}
