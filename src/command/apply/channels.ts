/** Service numbers of the file, known by Meta's id of the number. */
import { setMessages } from "~/automatic-message/actions.ts"
import { createChannel, updateChannel } from "~/channel/actions.ts"
import { channelByPhoneNumberId } from "~/channel/queries.ts"
import { allChannels } from "~/channel/store.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { setMenu } from "~/menu/actions.ts"
import { setTreeOfChannel } from "~/profiling/actions.ts"
import { treeByName } from "~/profiling/store.ts"
import type { ChannelEntry } from "./document.ts"
import { menuOf } from "./menu.ts"
import type { Application } from "./provision.ts"
import { tell } from "./shape.ts"
import { skillsetIds } from "./users.ts"

const NEEDED = ["name", "displayPhoneNumber", "wabaId", "accessToken", "appSecret", "verifyToken", "skillsets"] as const

export function applyChannel(application: Application, tx: Tx, entry: ChannelEntry, slug: string, path: string): void {
  const { tx: appliance, secrets, report, problems } = application
  const { skillsets, messages, menu: asked, profiling, ...details } = entry
  const ids = skillsets && skillsetIds(tx, skillsets, `${path}.skillsets`, problems)
  const known = channelByPhoneNumberId(appliance, entry.phoneNumberId)
  const before = problems.length
  const menu = asked ? menuOf(tx, asked, `${path}.menu`, problems) : null
  if (known && known.tenant !== tx.tenant) tell(problems, `${path}.phoneNumberId`, "belongs to another tenant")
  if (skillsets?.length === 0)
    tell(problems, `${path}.skillsets`, "must name at least one skillset, the first being the default")
  if (profiling && treeByName(tx, profiling) === null)
    tell(problems, `${path}.profiling`, `names a profiling that does not exist: ${profiling}`)
  if (nameTaken(tx, entry, known?.id ?? null)) tell(problems, `${path}.name`, "is the name of another number")
  if (problems.length > before || (ids && ids.length < (skillsets?.length ?? 0))) return
  const object = `channel ${entry.phoneNumberId} of ${slug}`
  if (known) {
    const isOther = updateChannel(tx, secrets, known.id, ids ? { ...details, skillsets: ids } : details)
    const saysOther = messages !== undefined && setMessages(tx, known.id, messages ?? {})
    const asksOther = asked !== undefined && setMenu(tx, known.id, menu)
    const profilesOther = profiling !== undefined && setTreeOfChannel(tx, known.id, profiling)
    const changed = isOther || saysOther || asksOther || profilesOther
    report.push({ object, outcome: changed ? "changed" : "left alone" })
    return
  }
  const id = createdFrom(application, tx, entry, ids, path)
  if (id === null) return
  setMessages(tx, id, messages ?? {})
  setMenu(tx, id, menu)
  setTreeOfChannel(tx, id, profiling ?? null)
  report.push({ object, outcome: "created" })
}

/** Null when the file does not say all that a new one needs. */
function createdFrom(
  { secrets, problems }: Application,
  tx: Tx,
  entry: ChannelEntry,
  skillsets: Id[] | undefined,
  path: string,
): Id | null {
  for (const field of NEEDED)
    if (entry[field] === undefined) tell(problems, `${path}.${field}`, "is needed for a new channel")
  const { name, displayPhoneNumber, wabaId, accessToken, appSecret, verifyToken } = entry
  if (!name || !displayPhoneNumber || !wabaId || !accessToken || !appSecret || !verifyToken || !skillsets) return null
  return createChannel(tx, secrets, {
    name,
    displayPhoneNumber,
    wabaId,
    accessToken,
    appSecret,
    verifyToken,
    skillsets,
    phoneNumberId: entry.phoneNumberId,
    hours: entry.hours ?? { kind: "always" },
    enabled: entry.enabled ?? true,
    timezone: entry.timezone ?? null,
    settings: entry.settings ?? {},
  })
}

const nameTaken = (tx: Tx, { name }: ChannelEntry, self: Id | null) =>
  name !== undefined && allChannels(tx).some((channel) => channel.name === name && channel.id !== self)
