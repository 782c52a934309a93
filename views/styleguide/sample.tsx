import type { Child } from "../jsx-runtime.ts"

/** One line of the style guide: what it is, and how it looks. */
export const Sample = ({ name, children }: { name: string; children: Child }) => (
  <div class="styleguide-sample">
    <h3>{name}</h3>
    <div>{children}</div>
  </div>
)
