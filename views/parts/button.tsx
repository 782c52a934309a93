import type { Child } from "../jsx-runtime.ts"
import { Icon } from "./icon.tsx"
import type { IconName } from "./icons.ts"

/** Attributes that go to the element as they are: `hx-…`, `aria-…`, `data-…`, `popovertarget`, `commandfor`. */
export type More = { [name: string]: string | number | boolean | null | undefined }

export type ButtonProps = {
  kind?: "plain" | "primary" | "quiet" | "danger" | "solid-danger"
  size?: "small" | "normal" | "big"
  icon?: IconName | undefined
  type?: "submit" | "button"
  /** Goes to a page instead of doing something. */
  href?: string | undefined
  disabled?: boolean
  isBusy?: boolean
  more?: More
  children: Child
}

/** `type` is "button" unless told: only what sends a form says "submit". */
export function Button({ kind = "plain", size = "normal", icon, type = "button", href, ...rest }: ButtonProps) {
  const { disabled = false, isBusy = false, more = {}, children } = rest
  const look = ["button", kind !== "plain" && `is-${kind}`, size !== "normal" && `is-${size}`, isBusy && "is-busy"]
  const inside = (
    <>
      {icon && <Icon name={icon} size="small" />}
      <span>{children}</span>
    </>
  )
  if (href !== undefined)
    return (
      <a class={classes(look)} href={href} {...more}>
        {inside}
      </a>
    )
  return (
    <button class={classes(look)} type={type} disabled={disabled} aria-busy={isBusy ? "true" : null} {...more}>
      {inside}
    </button>
  )
}

export type IconButtonProps = {
  icon: IconName
  label: string
  href?: string | undefined
  type?: "submit" | "button"
  disabled?: boolean
  more?: More
}

/** A button that is only an icon: its words are its name and its tooltip. */
export function IconButton({ icon, label, href, type = "button", disabled = false, more = {} }: IconButtonProps) {
  if (href !== undefined)
    return (
      <a class="icon-button" href={href} aria-label={label} title={label} {...more}>
        <Icon name={icon} />
      </a>
    )
  return (
    <button class="icon-button" type={type} aria-label={label} title={label} disabled={disabled} {...more}>
      <Icon name={icon} />
    </button>
  )
}

const classes = (names: readonly (string | false)[]): string => names.filter(Boolean).join(" ")
