import type { Child } from "../jsx-runtime.ts"
import { Icon } from "./icon.tsx"

export type SectionProps = { id: string; title: string; isOpen?: boolean; aside?: Child; children: Child }

/** A part of a pane that folds away; what is open stays open when the pane is drawn anew. */
export const Section = ({ id, title, isOpen = true, aside, children }: SectionProps) => (
  <details class="section" id={id} open={isOpen}>
    <summary>
      <Icon name="chevron-right" size="small" />
      <h3>{title}</h3>
      {aside}
    </summary>
    <div class="section-body">{children}</div>
  </details>
)
