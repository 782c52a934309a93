import type { Html } from "../jsx-runtime.ts"
import type { IconName } from "./icons.ts"

export type IconProps = {
  name: IconName
  size?: "small" | "normal" | "large" | undefined
  /** What it says by itself; without it the icon is decoration beside words. */
  label?: string | undefined
  tone?: "read" | "warn" | "bad" | "quiet" | undefined
}

/** Decoration is drawn once for each look: a table of a page has hundreds of the same few. */
const drawn = new Map<string, Html>()

export function Icon(props: IconProps): Html {
  if (props.label !== undefined) return draw(props)
  const look = `${props.name} ${props.size} ${props.tone}`
  const known = drawn.get(look) ?? draw(props)
  drawn.set(look, known)
  return known
}

const draw = ({ name, size = "normal", label, tone }: IconProps) => (
  <svg
    class={["icon", size !== "normal" && `is-${size}`, tone && `is-${tone}`].filter(Boolean).join(" ")}
    role={label === undefined ? null : "img"}
    aria-label={label}
    aria-hidden={label === undefined ? "true" : null}
  >
    <use href={`/assets/icons.svg#${name}`} />
  </svg>
)
