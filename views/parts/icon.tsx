import type { IconName } from "./icons.ts"

export type IconProps = {
  name: IconName
  size?: "small" | "normal" | "large" | undefined
  /** What it says by itself; without it the icon is decoration beside words. */
  label?: string | undefined
  tone?: "read" | "warn" | "bad" | "quiet" | undefined
}

export const Icon = ({ name, size = "normal", label, tone }: IconProps) => (
  <svg
    class={["icon", size !== "normal" && `is-${size}`, tone && `is-${tone}`].filter(Boolean).join(" ")}
    role={label === undefined ? null : "img"}
    aria-label={label}
    aria-hidden={label === undefined ? "true" : null}
  >
    <use href={`/assets/icons.svg#${name}`} />
  </svg>
)
