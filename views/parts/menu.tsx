import type { Child } from "../jsx-runtime.ts"
import type { More } from "./button.tsx"
import { Icon } from "./icon.tsx"
import type { IconName } from "./icons.ts"

/**
 * Choices under the button that opens them (`popovertarget`); a sheet from below on a phone. Its items are real buttons
 * and links, so it is a popover and not a `role="menu"`.
 */
export const Menu = ({ id, label, children }: { id: string; label: string; children: Child }) => (
  <section class="menu" id={id} popover="auto" aria-label={label}>
    {children}
  </section>
)

export type MenuItemProps = {
  icon?: IconName | undefined
  /** In place of an icon. */
  mark?: Child
  hint?: string | undefined
  isCurrent?: boolean
  href?: string | undefined
  type?: "submit" | "button"
  more?: More
  children: Child
}

export function MenuItem({ icon, mark, hint, isCurrent = false, href, type = "button", ...rest }: MenuItemProps) {
  const { more = {}, children } = rest
  const inside = (
    <>
      {mark ?? (icon && <Icon name={icon} />)}
      <span class="menu-item-words">
        <span>{children}</span>
        {hint && <small aria-hidden="true">{hint}</small>}
      </span>
      {isCurrent && <Icon name="check" size="small" />}
    </>
  )
  if (href !== undefined)
    return (
      <a class="menu-item" href={href} aria-current={isCurrent ? "true" : null} {...more}>
        {inside}
      </a>
    )
  return (
    <button class="menu-item" type={type} aria-pressed={isCurrent ? "true" : null} {...more}>
      {inside}
    </button>
  )
}

export const MenuLine = () => <hr class="menu-line" />
export const MenuTitle = ({ children }: { children: Child }) => <p class="menu-title">{children}</p>
