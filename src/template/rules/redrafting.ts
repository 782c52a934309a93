/** What Meta has, or was given, back in the words of the form. */
import type { Json } from "~/whatsapp/payload.ts"
import { type Anatomy, type AnatomyButton, anatomyOf, variablesOf } from "./anatomy.ts"
import type { DraftButton, TemplateForm } from "./drafting.ts"

/** Null where it has parts that the form does not know: they are changed at Meta. */
export function formOf(template: { category: string; components: readonly Json[] }): TemplateForm | null {
  const anatomy = anatomyOf(template)
  if (!anatomy || (anatomy.header && anatomy.header.kind !== "text" && anatomy.header.kind !== "location")) return null
  const { header, body, footer, examples } = anatomy
  return {
    category: template.category,
    body,
    footer: footer ?? "",
    examples,
    headerExample: headerExample(partOf(template.components, "HEADER")),
    header: header?.kind === "text" || header?.kind === "location" ? header.kind : "none",
    headerText: header?.kind === "text" ? header.text : "",
    buttons: buttonsOf(anatomy, partOf(template.components, "BUTTONS")),
  }
}

const partOf = (components: readonly Json[], type: string): Json =>
  components.find((one) => wordOf(one.type).toUpperCase() === type) ?? {}

const wordOf = (value: unknown): string => (typeof value === "string" ? value : "")
/** Meta writes an example alone, or as a list of one. */
const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value)
const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Json)[name] : undefined

function headerExample({ example }: Json): string {
  const named = fieldOf(firstOf(fieldOf(example, "header_text_named_params")), "example")
  return wordOf(named) || wordOf(firstOf(fieldOf(example, "header_text")))
}

const buttonsOf = ({ buttons }: Anatomy, { buttons: written }: Json): DraftButton[] =>
  buttons.map((button, index) => buttonOf(button, wordOf(firstOf(fieldOf(fieldOf(written, String(index)), "example")))))

function buttonOf(button: AnatomyButton, example: string): DraftButton {
  switch (button.kind) {
    case "quick_reply":
      return { kind: "quick_reply", text: button.text, value: "", example: "" }
    case "url":
      return { kind: "url", text: button.text, value: button.url, example: suffixOf(button.url, example) }
    case "phone":
      return { kind: "phone", text: button.text, value: button.phone, example: "" }
    case "copy_code":
      return { kind: "copy_code", text: "", value: example, example: "" }
  }
}

/** Meta keeps the whole address as the example: the form asks for what stands in place of the variable. */
function suffixOf(url: string, example: string): string {
  if (variablesOf(url).length === 0) return ""
  const beginning = url.slice(0, url.indexOf("{{"))
  return example.startsWith(beginning) ? example.slice(beginning.length) : example
}
