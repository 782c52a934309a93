import type { Translate } from "../locales/index.ts"
import { IconButton } from "../parts/button.tsx"
import { Icon } from "../parts/icon.tsx"

/** Where notices are put, above everything; they stay until they are dismissed. */
export const Notices = () => <div class="notices" id="notices" aria-live="assertive" />
/** In the dialog that is open, where there is one (`DialogNotices`). */
export const NOTICES_AT = ":is(dialog[open] .dialog-notices, body:not(:has(dialog[open] .dialog-notices)) #notices)"

/** One line that floats over the page: what was refused, and what to do. */
export const Notice = ({ t, sentence }: { t: Translate; sentence: string }) => (
  <div class="notice" role="alert">
    <Icon name="circle-alert" />
    <p>{sentence}</p>
    <IconButton icon="x" label={t("notice.dismiss")} more={{ "data-action": "dismiss" }} />
  </div>
)
