import type { Written } from "~/web/editing.ts"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

type ExamplesProps = { screen: Screen; written: Written; variables: readonly string[]; error?: string | undefined }

/** One for each variable of the text: what was typed for a variable stays while the text changes around it. */
export function DraftExamples({ screen: { t }, written, variables, error }: ExamplesProps) {
  const typed = new Map((written.variable ?? []).map((variable, index) => [variable, written.example?.[index] ?? ""]))
  return (
    <div id="template-examples" class="template-examples">
      {variables.length > 0 && <p class="template-caption">{t("templates_admin.examples")}</p>}
      {variables.map((variable) => (
        <label>
          <code>{`{{${variable}}}`}</code>
          <input type="hidden" name="variable" value={variable} />
          <input
            class="input"
            name="example"
            value={typed.get(variable) ?? ""}
            autocomplete="off"
            dir="auto"
            aria-label={t("templates_admin.example_of", { variable })}
            aria-invalid={error && !typed.get(variable)?.trim() ? "true" : null}
          />
        </label>
      ))}
      {error && (
        <p class="field-error">
          <Icon name="circle-alert" size="small" />
          <span>{error}</span>
        </p>
      )}
    </div>
  )
}
