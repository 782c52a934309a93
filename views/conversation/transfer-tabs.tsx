/** To whom a conversation may go: which kind, and the search among them. */
import type { TransferDialog } from "~/conversation/queries/transfer-dialog.ts"
import { Icon } from "../parts/icon.tsx"
import type { IconName } from "../parts/icons.ts"
import type { Screen } from "../parts/screen.ts"

type Props = { screen: Screen; dialog: TransferDialog }

export const TransferTabs = ({ screen, dialog, hasQueue }: Props & { hasQueue: boolean }) => (
  <fieldset class="transfer-tabs">
    <legend class="visually-hidden">{screen.t("transfer.to")}</legend>
    <Tab dialog={dialog} to="user" icon="user-round" words={screen.t("transfer.user")} count={dialog.userCount} />
    <Tab
      dialog={dialog}
      to="skillset"
      icon="users"
      words={screen.t("transfer.skillset")}
      count={dialog.skillsets.length}
    />
    {hasQueue && <Tab dialog={dialog} to="queue" icon="timer" words={screen.t("transfer.queue")} count={null} />}
  </fieldset>
)

type TabProps = Pick<Props, "dialog"> & { to: "user" | "skillset" | "queue"; icon: IconName; words: string }

const Tab = ({ dialog, to, icon, words, count }: TabProps & { count: number | null }) => (
  <label class="transfer-tab">
    <input type="radio" name="to" value={to} checked={dialog.choice.to === to} aria-label={words} />
    <Icon name={icon} size="small" />
    <span>{words}</span>
    {count !== null && <small>{count}</small>}
  </label>
)

export const TransferSearch = ({ screen, dialog }: Props) => (
  <div class="transfer-search">
    <label>
      <span class="visually-hidden">{screen.t("transfer.search_label")}</span>
      <Icon name="search" size="small" />
      <input
        class="input"
        type="search"
        name="search"
        maxlength={100}
        autocomplete="off"
        value={dialog.choice.words}
        placeholder={screen.t("transfer.search")}
        autofocus
      />
    </label>
    <label class="check">
      <input type="checkbox" name="onlyReady" value="on" checked={dialog.choice.onlyReady} />
      <span>{screen.t("transfer.only_ready")}</span>
    </label>
  </div>
)
