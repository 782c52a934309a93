import { noteVerified } from "~/channel/actions/health.ts"
import type { ChannelDirectory } from "~/channel/queries.ts"
import type { AppDatabase } from "~/database/database.ts"
import { SYSTEM } from "~/facts.ts"
import { describeError, type Log } from "~/kernel/log.ts"

type Parts = { database: AppDatabase; directory: ChannelDirectory; log: Log }

/** Notes for every number with that verify token that Meta has found our address. */
export const verificationNoter =
  ({ database, directory, log }: Parts) =>
  (token: string): void => {
    for (const { tenant, channel } of directory.verifiedBy(token))
      database
        .tenant(tenant)
        .act(SYSTEM, (tx) => noteVerified(tx, channel))
        .catch((error) => log.error("verification not noted", describeError(error)))
  }
