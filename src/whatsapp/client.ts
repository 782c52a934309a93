import { assert } from "~/kernel/assert.ts"
import type { OutgoingKind } from "~/media/rules/kinds.ts"
import type { Place, Prompt } from "~/message/rules/content.ts"
import { outcomeOf, type SendOutcome } from "./errors.ts"
import { createGraph, type Graph, type GraphOptions, type GraphResult } from "./graph.ts"
import { type MediaCalls, mediaCalls } from "./media.ts"
import { child, digits, get, identifier, isRecord, list, name, words } from "./payload-read.ts"
import type { Json } from "./payload-types.ts"
import { type TemplateCalls, templateCalls } from "./templates.ts"

/** What we say to WhatsApp: the Cloud API, one function per call that the house makes. */

export type Credentials = { phoneNumberId: string; accessToken: string }
export type AccountCredentials = { wabaId: string; accessToken: string }

/** Body of `POST /{phone-number-id}/messages` (wire reference §5.1). */
export type SendBody = Json & { messaging_product: "whatsapp" }

export type PhoneNumberNews = {
  displayPhone: string | null
  verifiedName: string | null
  status: string | null
  quality: string | null
  nameStatus: string | null
  throughput: string | null
}

/** A template as Meta keeps it; `components` are its own (§7). */
export type RemoteTemplate = {
  id: string
  name: string
  language: string
  status: string
  category: string
  parameterFormat: "named" | "positional"
  quality: string | null
  rejectedReason: string | null
  components: Json[]
}

export interface WhatsAppClient extends MediaCalls, TemplateCalls {
  /** Sends once; the outcome says whether it may be sent again. */
  sendMessage(credentials: Credentials, body: SendBody): Promise<SendOutcome>
  /** Marks a message and all before it as read; `typing` shows us writing for up to 25 s (§5.4). */
  markRead(credentials: Credentials, wamid: string, options?: { typing?: boolean }): Promise<GraphResult<true>>
  phoneNumber(credentials: Credentials): Promise<GraphResult<PhoneNumberNews>>
  /** Every template of the account, page after page; a page that fails fails the whole. */
  templates(credentials: AccountCredentials): Promise<GraphResult<RemoteTemplate[]>>
  /** Ids of the account's numbers. */
  accountNumbers(credentials: AccountCredentials): Promise<GraphResult<string[]>>
  /** Names of the apps that receive this account's webhooks. */
  subscribedApps(credentials: AccountCredentials): Promise<GraphResult<{ id: string; name: string | null }[]>>
  /** Has the token's app receive them. */
  subscribe(credentials: AccountCredentials): Promise<GraphResult<true>>
}

export function createWhatsAppClient(options: GraphOptions): WhatsAppClient {
  const graph = createGraph(options)
  return {
    ...mediaCalls(graph),
    ...templateCalls(graph),
    sendMessage: async ({ phoneNumberId, accessToken }, body) =>
      outcomeOf(await graph.call({ accessToken, method: "POST", path: [phoneNumberId, "messages"], body })),
    markRead: ({ phoneNumberId, accessToken }, wamid, { typing = false } = {}) => {
      const body = readBody(wamid, typing)
      return graph.ask({ accessToken, method: "POST", path: [phoneNumberId, "messages"], body }, succeeded)
    },
    phoneNumber: ({ phoneNumberId, accessToken }) => {
      const query = { fields: "display_phone_number,verified_name,status,quality_rating,name_status,throughput" }
      return graph.ask({ accessToken, method: "GET", path: [phoneNumberId], query }, readPhoneNumber)
    },
    templates: (credentials) => allTemplates(graph, credentials),
    subscribedApps: ({ wabaId, accessToken }) =>
      graph.ask({ accessToken, method: "GET", path: [wabaId, "subscribed_apps"] }, readApps),
    subscribe: ({ wabaId, accessToken }) =>
      graph.ask({ accessToken, method: "POST", path: [wabaId, "subscribed_apps"] }, succeeded),
    accountNumbers: ({ wabaId, accessToken }) => {
      const query = { fields: "id", limit: "100" }
      return graph.ask({ accessToken, method: "GET", path: [wabaId, "phone_numbers"], query }, readIds)
    },
  }
}

export type Recipient = { userId: string | null; phone: string | null }

/** By phone where there is one, as international digits with "+": without it Meta guesses the country (§5.1). */
export function textBody(
  to: Recipient,
  text: string,
  previewsLinks: boolean,
  callbackData: string,
  replyToWamid: string | null,
): SendBody {
  return {
    ...messageHead(to, callbackData, replyToWamid),
    type: "text",
    text: { body: text, preview_url: previewsLinks && /https?:\/\//i.test(text) },
  }
}

/** The same with choices under it: reply buttons, or a list behind one (§5.2). */
export function promptBody(
  to: Recipient,
  text: string,
  prompt: Prompt,
  callbackData: string,
  replyToWamid: string | null,
): SendBody {
  const { choices, footer } = prompt
  const action =
    prompt.style === "buttons"
      ? { buttons: choices.map(({ id, title }) => ({ type: "reply", reply: { id, title } })) }
      : { button: prompt.opener, sections: [{ rows: choices.map(({ id, title }) => ({ id, title })) }] }
  const type = prompt.style === "buttons" ? "button" : "list"
  return {
    ...messageHead(to, callbackData, replyToWamid),
    type: "interactive",
    interactive: { type, body: { text }, ...(footer === null ? {} : { footer: { text: footer } }), action },
  }
}

/** `voice`: a note that was spoken into the conversation, Opus in Ogg. */
export type SentFile = { kind: OutgoingKind; mediaId: string; caption: string | null; name: string; voice: boolean }

/** A file that was uploaded before (§5.2, §6). */
export function fileBody(to: Recipient, file: SentFile, callbackData: string, replyToWamid: string | null): SendBody {
  const { kind, mediaId, caption, name: filename, voice } = file
  const words = caption === null || kind === "audio" ? {} : { caption }
  const named = kind === "document" ? { filename } : {}
  const spoken = voice ? { voice } : {}
  const content = { id: mediaId, ...words, ...named, ...spoken }
  return { ...messageHead(to, callbackData, replyToWamid), type: kind, [kind]: content }
}

/** A place; phones show its name and address under the map (§5.2). */
export function locationBody(to: Recipient, place: Place, callbackData: string, replyToWamid: string | null): SendBody {
  const { latitude, longitude, name, address } = place
  const location = { latitude, longitude, ...(name && { name }), ...(address && { address }) }
  return { ...messageHead(to, callbackData, replyToWamid), type: "location", location }
}

/** What every message begins with: whom, our own reference, and what it answers. */
export function messageHead(to: Recipient, callbackData: string, replyToWamid: string | null): SendBody {
  assert(to.phone !== null || to.userId !== null, "a message has a recipient")
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...(to.phone === null ? { recipient: to.userId } : { to: `+${to.phone}` }),
    ...(replyToWamid === null ? {} : { context: { message_id: replyToWamid } }),
    biz_opaque_callback_data: callbackData,
  }
}

export const readBody = (wamid: string, typing: boolean): SendBody => ({
  messaging_product: "whatsapp",
  status: "read",
  message_id: wamid,
  ...(typing ? { typing_indicator: { type: "text" } } : {}),
})

export const succeeded = (body: Json): true | null => (get(body, "success") === true ? true : null)

function readPhoneNumber(body: Json): PhoneNumberNews {
  return {
    displayPhone: digits(get(body, "display_phone_number")),
    verifiedName: name(get(body, "verified_name")),
    status: name(get(body, "status")),
    quality: name(get(body, "quality_rating")),
    nameStatus: name(get(body, "name_status")),
    throughput: name(get(child(body, "throughput"), "level")),
  }
}

const readApps = (body: Json) =>
  list(body, "data").flatMap((each) => {
    const app = child(isRecord(each) ? each : null, "whatsapp_business_api_data")
    const id = identifier(get(app, "id"))
    return id === null ? [] : [{ id, name: name(get(app, "name")) }]
  })

const readIds = (body: Json): string[] =>
  list(body, "data").flatMap((each) => identifier(get(isRecord(each) ? each : null, "id")) ?? [])

/** 6,000 templates are an account's limit; a cursor that never ends must not keep us for ever. */
const MOST_PAGES = 100
const TEMPLATE_FIELDS = "id,name,language,status,category,parameter_format,quality_score,rejected_reason,components"

async function allTemplates(graph: Graph, credentials: AccountCredentials): Promise<GraphResult<RemoteTemplate[]>> {
  const { wabaId, accessToken } = credentials
  const templates: RemoteTemplate[] = []
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page++) {
    const query: Record<string, string> = {
      fields: TEMPLATE_FIELDS,
      limit: "100",
      ...(after === null ? {} : { after }),
    }
    const path = [wabaId, "message_templates"]
    const answer: GraphResult<Json> = await graph.ask({ accessToken, method: "GET", path, query }, (body) => body)
    if (answer.result !== "ok") return answer
    templates.push(
      ...list(answer.value, "data")
        .filter(isRecord)
        .flatMap((each) => readTemplate(each) ?? []),
    )
    after = nextCursor(answer.value)
    if (after === null) return { result: "ok", value: templates }
  }
  return { result: "unavailable", reason: "too_many_pages" }
}

/** `next` is there only while more pages exist; the cursor alone may be there on the last one too (§7). */
function nextCursor(body: Json): string | null {
  const paging = child(body, "paging")
  return words(get(paging, "next")) === null ? null : identifier(get(child(paging, "cursors"), "after"))
}

function readTemplate(each: Json): RemoteTemplate | null {
  const id = identifier(get(each, "id"))
  const title = name(get(each, "name"))
  const language = name(get(each, "language"))
  if (id === null || title === null || language === null) return null
  return {
    id,
    name: title,
    language: language.replace("-", "_"),
    status: name(get(each, "status")) ?? "UNKNOWN",
    category: name(get(each, "category")) ?? "UNKNOWN",
    parameterFormat: name(get(each, "parameter_format"))?.toUpperCase() === "NAMED" ? "named" : "positional",
    quality: name(get(child(each, "quality_score"), "score")),
    rejectedReason: name(get(each, "rejected_reason")),
    components: list(each, "components").filter(isRecord),
  }
}
