import type { Look } from "~/brand/rules.ts"
import { BrandMark } from "../brand/mark.tsx"
import type { Child } from "../jsx-runtime.ts"

export type GateProps = { size?: "normal" | "wide"; look?: Look | null; footer?: Child; children: Child }

/** The page of somebody who is not signed in: the logo, one panel, nothing else. */
export const Gate = ({ size = "normal", look = null, footer, children }: GateProps) => (
  <main class={size === "wide" ? "gate is-wide" : "gate"}>
    <BrandMark look={look} />
    <section class="panel">{children}</section>
    <footer class="gate-footer">
      <span>Sportello</span>
      {footer && <span>{footer}</span>}
    </footer>
  </main>
)
