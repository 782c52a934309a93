import type { ContactCard, InboundContent } from "./payload-content-types.ts"

/** The plain text by which a message is listed and searched; "" where it has none. */
export function summaryText(content: InboundContent): string {
  switch (content.kind) {
    case "text":
    case "button":
      return content.text
    case "image":
    case "video":
      return content.caption ?? ""
    case "document":
      return lines(content.caption, content.fileName)
    case "location":
      return lines(content.name, content.address)
    case "contacts":
      return lines(...content.cards.map(cardLine))
    case "reaction":
      return content.emoji ?? ""
    case "button_reply":
      return content.title
    case "list_reply":
      return lines(content.title, content.description)
    case "form_reply":
      return lines(content.text, ...content.answers.map((answer) => answer.value))
    case "order":
      return content.note ?? ""
    case "system":
    case "prompt":
      return content.text ?? ""
    case "edit":
      return summaryText(content.content)
    case "template":
      return content.name
    default:
      content satisfies Wordless
      return ""
  }
}

/** A kind that is neither here nor worded above does not compile. */
type Wordless = Extract<InboundContent, { kind: Unworded }>
type Unworded = "audio" | "sticker" | "call_permission" | "product" | "payment" | "request_welcome" | Absent
type Absent = "unsupported" | "unknown" | "revoke" | "media_placeholder"

const cardLine = (card: ContactCard) =>
  [card.name, ...card.phones.map((phone) => phone.number ?? phone.whatsappId)].filter(Boolean).join(" ")

const lines = (...parts: (string | null)[]) => parts.filter(Boolean).join("\n")
