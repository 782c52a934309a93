/** Buttons, lists and the other interactive messages: limits of counts and lengths (wire reference §5.2). */
import { badParameter, invalid, missing } from "./graph-errors.ts"
import { type JsonObject, listOf, objectOf, textOf } from "./json.ts"

const BODY = 1024
const LIST_BODY = 4096
const HEADER = 60
const FOOTER = 60

/** An action that is only a name, and parameters that the simulator does not act on. */
const named = (name: string) => (action: JsonObject) => {
  if (action.name !== name) throw invalid(`interactive['action']['name'] must be "${name}" for this type.`)
}
const unchecked = () => {}

const ACTIONS: Record<string, (action: JsonObject) => void> = {
  button: validateButtons,
  list: validateList,
  cta_url: validateLink,
  location_request_message: named("send_location"),
  address_message: named("address_message"),
  flow: named("flow"),
  catalog_message: named("catalog_message"),
  voice_call: named("voice_call"),
  call_permission_request: named("call_permission_request"),
  request_contact_info: named("request_contact_info"),
  product: unchecked,
  product_list: unchecked,
  carousel: unchecked,
  order_details: unchecked,
  order_status: unchecked,
}

export function validateInteractive(content: JsonObject): void {
  const type = textOf(content.type)
  const action = objectOf(content.action)
  if (type === "") throw missing("interactive['type']")
  if (content.action === undefined) throw missing("interactive['action']")
  validateFrame(type, content)
  const validateAction = ACTIONS[type]
  if (!validateAction) throw badParameter(`Param interactive['type'] is not a known type - got "${type}".`)
  validateAction(action)
}

function validateFrame(type: string, content: JsonObject): void {
  const body = objectOf(content.body).text
  requireText(body, "interactive['body']['text']", type === "list" ? LIST_BODY : BODY, type === "product")
  requireText(objectOf(content.footer).text, "interactive['footer']['text']", FOOTER, true)
  if (content.header !== undefined) validateHeader(type, objectOf(content.header))
}

function validateHeader(type: string, header: JsonObject): void {
  const kind = textOf(header.type)
  if (kind === "text") {
    requireText(header.text, "interactive['header']['text']", HEADER)
    return
  }
  if (type === "list") throw invalid("Only a text header is allowed in a list message.")
  if (!["image", "video", "document"].includes(kind)) throw invalid(`Header type "${kind}" is not supported.`)
  const media = objectOf(header[kind])
  if (textOf(media.id) === "" && textOf(media.link) === "") throw missing(`interactive['header']['${kind}']`)
}

function validateButtons(action: JsonObject): void {
  const buttons = listOf(action.buttons).map(objectOf)
  if (buttons.length < 1 || buttons.length > 3)
    throw invalid("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3")
  const replies = buttons.map((button) => {
    if (button.type !== "reply") throw invalid("Button type must be reply.")
    return objectOf(button.reply)
  })
  for (const { id, title } of replies) {
    requireText(id, "Button id", 256)
    requireText(title, "Button title", 20)
  }
  requireDifferent(
    replies.map(({ id }) => textOf(id)),
    "button ids",
  )
  requireDifferent(
    replies.map(({ title }) => textOf(title)),
    "button titles",
  )
}

function validateList(action: JsonObject): void {
  requireText(action.button, "interactive['action']['button']", 20)
  const sections = listOf(action.sections).map(objectOf)
  if (sections.length < 1 || sections.length > 10)
    throw invalid("Invalid sections count. Min allowed sections: 1, Max allowed sections: 10")
  const rows = sections.flatMap((section) => {
    requireText(section.title, "Section title", 24, sections.length === 1)
    return listOf(section.rows).map(objectOf)
  })
  if (rows.length < 1 || rows.length > 10) throw invalid("Total row count exceed max allowed count: 10")
  for (const { id, title, description } of rows) {
    requireText(id, "Row id", 200)
    requireText(title, "Row title", 24)
    requireText(description === "" ? undefined : description, "Row description", 72, true)
  }
  requireDifferent(
    rows.map(({ id }) => textOf(id)),
    "row ids",
  )
}

function validateLink(action: JsonObject): void {
  if (action.name !== "cta_url") throw invalid(`interactive['action']['name'] must be "cta_url" for this type.`)
  const { display_text, url } = objectOf(action.parameters)
  requireText(display_text, "Button display text", 20)
  if (!/^https?:\/\/\S+$/.test(textOf(url))) throw invalid("The URL of the button is not valid.")
}

/** Throws unless `value` is text of 1 to `most` characters (0 allowed with `optional`). */
function requireText(value: JsonObject[string], name: string, most: number, optional = false): void {
  if (value === undefined && optional) return
  if (typeof value !== "string" || value.trim() === "") throw missing(name)
  if ([...value].length > most) throw invalid(`${name} is too long. Max length is ${most}.`)
}

function requireDifferent(values: string[], what: string): void {
  if (new Set(values).size < values.length) throw invalid(`Duplicated ${what} are not allowed.`)
}
