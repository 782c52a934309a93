/** A skillset is gone: numbers that it served are its heir's, in its place. */
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { allChannels, replaceSkillsets } from "../store.ts"

export function inheritSkillset(tx: Tx, gone: Id, heir: Id): void {
  for (const channel of allChannels(tx)) {
    if (!channel.skillsets.includes(gone)) continue
    const skillsets = [...new Set(channel.skillsets.map((one) => (one === gone ? heir : one)))]
    replaceSkillsets(tx, { ...channel, skillsets })
    tx.raise({ type: "channel.settings_changed", channel: channel.id })
  }
}
