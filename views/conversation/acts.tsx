/** What can be done with a message: one menu for the whole thread, filled by the message it was opened from. */
import type { MessageItem } from "~/message/queries/thread.ts"
import { Icon } from "../parts/icon.tsx"
import { Menu, MenuItem } from "../parts/menu.tsx"
import type { Screen } from "../parts/screen.ts"

export const ACTS_MENU = "message-acts"
const USUAL_REACTIONS = ["👍", "❤️", "😂", "😮", "😢", "🙏", "👏", "🎉"]

/** What the menu needs to know of the message is in its attributes. */
export const ActsButton = ({ screen: { t }, item }: { screen: Screen; item: MessageItem }) => (
  <button
    class="message-act"
    type="button"
    aria-haspopup="menu"
    aria-label={t("acts.open")}
    data-acts={item.id}
    data-reacted={item.content.reactions?.ours?.emoji ?? null}
  >
    <Icon name="chevron-down" size="small" />
  </button>
)

export const ActsMenu = ({ screen: { t } }: { screen: Screen }) => (
  <Menu id={ACTS_MENU} label={t("acts.open")}>
    <fieldset class="acts-reactions" data-for="owner">
      <legend class="visually-hidden">{t("acts.react")}</legend>
      {USUAL_REACTIONS.map((emoji) => (
        <button type="button" data-reacts={emoji} aria-pressed="false" aria-label={t("acts.react_with", { emoji })}>
          {emoji}
        </button>
      ))}
    </fieldset>
    <MenuItem icon="reply" more={{ "data-replies": true, "data-for": "owner" }}>
      {t("acts.reply")}
    </MenuItem>
    <MenuItem icon="copy" more={{ "data-copies-message": true }}>
      {t("acts.copy")}
    </MenuItem>
    <MenuItem icon="check-check" more={{ "data-shows-times": true }}>
      {t("acts.times")}
    </MenuItem>
  </Menu>
)
