/** What the customer gets of a message that is being written; `contents.js` keeps it true while one types. */
import type { Written } from "~/web/editing.ts"
import type { Screen } from "../parts/screen.ts"

const linesOf = (text = "") =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)

export const CustomerGets = ({ screen: { t }, written }: { screen: Screen; written: Written }) => {
  const style = written.style?.[0] ?? "none"
  const titles = style === "none" ? [] : linesOf(written.replies?.[0])
  return (
    <section class="predefined-preview customer-gets" aria-label={t("predefined.preview")}>
      <p class="predefined-gets">{t("predefined.preview")}</p>
      <p class="bubble predefined-bubble" dir="auto" data-preview-text>
        <MarkedText text={written.text?.[0] ?? ""} />
      </p>
      <ul class="predefined-choices" data-preview-choices>
        {style === "list" && <li class="is-opener">{written.opener?.[0] || t("predefined_admin.opener")}</li>}
        {titles.map((title) => (
          <li dir="auto">{title}</li>
        ))}
      </ul>
    </section>
  )
}

/** What still wants a value stands out. */
const MarkedText = ({ text }: { text: string }) => (
  <>{text.split(/(\{[a-z][\w.]*\})/i).map((part, index) => (index % 2 === 1 ? <mark>{part}</mark> : part))}</>
)
