import type { Id } from "~/kernel/id.ts"
import type { Child } from "../jsx-runtime.ts"
import { Avatar } from "../parts/avatar.tsx"

type Props = {
  conversation: { id: Id; title: string }
  /** What stands before the face: a box to choose the row by. */
  before?: Child
  /** What was said last, or what of it matters here. */
  children: Child
}

/** The first cell of every table of conversations: face, name, last line. */
export const Who = ({ conversation: { id, title }, before, children }: Props) => (
  <span class="waiting-who">
    {before}
    <Avatar name={title} />
    <a class="waiting-name" href={`/conversations/${id}`}>
      {title}
    </a>
    <span class="waiting-line">{children}</span>
  </span>
)
