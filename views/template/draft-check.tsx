/** Beside a template that is written: what a customer will see, and Meta's rules. */
import type { CheckedDraft } from "~/template/rules/drafting.ts"
import { refusalLine } from "../locales/index.ts"
import { Chip } from "../parts/chip.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { TEMPLATES_PATH } from "./admin.tsx"
import { ExamplePreview } from "./example.tsx"

type Props = { screen: Screen; checked: CheckedDraft }

/** Drawn anew while one types anywhere in the form around it. */
export const DraftCheck = ({ screen, checked }: Props) => {
  const { examples, headerExample, ...anatomy } = checked
  const buttons = checked.buttons.map(({ kind, text }) => ({
    kind,
    url: "",
    variable: false,
    phone: "",
    text: kind === "copy_code" ? screen.t("templates_admin.copy_code") : text,
  }))
  return (
    <div
      class="template-check"
      id="template-check"
      hx-post={`${TEMPLATES_PATH}/check`}
      hx-trigger={'input from:"closest form" delay:300ms'}
      hx-target="this"
      hx-swap="outerMorph"
      hx-sync="this:replace"
    >
      <ExamplePreview
        screen={screen}
        language=""
        examples={examples}
        headerExample={headerExample}
        anatomy={{ ...anatomy, body: anatomy.body || "…", buttons }}
      />
      <Rules screen={screen} checked={checked} />
    </div>
  )
}

const Rules = ({ screen: { t }, checked: { problems, sound, isBlank } }: Props) => (
  <section class="template-rules" aria-labelledby="template-rules-title" aria-live="polite">
    <h3 id="template-rules-title">
      {t("templates_admin.rules")}
      {problems.length > 0 && !isBlank && (
        <Chip tone="bad">{t("templates_admin.rules_broken", { count: problems.length })}</Chip>
      )}
    </h3>
    <ul>
      {problems.map(({ refusal }) => (
        <li class={isBlank ? "is-open" : "is-broken"}>
          <Icon name={isBlank ? "minus" : "circle-x"} size="small" />
          <span>{refusalLine(t, refusal)}</span>
        </li>
      ))}
      {sound.map((place) => (
        <li>
          <Icon name="check" size="small" />
          <span>{t(`templates_admin.rule_${place}`)}</span>
        </li>
      ))}
    </ul>
    <p class="field-hint">{t("templates_admin.review")}</p>
  </section>
)
