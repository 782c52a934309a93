import type { Child } from "../jsx-runtime.ts"
import type { More } from "./button.tsx"
import { Icon } from "./icon.tsx"
import type { IconName } from "./icons.ts"

export type Tone = "plain" | "ok" | "info" | "warn" | "bad"
export type ChipProps = {
  tone?: Tone
  icon?: IconName | undefined
  title?: string | undefined
  /** Opens something: the chip is a button. */
  isButton?: boolean
  more?: More
  children: Child
}

export function Chip({ tone = "plain", icon, title, isButton = false, more = {}, children }: ChipProps) {
  const look = tone === "plain" ? "chip" : `chip is-${tone}`
  const inside = (
    <>
      {icon && <Icon name={icon} size="small" />}
      <span>{children}</span>
    </>
  )
  return isButton ? (
    <button class={look} type="button" title={title} {...more}>
      {inside}
    </button>
  ) : (
    <span class={look} title={title} {...more}>
      {inside}
    </span>
  )
}
