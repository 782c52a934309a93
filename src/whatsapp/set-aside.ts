/** What was set aside, once more: an item whose number has been set up by now, or that we stumbled over, finds its place. */
import type { ChannelDirectory } from "~/channel/queries.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { Tx } from "~/database/handles.ts"
import { type Actor, CUSTOMER, SYSTEM } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, Refused, refuse } from "~/kernel/step.ts"
import { place } from "./intake/place.ts"
import type { WireItem } from "./payload.ts"
import { removeSetAside, setAsideById } from "./records.ts"

export interface SetAsideDeeds {
  /** Refuses `set_aside.not_understood` `set_aside.unknown_number` `set_aside.again_in_vain`. */
  again(tenant: Id, actor: Actor, id: Id): Promise<void>
  /** Looked at, and of no use. */
  remove(tenant: Id, actor: Actor, id: Id): Promise<void>
}

type Parts = { database: AppDatabase; directory: ChannelDirectory }

export function createSetAsideDeeds({ database, directory }: Parts): SetAsideDeeds {
  return {
    async again(tenant, actor, id) {
      const row = found(setAsideById(database.tenant(tenant).read, id))
      const item = understood(row.item)
      const channel = item.phoneNumberId === null ? null : directory.channelOf(item.phoneNumberId)
      // Of its own tenant, or nobody's: what one company signed never reaches another.
      if (channel?.tenant !== tenant) throw new Refused(refuse("set_aside.unknown_number"))
      await database.appliance.act((tx) => {
        tx.within(tenant, item.kind === "message" ? CUSTOMER : SYSTEM, (inside) =>
          placed(inside, channel.channel, item),
        )
        tx.within(tenant, actor, (inside) => {
          removeSetAside(inside, found(setAsideById(inside, id)).id)
          record(inside, "set_aside.placed", item.phoneNumberId)
        })
      })
    },
    async remove(tenant, actor, id) {
      await database.tenant(tenant).act(actor, (tx) => {
        const row = found(setAsideById(tx, id))
        removeSetAside(tx, id)
        record(tx, "set_aside.removed", row.phoneNumberId)
      })
    },
  }
}

function placed(tx: Tx, channel: Id, item: WireItem): void {
  try {
    place(tx, channel, item)
  } catch (error) {
    if (error instanceof Refused) throw error
    throw new Refused(refuse("set_aside.again_in_vain"))
  }
}

/** What the wire made of it; what it could not read, or was too long to keep whole, stays what it is. */
function understood(text: string): WireItem {
  const item = parsed(text) as WireItem | null
  demand(item !== null && typeof item === "object" && "kind" in item, "set_aside.not_understood")
  return item
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function record(tx: Tx, act: "set_aside.placed" | "set_aside.removed", phoneNumberId: string | null): void {
  const subject = { kind: "settings", id: null, name: phoneNumberId ?? "" } as const
  tx.raise({ type: "audit.due", act, subject, changes: {} })
}
