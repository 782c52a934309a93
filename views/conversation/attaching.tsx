/** Files that are about to be sent: chosen, dropped or pasted, each with its name, its size and a way out. */
import { IconButton } from "../parts/button.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

/** The largest of each kind, in bytes, as the server checks it again (tests hold the two together). */
export const FILE_LIMITS = {
  image: { types: ["image/jpeg", "image/png"], bytes: 5_000_000 },
  video: { types: ["video/mp4", "video/3gpp"], bytes: 16_000_000 },
  audio: { types: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"], bytes: 16_000_000 },
  document: { types: [], bytes: 100_000_000 },
}

/** Filled by the script: without one, text alone can be sent. */
export const Attachments = ({ screen: { t } }: { screen: Screen }) => (
  <>
    <ul class="attachments" id="attachments" aria-label={t("attach.list")} hidden />
    <template id="attachment-template">
      <li class="attachment">
        <span class="attachment-icon">
          <Icon name="file-text" />
        </span>
        <span class="attachment-words">
          <b dir="auto" />
          <small role="status" />
          <progress max="1" value="0" aria-label={t("attach.progress")} hidden />
        </span>
        <IconButton icon="x" label={t("attach.remove")} more={{ "data-remove": true }} />
      </li>
    </template>
    <p class="drop-hint" aria-hidden="true">
      {t("attach.drop")}
    </p>
  </>
)

export const AttachButton = ({ screen: { t } }: { screen: Screen }) => (
  <>
    <IconButton icon="paperclip" label={t("attach.button")} more={{ "data-attach": true }} />
    <input
      class="visually-hidden"
      type="file"
      id="attach-files"
      multiple
      tabindex="-1"
      aria-label={t("attach.button")}
    />
  </>
)
