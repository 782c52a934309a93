import type { PlainKey } from "../locales/index.ts"
import { Dialog } from "../parts/dialog.tsx"
import type { Screen } from "../parts/screen.ts"

const SHORTCUTS: readonly { keys: readonly string[]; phrase: PlainKey }[] = [
  { keys: ["Ctrl", "K"], phrase: "shortcuts.palette" },
  { keys: ["F6"], phrase: "shortcuts.panes" },
  { keys: ["Shift", "F6"], phrase: "shortcuts.panes_back" },
  { keys: ["Alt", "↑ ↓"], phrase: "shortcuts.conversation" },
  { keys: ["↑ ↓ Home End"], phrase: "shortcuts.list" },
  { keys: ["↑ ↓"], phrase: "shortcuts.messages" },
  { keys: ["Enter"], phrase: "shortcuts.send" },
  { keys: ["Shift", "Enter"], phrase: "shortcuts.break" },
  { keys: ["Esc"], phrase: "shortcuts.escape" },
  { keys: ["?"], phrase: "shortcuts.help" },
]

export const Shortcuts = ({ t }: Screen) => (
  <Dialog id="shortcuts" title={t("shortcuts.title")} closeLabel={t("dialog.close")}>
    <dl class="shortcuts">
      {SHORTCUTS.map(({ keys, phrase }) => (
        <>
          <dt>
            {keys.map((key) => (
              <kbd>{key}</kbd>
            ))}
          </dt>
          <dd>{t(phrase)}</dd>
        </>
      ))}
    </dl>
  </Dialog>
)
