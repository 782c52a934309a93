/** The servers of mail and of video calls, and the reports that are mailed, as the file writes them. */
import { placeOfSecret } from "~/call/rules/servers.ts"
import { loadServers } from "~/call/store.ts"
import type { Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import type { Id } from "~/kernel/id.ts"
import { passwordPlace } from "~/mail/rules.ts"
import { loadServer } from "~/mail/store.ts"
import { membersKnown } from "~/report/queries/members.ts"
import { FILTERS } from "~/report/queries/report.ts"
import { schedulesOf } from "~/report/store/schedules.ts"
import { scheduleKey } from "../apply/report-schedules.ts"

export type Sealed = { tenant: Id; secrets: Secrets | null }

export function mailServerEntry(reader: Reader, { tenant, secrets }: Sealed) {
  const kept = loadServer(reader)
  if (!kept) return null
  const { password, ...server } = kept
  return { ...server, ...(password && secrets ? { password: secrets.open(password, passwordPlace(tenant)) } : {}) }
}

export function callServersEntry(reader: Reader, { tenant, secrets }: Sealed) {
  const { urls, secret } = loadServers(reader)
  return { urls, ...(secret && secrets ? { secret: secrets.open(secret, placeOfSecret(tenant)) } : {}) }
}

/** One that was made twice is written once; one of somebody who is not there any more is written for nobody. */
export function reportScheduleEntries(reader: Reader) {
  const all = new Map(schedulesOf(reader).map((one) => [scheduleKey(one), one]))
  const names = new Map(FILTERS.map((dimension) => [dimension as string, namesById(reader, dimension)]))
  return [...all.values()].flatMap(({ report, rows, every, filters, recipients, language }) => {
    const whose = filters.map(({ dimension, member }) => [dimension, names.get(dimension)?.get(member)])
    if (whose.some(([, name]) => name === undefined)) return []
    return [{ report, rows, every, recipients, language, ...Object.fromEntries(whose) }]
  })
}

const namesById = (reader: Reader, dimension: (typeof FILTERS)[number]): Map<Id, string> =>
  new Map([...membersKnown(reader, dimension)].map(([name, id]) => [id, name]))
