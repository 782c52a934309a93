/** One conversation of a list, to be read: what is known of it, and what was said. */
import type { ConversationHead } from "~/conversation/queries/console.ts"
import type { ThreadItem } from "~/message/queries/thread.ts"
import type { Profiling } from "~/profiling/rules.ts"
import { Sheet } from "../../admin/sheet.tsx"
import { Avatar } from "../../parts/avatar.tsx"
import { Button } from "../../parts/button.tsx"
import { Facts } from "../../parts/facts.tsx"
import type { Screen } from "../../parts/screen.ts"
import { BesideItems, type ShownPart } from "../history.tsx"

export type ConversationSheetProps = {
  screen: Screen
  panel: string
  closePath: string
  head: ConversationHead
  profiling: Profiling | null
  items: readonly ThreadItem[]
  shows: ShownPart
  /** Where many are closed at once, with their unread counted; null: it is not for this reader. */
  closingPath: string | null
}

export const ConversationSheet = ({ screen, panel, closePath, head, ...props }: ConversationSheetProps) => (
  <Sheet
    screen={screen}
    panel={panel}
    closePath={closePath}
    title={head.title}
    subtitle={head.phone}
    mark={<Avatar name={head.title} />}
    actions={
      <span class="sheet-deeds">
        {props.closingPath !== null && head.mayClose && (
          <Button size="small" href={props.closingPath}>
            {screen.t("conversations.close")}
          </Button>
        )}
        <Button size="small" href={`/conversations/${head.id}`}>
          {screen.t(head.mayTransfer ? "conversations.open_transfer" : "history.open")}
        </Button>
      </span>
    }
  >
    <div class="conversation-sheet">
      <Facts facts={factsOf(screen, head, props.profiling)} />
      <BesideItems screen={screen} head={head} items={props.items} shows={props.shows} />
    </div>
  </Sheet>
)

function factsOf({ t, format }: Screen, head: ConversationHead, profiling: Profiling | null) {
  return [
    { name: t("details.state"), value: t(`state.${head.state}`) },
    { name: t("details.opened"), value: format.dateTime(head.openedAt) },
    ...(head.closedAt === null ? [] : [{ name: t("details.closed"), value: format.dateTime(head.closedAt) }]),
    ...(profiling?.path ? [{ name: t("details.reason"), value: profiling.path }] : []),
    ...(profiling?.notes ? [{ name: t("details.notes"), value: profiling.notes }] : []),
    { name: t("details.skillset"), value: head.skillsetName ?? t("details.none") },
    { name: t("details.agent"), value: head.ownerName ?? t("details.nobody") },
    { name: t("details.channel"), value: `${head.channelName} ${head.channelPhone}` },
  ]
}
