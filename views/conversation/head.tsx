/** The head of the thread: who it is, how long one may write, what is done with the whole conversation. */
import type { ConversationHead } from "~/conversation/queries/console.ts"
import { Avatar } from "../parts/avatar.tsx"
import { Button, IconButton } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { opens } from "../parts/dialog.tsx"
import type { Screen } from "../parts/screen.ts"
import { Until } from "../parts/time.tsx"
import { asksFor, CLOSE_DIALOG } from "./close.tsx"
import { SearchButton } from "./search.tsx"
import { TransferButton } from "./transfer.tsx"
import { windowTone } from "./window.ts"

type Props = { screen: Screen; head: ConversationHead }

const TOOLS = "thread-tools"
const SHUTS_TOOLS = { popovertarget: TOOLS, popovertargetaction: "hide" }

export const ThreadHead = ({ screen, head }: Props) => (
  <header class="thread-head" id="thread-head">
    <IconButton icon="arrow-left" label={screen.t("thread.back")} href="/conversations" more={{ "data-phone": true }} />
    <Avatar name={head.title} />
    <div class="thread-who">
      <h2>{head.title}</h2>
      <p>
        {head.phone === null
          ? screen.t("thread.via_only", { channel: head.channelName })
          : screen.t("thread.via", { phone: head.phone, channel: head.channelName })}
      </p>
    </div>
    <WindowChip screen={screen} head={head} />
    <ThreadTools screen={screen} head={head} />
    {head.mayTransfer && <TransferButton screen={screen} head={head} />}
    {head.mayClose && (
      <Button icon="circle-check" more={{ ...opens(CLOSE_DIALOG), ...asksFor(head) }}>
        {screen.t("thread.close")}
      </Button>
    )}
    <IconButton icon="panel-right-open" label={screen.t("thread.details")} more={{ "data-toggle": "details" }} />
    <IconButton
      icon="ellipsis-vertical"
      label={screen.t("thread.more")}
      more={{ "data-phone": true, popovertarget: TOOLS }}
    />
  </header>
)

/** Buttons of the head; on a phone a menu behind its last button, so that there is room for the name. */
const ThreadTools = ({ screen, head }: Props) => (
  <div class="menu thread-tools" id={TOOLS} popover="auto">
    <SearchButton screen={screen} more={SHUTS_TOOLS} />
    {head.isMine && head.state === "active" && (
      <IconButton
        icon="video"
        label={screen.t("call.start")}
        more={{ "data-action": "call", "data-address": `/conversations/${head.id}/call`, ...SHUTS_TOOLS }}
      />
    )}
  </div>
)

function WindowChip({ screen, head }: Props) {
  const { t, now, format } = screen
  if (head.windowEndsAt === null || head.state === "closed") return <span />
  if (head.windowEndsAt <= now)
    return (
      <Chip tone="bad" icon="timer-off" title={t("thread.window_closed_title")}>
        {t("thread.window_closed")}
      </Chip>
    )
  return (
    <Chip
      tone={windowTone(head.windowEndsAt - now)}
      icon="timer"
      more={{ "data-window": head.windowEndsAt }}
      title={t("thread.window_title", { time: format.moment(head.windowEndsAt, now) })}
    >
      <Until at={head.windowEndsAt} screen={screen} />
    </Chip>
  )
}
