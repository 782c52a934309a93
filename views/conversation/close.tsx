import type { ConversationHead } from "~/conversation/queries/console.ts"
import { Button } from "../parts/button.tsx"
import { closes, Dialog, DialogNotices } from "../parts/dialog.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"

type Props = { screen: Screen; head: ConversationHead }

export const CLOSE_DIALOG = "close-dialog"
const FORM = "close-form"

/** Says what closing does, and what has not been read; a message that arrives meanwhile stops it. */
export const CloseDialog = ({ screen, head }: Props) => (
  <Dialog
    id={CLOSE_DIALOG}
    title={screen.t("close.title")}
    closeLabel={screen.t("dialog.close")}
    footer={
      <>
        <Button kind="quiet" more={closes(CLOSE_DIALOG)}>
          {screen.t("close.keep")}
        </Button>
        <Button kind="primary" type="submit" more={{ form: FORM }}>
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
  </form>
)

/** What has been read counts while nobody looks at the dialog; once open it holds to what it said (`:not([open])`). */
export const CloseFormUpdate = (props: Props) => (
  <hx-partial hx-target={`#${CLOSE_DIALOG}:not([open]) #${FORM}`} hx-swap="outerMorph">
    <CloseForm {...props} />
  </hx-partial>
)
