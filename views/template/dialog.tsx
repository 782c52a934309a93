/** «Send a template» from within a conversation. */
import type { ConversationHead } from "~/conversation/queries/console.ts"
import { Banner } from "../parts/banner.tsx"
import { Button, IconButton } from "../parts/button.tsx"
import { closes, Dialog, DialogNotices, opens } from "../parts/dialog.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"

type Props = { screen: Screen; head: ConversationHead }

const DIALOG = "template-dialog"
const FORM = "template-send-form"

const opening = (head: ConversationHead) => ({
  ...opens(DIALOG),
  "hx-get": `/conversations/${head.id}/templates`,
  "hx-target": "#template-body",
  "hx-swap": "innerHTML",
})

/** Among the composer's tools. */
export const TemplateTool = ({ screen, head }: Props) => (
  <IconButton icon="zap" label={screen.t("template.send_one")} more={opening(head)} />
)

const Choose = ({ screen, head }: Props) => (
  <Button kind="primary" icon="zap" more={opening(head)}>
    {screen.t("template.choose")}
  </Button>
)

/** In place of the message field: 24 hours have passed. */
export const WindowClosed = ({ screen, head }: Props) => (
  <Banner
    tone="warn"
    icon="timer-off"
    title={screen.t("composer.window_title")}
    actions={<Choose screen={screen} head={head} />}
  >
    {screen.t("composer.window")}
  </Banner>
)

/** In place of the message field: the customer has not answered the template yet. */
export const Unanswered = ({ screen, head }: Props) => (
  <Banner
    tone="info"
    icon="hourglass"
    title={screen.t("composer.unanswered_title")}
    actions={<Choose screen={screen} head={head} />}
  >
    {screen.t("composer.unanswered")}
  </Banner>
)

/** Stands there closed; what is in it comes from its own address. */
export const TemplateDialog = ({ screen, head }: Props) => (
  <Dialog
    id={DIALOG}
    title={screen.t("template.send_one")}
    subtitle={[head.title, head.phone, head.channelName].filter(Boolean).join(" · ")}
    closeLabel={screen.t("dialog.close")}
    size="wide"
    footer={
      <>
        <p>{screen.t("template.draft_stays")}</p>
        <Button kind="quiet" more={closes(DIALOG)}>
          {screen.t("transfer.cancel")}
        </Button>
        <Button kind="primary" icon="send" type="submit" more={{ form: FORM }}>
          {screen.t("template.send")}
        </Button>
      </>
    }
  >
    <form
      id={FORM}
      method="post"
      action={`/conversations/${head.id}/templates`}
      data-template-form
      hx-post={`/conversations/${head.id}/templates`}
      hx-swap="none"
    >
      <FormToken csrfToken={screen.csrfToken} />
      <input type="hidden" name="clientId" value="" />
      <DialogNotices />
      <div id="template-body">
        <p class="is-quiet">{screen.t("template.loading")}</p>
      </div>
    </form>
  </Dialog>
)
