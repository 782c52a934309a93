/** Looking for words in the thread that is shown: a bar under its head, opened by its button or Ctrl+F. */
import type { ConversationHead } from "~/conversation/queries/console.ts"
import { IconButton, type More } from "../parts/button.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

type Props = { screen: Screen; head: ConversationHead }

const BAR = "thread-search"

export const SearchButton = ({ screen: { t }, more }: { screen: Screen; more: More }) => (
  <IconButton
    icon="search"
    label={t("search.open")}
    more={{ "data-opens": BAR, "aria-keyshortcuts": "Control+F", ...more }}
  />
)

/** Stands outside of what is drawn anew with the thread. */
export const SearchBar = ({ screen: { t, format, now }, head }: Props) => (
  <search class="thread-search" id={BAR} data-from={`/conversations/${head.id}`} hidden>
    <label class="search-frame">
      <span class="visually-hidden">{t("search.field")}</span>
      <Icon name="search" size="small" />
      <input
        class="input"
        id="thread-search-words"
        type="search"
        maxlength={100}
        autocomplete="off"
        placeholder={t("search.field")}
      />
    </label>
    <span class="thread-search-count" role="status" />
    <label class="thread-day" title={t("search.day")}>
      <span class="visually-hidden">{t("search.day")}</span>
      <input class="input" id="thread-day" type="date" max={format.dayKey(now)} />
    </label>
    <IconButton icon="chevron-up" label={t("search.earlier")} more={{ "data-steps": "1" }} />
    <IconButton icon="chevron-down" label={t("search.later")} more={{ "data-steps": "-1" }} />
    <IconButton icon="x" label={t("search.close")} more={{ "data-closes": BAR }} />
  </search>
)
