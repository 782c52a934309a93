import type { LastLine as Said } from "~/conversation/queries/console.ts"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { kindIcon, lineWords } from "./kinds.tsx"
import { tickIcon } from "./ticks.tsx"

/** What was said last, in one line: what became of ours, what kind of thing is theirs. */
export function LastLine({ screen, line }: { screen: Screen; line: Said | null }) {
  if (!line) return <span />
  const icon = line.direction === "out" ? tickIcon(line.status) : kindIcon(line.kind)
  const words = lineWords(screen, line.kind, line.text)
  return (
    <>
      {icon && <Icon name={icon} size="small" />}
      <span>{line.direction === "out" ? screen.t("list.you", { text: words }) : words}</span>
    </>
  )
}
