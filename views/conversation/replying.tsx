import { IconButton } from "../parts/button.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

/** Which message is being answered: filled by the script, gone with Escape. */
export const ReplyBar = ({ t }: Screen) => (
  <section class="composer-reply" id="composer-reply" aria-label={t("reply.bar")} hidden>
    <Icon name="reply" size="small" />
    <button type="button" data-shows-reply title={t("quote.show")}>
      <b dir="auto" />
      <span dir="auto" />
    </button>
    <IconButton icon="x" label={t("reply.remove")} more={{ "data-removes": "reply" }} />
  </section>
)
