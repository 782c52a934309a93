import type { Child } from "../jsx-runtime.ts"
import { Icon } from "./icon.tsx"
import type { IconName } from "./icons.ts"

export type BannerTone = "info" | "ok" | "warn" | "bad"
export type BannerProps = {
  tone: BannerTone
  title: Child
  icon?: IconName | undefined
  /** Announced when it appears: a problem at once, the rest when there is time. */
  isAnnounced?: boolean
  actions?: Child
  children?: Child
}

const ICONS: Readonly<Record<BannerTone, IconName>> = {
  info: "info",
  ok: "circle-check",
  warn: "triangle-alert",
  bad: "circle-alert",
}

/** What happened, and what to do. */
export const Banner = ({ tone, title, icon, isAnnounced = false, actions, children }: BannerProps) => (
  <div class={`banner is-${tone}`} role={isAnnounced ? (tone === "bad" ? "alert" : "status") : null}>
    <Icon name={icon ?? ICONS[tone]} />
    <div class="banner-words">
      <strong>{title}</strong>
      {children && <p>{children}</p>}
    </div>
    {actions && <div class="banner-actions">{actions}</div>}
  </div>
)
