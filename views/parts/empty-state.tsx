import type { Child } from "../jsx-runtime.ts"
import { Icon } from "./icon.tsx"
import type { IconName } from "./icons.ts"

export type EmptyStateProps = { icon: IconName; title: string; children?: Child; actions?: Child }

/** Nothing here: what will appear, and what one can do meanwhile. */
export const EmptyState = ({ icon, title, children, actions }: EmptyStateProps) => (
  <div class="empty-state">
    <Icon name={icon} size="large" />
    <strong>{title}</strong>
    {children && <p>{children}</p>}
    {actions && <div class="empty-state-actions">{actions}</div>}
  </div>
)
