/** What a message says and offers, whatever its type: for the bubble on the phone and for quoting. */
import { type JsonObject, listOf, objectOf, textOf } from "./json.ts"

/** A tap-able thing under a business message. `payload` is what travels back. */
export type Choice = { id: string; title: string; description: string; section: string }
export type Choices = { kind: "buttons" | "quick-replies" | "list"; label: string; choices: Choice[] }

/** A button that does something on the phone itself; nothing of it comes back. */
export type Link = { kind: "url" | "phone" | "copy_code"; title: string; value: string }

export type Words = {
  heading: string
  text: string
  footer: string
  choices: Choices | null
  links?: readonly Link[]
}

export const plainWords = (text: string): Words => ({ heading: "", text, footer: "", choices: null })

export function wordsOf(type: string, content: JsonObject): Words {
  switch (type) {
    case "text":
      return plainWords(textOf(content.body))
    case "interactive":
      return interactiveWords(content)
    case "button":
      return plainWords(textOf(content.text))
    case "reaction":
      return plainWords(textOf(content.emoji))
    case "location":
      return { ...plainWords(textOf(content.address)), heading: textOf(content.name) }
    case "contacts":
      return plainWords(listOf(content.contacts).map(contactName).join(", "))
    default:
      return plainWords(textOf(content.caption))
  }
}

/** The media object of a message, or of its header; empty when it has none. */
export function mediumOf(type: string, content: JsonObject): JsonObject & { kind?: string } {
  if (["image", "video", "audio", "document", "sticker"].includes(type)) return { ...content, kind: type }
  const parts = listOf(content.components).map(objectOf)
  const header = parts.find((part) => textOf(part.type).toLowerCase() === "header")
  const holder = header ? objectOf(listOf(header.parameters)[0]) : objectOf(content.header)
  const kind = textOf(holder.type)
  return ["image", "video", "document"].includes(kind) ? { ...objectOf(holder[kind]), kind } : {}
}

const contactName = (contact: JsonObject[string]): string => textOf(objectOf(objectOf(contact).name).formatted_name)

function interactiveWords(content: JsonObject): Words {
  const reply = content.button_reply ?? content.list_reply
  if (reply !== undefined) return plainWords(textOf(objectOf(reply).title))
  return {
    heading: textOf(objectOf(content.header).text),
    text: textOf(objectOf(content.body).text),
    footer: textOf(objectOf(content.footer).text),
    choices: interactiveChoices(content),
  }
}

function interactiveChoices(content: JsonObject): Choices | null {
  const action = objectOf(content.action)
  if (content.type === "button") {
    const replies = listOf(action.buttons).map((button) => objectOf(objectOf(button).reply))
    return { kind: "buttons", label: "", choices: replies.map((reply) => choiceOf(reply, "")) }
  }
  if (content.type !== "list") return null
  const choices = listOf(action.sections)
    .map(objectOf)
    .flatMap((section) => listOf(section.rows).map((row) => choiceOf(objectOf(row), textOf(section.title))))
  return { kind: "list", label: textOf(action.button), choices }
}

const choiceOf = ({ id, title, description }: JsonObject, section: string): Choice => ({
  id: textOf(id),
  title: textOf(title),
  description: textOf(description),
  section,
})
