import type { Child } from "../jsx-runtime.ts"
import { Logo } from "./logo.tsx"

export type GateProps = { size?: "normal" | "wide"; footer?: Child; children: Child }

/** The page of somebody who is not signed in: the logo, one panel, nothing else. */
export const Gate = ({ size = "normal", footer, children }: GateProps) => (
  <main class={size === "wide" ? "gate is-wide" : "gate"}>
    <Logo />
    <section class="panel">{children}</section>
    <footer class="gate-footer">
      <span>Sportello</span>
      {footer && <span>{footer}</span>}
    </footer>
  </main>
)
