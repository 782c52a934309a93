import type { SentButton, SentHeader, SentTemplate, SentValue } from "~/template/rules/filling.ts"
import {
  type AccountCredentials,
  messageHead,
  type Recipient,
  type SendBody,
  type SentFile,
  succeeded,
} from "./client.ts"
import type { Graph, GraphResult } from "./graph.ts"
import { get, identifier, name } from "./payload-read.ts"
import type { Json } from "./payload-types.ts"

/** A template as a message, and what may be done with the templates of an account (wire reference §5.3, §7). */
export function templateBody(
  to: Recipient,
  sent: SentTemplate,
  file: SentFile | null,
  callbackData: string,
  replyToWamid: string | null,
): SendBody {
  const components = [
    ...headerComponent(sent.header, sent.values.header, file),
    ...textComponent("body", sent.values.body),
    ...sent.buttons.flatMap(buttonComponent),
  ]
  const { name: called, language } = sent
  const template = { name: called, language: { code: language, policy: "deterministic" } }
  return {
    ...messageHead(to, callbackData, replyToWamid),
    type: "template",
    template: components.length === 0 ? template : { ...template, components },
  }
}

const textComponent = (type: "header" | "body", values: readonly SentValue[]): Json[] =>
  values.length === 0
    ? []
    : [
        {
          type,
          parameters: values.map(({ name: parameter_name, text }) => ({
            type: "text",
            ...(parameter_name === null ? {} : { parameter_name }),
            text,
          })),
        },
      ]

function headerComponent(header: SentHeader | null, values: readonly SentValue[], file: SentFile | null): Json[] {
  if (header === null || header.kind === "text") return textComponent("header", values)
  const { kind } = header
  if (kind === "location") {
    const { latitude, longitude, name: called, address } = header
    const location = { latitude: String(latitude), longitude: String(longitude), name: called, address }
    return [{ type: "header", parameters: [{ type: kind, [kind]: location }] }]
  }
  const medium = { id: file?.mediaId ?? "", ...(kind === "document" ? { filename: file?.name ?? "" } : {}) }
  return [{ type: "header", parameters: [{ type: kind, [kind]: medium }] }]
}

function buttonComponent(button: SentButton, index: number): Json[] {
  const part = (sub_type: string, parameter: Json) => [
    { type: "button", sub_type, index: String(index), parameters: [parameter] },
  ]
  switch (button.kind) {
    case "quick_reply":
      return part("quick_reply", { type: "payload", payload: button.payload })
    case "url":
      return button.value === null ? [] : part("url", { type: "text", text: button.value })
    case "copy_code":
      return part("copy_code", { type: "coupon_code", coupon_code: button.code })
    case "phone":
      return []
  }
}

export type NewTemplate = {
  name: string
  language: string
  category: string
  parameterFormat: "named" | "positional"
  components: readonly Json[]
}

export interface TemplateCalls {
  /** Hands a template in for review; the category may come back as another one. */
  createTemplate(
    credentials: AccountCredentials,
    template: NewTemplate,
  ): Promise<GraphResult<{ id: string; status: string; category: string | null }>>
  editTemplate(
    credentials: AccountCredentials,
    edited: { id: string; category: string; components: readonly Json[] },
  ): Promise<GraphResult<true>>
  /** One language of it. */
  deleteTemplate(credentials: AccountCredentials, doomed: { id: string; name: string }): Promise<GraphResult<true>>
}

export const templateCalls = (graph: Graph): TemplateCalls => ({
  createTemplate: ({ wabaId, accessToken }, { parameterFormat, ...template }) => {
    const body = { ...template, parameter_format: parameterFormat.toUpperCase() }
    return graph.ask({ accessToken, method: "POST", path: [wabaId, "message_templates"], body }, readCreated)
  },
  editTemplate: ({ accessToken }, { id, category, components }) =>
    graph.ask({ accessToken, method: "POST", path: [id], body: { category, components } }, succeeded),
  deleteTemplate: ({ wabaId, accessToken }, { id, name: called }) => {
    const query = { name: called, hsm_id: id }
    return graph.ask({ accessToken, method: "DELETE", path: [wabaId, "message_templates"], query }, succeeded)
  },
})

function readCreated(body: Json) {
  const id = identifier(get(body, "id"))
  if (id === null) return null
  return { id, status: name(get(body, "status")) ?? "PENDING", category: name(get(body, "category")) }
}
