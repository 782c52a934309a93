import type { FormAnswer, InboundContent } from "./payload-content-types.ts"
import { child, flag, get, identifier, instant, isRecord, name, text, words } from "./payload-read.ts"
import type { Json } from "./payload-types.ts"

/** Choices, forms and permissions; null when malformed. Without a body Meta could not hand it over (§1.3). */
export function readInteractive(message: Json): InboundContent | null {
  const part = child(message, "interactive")
  const type = name(get(part, "type"))
  if (part === null || type === null) return { kind: "unsupported", type: "interactive" }
  const answer = child(part, type)
  switch (type) {
    case "button_reply":
    case "list_reply":
      return readChoice(type, answer)
    case "nfm_reply":
      return readForm(answer)
    case "call_permission_reply":
      return readCallPermission(answer)
    case "product":
      return readProduct(answer)
    case "payment_method":
      return { kind: "payment" }
    default:
      return readPrompt(type, part)
  }
}

function readChoice(kind: "button_reply" | "list_reply", answer: Json | null): InboundContent | null {
  const id = identifier(get(answer, "id"))
  const title = words(get(answer, "title")) ?? id
  if (title === null) return null
  const choice = { id: id ?? title, title }
  return kind === "button_reply"
    ? { kind, ...choice }
    : { kind, ...choice, description: words(get(answer, "description")) }
}

function readForm(answer: Json | null): InboundContent | null {
  if (answer === null) return null
  const responseJson = text(get(answer, "response_json")) ?? ""
  return {
    kind: "form_reply",
    name: name(get(answer, "name")),
    text: words(get(answer, "body")),
    responseJson,
    answers: answersIn(responseJson),
  }
}

/** The plain values at the top of a form's answer; `response_json` may be anything, valid JSON or not. */
function answersIn(responseJson: string): FormAnswer[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(responseJson)
  } catch {
    return []
  }
  if (!isRecord(parsed)) return []
  return Object.entries(parsed).flatMap(([field, value]) =>
    field === "flow_token" || typeof value === "object" ? [] : { field, value: String(value).toWellFormed() },
  )
}

function readCallPermission(answer: Json | null): InboundContent | null {
  const response = name(get(answer, "response"))
  if (response === null) return null
  return {
    kind: "call_permission",
    granted: response === "accept",
    permanent: flag(get(answer, "is_permanent")),
    automatic: get(answer, "response_source") === "automatic",
    expiresAt: instant(get(answer, "expiration_timestamp")),
  }
}

const readProduct = (answer: Json | null): InboundContent => ({
  kind: "product",
  productId: identifier(get(answer, "product_retailer_id")),
  catalogId: identifier(get(answer, "catalog_id")),
})

/** What a business asks (echoes): buttons, lists and the like, of which the body is shown. */
function readPrompt(type: string, part: Json): InboundContent {
  const body = child(part, "body")
  if (body === null) return { kind: "unsupported", type }
  return { kind: "prompt", type, text: words(get(body, "text")) }
}
