/** What a conversation is in a list, and in a file of it. */
import type { ConversationLine } from "~/conversation/queries/list.ts"
import type { ListColumn } from "../../list/list.tsx"
import { Avatar } from "../../parts/avatar.tsx"
import { Chip, type Tone } from "../../parts/chip.tsx"
import type { Screen } from "../../parts/screen.ts"

type Key = "openedAt" | "closedAt" | "customer" | "phone" | "channel" | "skillset" | "agent" | "state" | "reason"
type Columns = Record<Key, ListColumn<ConversationLine>>

const TONES: Partial<Record<ConversationLine["state"], Tone>> = { active: "ok", queued: "warn", offered: "warn" }

/** In the order in which they are asked for. */
export function conversationColumns(screen: Screen, keys: readonly Key[]): ListColumn<ConversationLine>[] {
  const columns = allColumns(screen)
  return keys.map((key) => columns[key])
}

function allColumns({ t, format }: Screen): Columns {
  const moment = (key: "openedAt" | "closedAt"): ListColumn<ConversationLine> => ({
    key,
    label: t(key === "openedAt" ? "details.opened" : "details.closed"),
    draw: ({ [key]: at }) => (at === null ? "" : format.dateTime(at)),
    cell: ({ [key]: at }) => (at === null ? null : { at, zone: format.timeZone }),
  })
  const words = (
    key: Key,
    label: string,
    value: "channelName" | "skillsetName" | "agentName" | "reason",
  ): ListColumn<ConversationLine> => ({ key, label, draw: (row) => row[value] ?? "", cell: (row) => row[value] })
  return {
    openedAt: moment("openedAt"),
    closedAt: moment("closedAt"),
    customer: {
      key: "customer",
      label: t("customers.customer"),
      cell: ({ title }) => title,
      draw: ({ title }) => (
        <span class="list-person">
          <Avatar name={title} size="small" />
          <span dir="auto">{title}</span>
        </span>
      ),
    },
    phone: {
      key: "phone",
      label: t("details.phone"),
      draw: ({ phone }) => <span class="phone-number">{phone}</span>,
      cell: ({ phone }) => (phone === null ? null : { digits: phone }),
    },
    channel: words("channel", t("details.channel"), "channelName"),
    skillset: words("skillset", t("details.skillset"), "skillsetName"),
    agent: words("agent", t("details.agent"), "agentName"),
    reason: words("reason", t("details.reason"), "reason"),
    state: {
      key: "state",
      label: t("details.state"),
      cell: ({ state }) => t(`state.${state}`),
      draw: ({ state }) => <Chip tone={TONES[state] ?? "plain"}>{t(`state.${state}`)}</Chip>,
    },
  }
}
