/** A template filled with Meta's examples: what its admin sees before anybody sends it. */
import type { Anatomy } from "~/template/rules/anatomy.ts"
import type { Screen } from "../parts/screen.ts"
import { HeaderFrame, TemplateButtons, TemplateLook } from "./look.tsx"

export type ExamplePreviewProps = {
  screen: Screen
  anatomy: Pick<Anatomy, "header" | "body" | "footer" | "buttons">
  language: string
  examples: Readonly<Record<string, string>>
  headerExample?: string
}

export const ExamplePreview = ({ screen, anatomy, language, examples, headerExample = "" }: ExamplePreviewProps) => {
  const { header, body, footer, buttons } = anatomy
  return (
    <div class="template-preview">
      <p class="template-caption">{screen.t("templates_admin.preview")}</p>
      <div class="template-paper" lang={language.replace("_", "-")}>
        <div class="bubble">
          <TemplateLook
            header={<Heading screen={screen} header={header} example={headerExample} />}
            body={<WithExamples text={body} examples={examples} />}
            footer={footer}
            buttons={<TemplateButtons screen={screen} buttons={buttons.map(({ kind, text }) => ({ kind, text }))} />}
          />
        </div>
      </div>
    </div>
  )
}

const Heading = ({
  screen: { t },
  header,
  example,
}: {
  screen: Screen
  header: Anatomy["header"]
  example: string
}) => {
  if (header === null) return <span />
  if (header.kind !== "text") return <HeaderFrame kind={header.kind} words={t(`template.header.${header.kind}`)} />
  const examples = header.variable === null || example === "" ? {} : { [header.variable]: example }
  return (
    <strong class="template-heading" dir="auto">
      <WithExamples text={header.text} examples={examples} />
    </strong>
  )
}

const WithExamples = ({ text, examples }: { text: string; examples: Readonly<Record<string, string>> }) => (
  <>
    {text.split(/\{\{\s*(\w+)\s*\}\}/).map((part, index) => {
      if (index % 2 === 0) return part
      const example = Object.hasOwn(examples, part) ? (examples[part] ?? "") : ""
      return (
        <span class={example === "" ? "template-slot is-missing" : "template-slot"}>{example || `{{${part}}}`}</span>
      )
    })}
  </>
)
