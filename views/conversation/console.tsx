/** Conversations: the list, the thread, the details; on a phone one screen at a time (`data-screen`). */
import { StartDialog } from "../start/start.tsx"
import { ConversationDetails, type DetailsProps } from "./details.tsx"
import { ConversationList, type ConversationListProps } from "./list.tsx"
import { NoThread, ThreadPane, type ThreadProps } from "./thread.tsx"

export type ConsoleProps = {
  list: ConversationListProps
  thread: ThreadProps | null
  details: DetailsProps | null
}

export const Console = ({ list, thread, details }: ConsoleProps) => (
  <div class="console" id="console" data-screen={thread ? "thread" : "list"}>
    <h1 class="visually-hidden">{list.screen.t("list.title")}</h1>
    <ConversationList {...list} />
    {thread ? <ThreadPane {...thread} /> : <NoThread screen={list.screen} />}
    {details ? <ConversationDetails {...details} /> : <div id="details-pane" hidden />}
    {list.mayStart && <StartDialog screen={list.screen} />}
  </div>
)

/** Another conversation in place of the one before: the list keeps its focus and its scroll. */
export const AnotherThread = ({
  list,
  thread,
  details,
}: {
  list: ConversationListProps
  thread: ThreadProps
  details: DetailsProps
}) => (
  <>
    <ThreadPane {...thread} />
    <hx-partial hx-target="#details-pane" hx-swap="outerHTML">
      <ConversationDetails {...details} />
    </hx-partial>
    <hx-partial hx-target="#conversation-list" hx-swap="outerMorph">
      <ConversationList {...list} />
    </hx-partial>
  </>
)
