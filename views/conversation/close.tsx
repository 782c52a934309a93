import type { ConversationHead } from "~/conversation/queries/console.ts"
import { Button } from "../parts/button.tsx"
import { closes, Dialog, DialogNotices } from "../parts/dialog.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"

type Props = { screen: Screen; head: ConversationHead }

export const CLOSE_DIALOG = "close-dialog"
const FORM = "close-form"

/** The reasons of contact come from their own address when the dialog opens. */
export const asksFor = ({ id, asksProfiling }: ConversationHead) =>
  asksProfiling
    ? { "hx-get": `/conversations/${id}/closing`, "hx-target": "#close-profiling", "hx-swap": "innerHTML" }
    : {}

/** Says what closing does, and what has not been read; a message that arrives meanwhile stops it. */
export const CloseDialog = ({ screen, head }: Props) => (
  <Dialog
    id={CLOSE_DIALOG}
    title={screen.t("close.title")}
    subtitle={[head.title, head.phone, head.skillsetName].filter(Boolean).join(" · ")}
    closeLabel={screen.t("dialog.close")}
    size={head.asksProfiling ? "wide" : "normal"}
    footer={
      <>
        <Button kind="quiet" more={closes(CLOSE_DIALOG)}>
          {screen.t("close.keep")}
        </Button>
        <Button kind="primary" icon="circle-check" type="submit" more={{ form: FORM }}>
          {screen.t("close.confirm")}
        </Button>
      </>
    }
  >
    <CloseForm screen={screen} head={head} />
  </Dialog>
)

const CloseForm = ({ screen, head }: Props) => (
  <form
    id={FORM}
    method="post"
    action={`/conversations/${head.id}/closing`}
    hx-post={`/conversations/${head.id}/closing`}
    hx-swap="none"
  >
    <FormToken csrfToken={screen.csrfToken} />
    <input type="hidden" name="seenUnread" value={head.unreadCount} />
    <DialogNotices />
    <p>{screen.t("close.explain", { name: head.title })}</p>
    {head.unreadCount > 0 && <p class="is-warn">{screen.t("close.unread", { count: head.unreadCount })}</p>}
    {head.isUnanswered && <p class="is-warn">{screen.t("close.unanswered")}</p>}
    {head.asksProfiling && (
      <div id="close-profiling">
        <p class="is-quiet">{screen.t("profiling.loading")}</p>
      </div>
    )}
  </form>
)

/** What has been read counts while nobody looks at the dialog; once open it holds to what it said (`:not([open])`). */
export const CloseFormUpdate = (props: Props) => (
  <hx-partial hx-target={`#${CLOSE_DIALOG}:not([open]) #${FORM}`} hx-swap="outerMorph">
    <CloseForm {...props} />
  </hx-partial>
)
