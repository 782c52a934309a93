/** Emoji above the message field: searched in the reader's language, filled by the script when it first opens. */
import { IconButton } from "../parts/button.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

const PANEL = "emoji"
/** An emoji of each skin tone; the first has none. */
const TONES = ["✋", "✋🏻", "✋🏼", "✋🏽", "✋🏾", "✋🏿"]

export const EmojiButton = ({ t }: Screen) => (
  <IconButton
    icon="smile"
    label={t("emoji.title")}
    more={{ "data-opens": PANEL, "aria-controls": PANEL, "aria-expanded": "false" }}
  />
)

export const EmojiPanel = ({ t }: Screen) => (
  <section class="composer-panel emoji" id={PANEL} role="dialog" aria-label={t("emoji.title")} hidden>
    <label class="search-frame emoji-search">
      <span class="visually-hidden">{t("emoji.search")}</span>
      <Icon name="search" size="small" />
      <input
        class="input"
        id="emoji-search"
        type="search"
        maxlength={60}
        autocomplete="off"
        placeholder={t("emoji.search")}
      />
    </label>
    <div class="emoji-groups" id="emoji-groups" role="listbox" aria-label={t("emoji.title")} tabindex="-1" />
    <p class="emoji-none" id="emoji-none" role="status" hidden>
      {t("emoji.none")}
    </p>
    <div class="emoji-foot">
      <p id="emoji-name" aria-hidden="true" />
      <fieldset class="emoji-tones">
        <legend class="visually-hidden">{t("emoji.tone")}</legend>
        {TONES.map((hand, tone) => (
          <label title={t("emoji.tone_of", { number: tone })}>
            <input type="radio" name="emoji-tone" value={tone} aria-label={t("emoji.tone_of", { number: tone })} />
            <span aria-hidden="true">{hand}</span>
          </label>
        ))}
      </fieldset>
    </div>
  </section>
)
