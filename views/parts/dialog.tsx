import type { Child } from "../jsx-runtime.ts"
import { IconButton } from "./button.tsx"

export type DialogProps = {
  id: string
  title: string
  subtitle?: Child
  closeLabel: string
  size?: "normal" | "wide"
  footer?: Child
  children: Child
}

/** A modal window; `opens(id)` are the attributes of the button that opens it. Full screen on a phone. */
export const Dialog = ({ id, title, subtitle, closeLabel, size = "normal", footer, children }: DialogProps) => (
  <dialog class={size === "wide" ? "dialog is-wide" : "dialog"} id={id} aria-labelledby={`${id}-title`} closedby="any">
    <div class="dialog-head">
      <div>
        <h2 id={`${id}-title`}>{title}</h2>
        {subtitle && <p>{subtitle}</p>}
      </div>
      <IconButton icon="x" label={closeLabel} more={closes(id)} />
    </div>
    <div class="dialog-body">{children}</div>
    {footer && <div class="dialog-foot">{footer}</div>}
  </dialog>
)

/** Where a form in a dialog hears that it was refused: what stands behind a modal window cannot be read. */
export const DialogNotices = () => <div class="dialog-notices" />

export const opens = (dialog: string) => ({ command: "show-modal", commandfor: dialog, "aria-haspopup": "dialog" })
export const closes = (dialog: string) => ({ command: "close", commandfor: dialog })
