import type { Look } from "~/brand/rules.ts"
import type { Refusal } from "~/kernel/step.ts"
import { refusalLine, type Translate } from "../locales/index.ts"
import { GuestDocument, GuestIcon, GuestMark } from "./guest.tsx"

export type GuestRefusalProps = {
  t: Translate
  language: string
  /** Null for a link that is none: nobody is named to a stranger. */
  company: string | null
  look: Look | null
  refusal: Refusal
}

/** A link that leads nowhere: one sentence that says why, and what to do. */
export const GuestRefusal = ({ t, language, company, look, refusal }: GuestRefusalProps) => (
  <GuestDocument language={language} title={t("guest.no_call")} look={look} withScripts={false}>
    <main class="guest" data-step="refused">
      <header class="guest-head">
        <GuestMark look={look} />
        <strong>{company ?? t("guest.no_call")}</strong>
      </header>
      <section class="guest-middle">
        <GuestIcon name="phone-off" />
        <h1>{t("guest.no_call")}</h1>
        <p>{refusalLine(t, refusal)}</p>
      </section>
    </main>
  </GuestDocument>
)
