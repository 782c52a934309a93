/** The JSON behind the phones page and for programs that are not ours: everything of the TypeScript interface. */
import { seconds } from "~/kernel/clock.ts"
import { FAULT_KINDS, type Fault, type FaultKind, type FaultRule } from "./faults.ts"
import type { PhoneContent } from "./inbound.ts"
import { isObject, type Json, type JsonObject, listOf, objectOf, parseJson, textOf } from "./json.ts"
import type { Phone, SayOptions } from "./phone.ts"
import type { Simulator } from "./simulator.ts"

type Handler = (simulator: Simulator, body: JsonObject, id: string) => Json | undefined | Promise<Json | undefined>

/** `METHOD path` → what it does; `:id` is a customer or a fault. Answers 200 with JSON, or 400 with a sentence. */
const ROUTES: Record<string, Handler> = {
  "GET /api/customers": ({ phones }) => phones.all().map(customerOf),
  "POST /api/customers": ({ phones }, body) => {
    const { name, phone, username, country } = body
    if (textOf(name) === "") throw new ApiError("name is required")
    const digits = textOf(phone).replace(/\D/g, "")
    if (digits !== "" && (digits.length < 7 || digits.length > 15)) throw new ApiError("phone needs 7 to 15 digits")
    const extras = {
      ...(textOf(username) === "" ? {} : { username: textOf(username) }),
      ...(textOf(country) === "" ? {} : { country: textOf(country) }),
      ...(body.onWhatsApp === false ? { onWhatsApp: false } : {}),
    }
    return customerOf(phones.create({ name: textOf(name), phone: digits === "" ? null : digits, ...extras }))
  },
  "GET /api/customers/:id": ({ phones }, body, id) => chatOf(phones.of(id), body),
  "POST /api/customers/:id": ({ phones }, body, id) => {
    changePhone(phones.of(id), body)
    return customerOf(phones.of(id))
  },
  "POST /api/customers/:id/messages": (simulator, body, id) => sendMessages(simulator, body, simulator.phones.of(id)),
  "POST /api/raw": (simulator, body) => {
    simulator.raw(objectOf(body.envelope), textOf(body.phoneNumberId) || undefined)
    return {}
  },
  "GET /api/sends": ({ sends }) => sends.map((send) => ({ ...send })),
  "GET /api/faults": ({ faults }) => faults.list().map((rule) => ({ ...rule, fault: { ...rule.fault } })),
  "POST /api/faults": ({ faults }, body) => ({ id: faults.add(ruleOf(body)) }),
  "DELETE /api/faults/:id": ({ faults }, _body, id) => {
    faults.remove(Number(id))
    return {}
  },
  /** On or off for every number: what the page's ticks do. */
  "PUT /api/faults/:id": ({ faults }, body, kind) => {
    for (const rule of faults.list()) if (rule.fault.kind === kind && rule.times === undefined) faults.remove(rule.id)
    if (body.on === true) faults.add(ruleOf({ kind, delaySeconds: body.delaySeconds }))
    return {}
  },
  "PUT /api/busy-day": ({ busyDay }, body) => {
    const perMinute = Number(body.messagesPerMinute)
    if (!(perMinute >= 0 && perMinute <= 6_000)) throw new ApiError("messagesPerMinute must be between 0 and 6000")
    busyDay.setPace(perMinute)
    return {}
  },
  "POST /api/verify": async ({ verify }, body) => ({ verified: await verify(textOf(body.phoneNumberId) || undefined) }),
  "POST /api/start-over": (simulator) => {
    simulator.startOver()
    return {}
  },
}

/** What the caller got wrong, in a sentence. */
class ApiError extends Error {}

export async function answerApi(simulator: Simulator, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (request.headers.get("sec-fetch-site") === "cross-site")
    return Response.json({ error: "cross-site" }, { status: 403 })
  const [, id = ""] = /^\/api\/(?:customers|faults)\/([^/]+)/.exec(pathname) ?? []
  const handler = ROUTES[`${request.method} ${id === "" ? pathname : pathname.replace(`/${id}`, "/:id")}`]
  if (!handler) return Response.json({ error: "no such address" }, { status: 404 })
  const body = request.method === "GET" ? Object.fromEntries(new URL(request.url).searchParams) : await bodyOf(request)
  if (body === null) return Response.json({ error: "the body must be a JSON object" }, { status: 400 })
  try {
    return Response.json((await handler(simulator, body, decodeURIComponent(id))) ?? {})
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error)
    return Response.json({ error: sentence }, { status: 400 })
  }
}

async function bodyOf(request: Request): Promise<JsonObject | null> {
  const text = await request.text()
  const parsed = text === "" ? {} : parseJson(text)
  return isObject(parsed) ? parsed : null
}

const customerOf = ({ customer }: Phone): JsonObject => ({
  ...customer,
  blocked: [...customer.blocked],
})

const chatOf = (phone: Phone, { number }: JsonObject): JsonObject => ({
  ...customerOf(phone),
  messages: phone.chat(textOf(number) || undefined).map((message) => ({ ...message }) as unknown as JsonObject),
})

function changePhone(phone: Phone, body: JsonObject): void {
  const number = textOf(body.number) || undefined
  if (typeof body.airplane === "boolean") phone.airplaneMode(body.airplane)
  if (typeof body.receipts === "boolean") phone.readReceipts(body.receipts)
  if (typeof body.opens === "boolean") phone.opensByItself(body.opens)
  if (typeof body.blocked === "boolean") phone.block(body.blocked, number)
  if (typeof body.marketing === "boolean") phone.marketing(body.marketing ? "resume" : "stop", number)
  if (typeof body.phone === "string") phone.changeNumber(body.phone, number)
  if (typeof body.played === "string") phone.play(body.played)
  if (body.open === true) phone.open(number)
}

/** One message, or several with `messages`; `together`, `shuffled` and `copies` say how they are posted. */
function sendMessages(simulator: Simulator, body: JsonObject, phone: Phone): JsonObject {
  const contents = body.messages === undefined ? [body] : listOf(body.messages).map(objectOf)
  const copies = Number(body.copies) || 1
  const how = { together: body.together === true, shuffled: body.shuffled === true, copies }
  const send = () => contents.map((content) => phone.send(contentOf(content), optionsOf(content, body)))
  return { ids: simulator.hold(send, how) }
}

const KINDS =
  "text image video document sticker voice audio location contact reaction choice edit delete unsupported order form raw"

/** The content's own checks come when it is sent; here only that it is of a kind. */
function contentOf(content: JsonObject): PhoneContent {
  const kind = textOf(content.kind) || "text"
  if (!KINDS.split(" ").includes(kind)) throw new ApiError(`kind must be one of ${KINDS}`)
  if (kind === "text" && textOf(content.text).trim() === "") throw new ApiError("text is required")
  if (typeof content.base64 !== "string") return { ...content, kind } as PhoneContent
  const bytes = new Uint8Array(Buffer.from(content.base64, "base64"))
  const file = { bytes, mimeType: textOf(content.mimeType), filename: textOf(content.filename) || "file" }
  return { kind, file, caption: textOf(content.caption) || undefined } as PhoneContent
}

function optionsOf(content: JsonObject, body: JsonObject): SayOptions {
  const number = textOf(content.number ?? body.number)
  const quote = textOf(content.quote)
  return {
    ...(number === "" ? {} : { to: number }),
    ...(quote === "" ? {} : { quote }),
    ...(content.forwarded === true ? { forwarded: true } : {}),
    ...(isObject(content.referral) ? { referral: content.referral } : {}),
  }
}

function ruleOf(body: JsonObject): FaultRule {
  const fault = isObject(body.fault) ? body.fault : { kind: body.kind }
  const kind = FAULT_KINDS.find((known) => known === fault.kind)
  if (!kind) throw new ApiError(`fault.kind must be one of ${FAULT_KINDS.join(" ")}`)
  const delay = Number(body.delaySeconds)
  return {
    fault: { ...USUAL[kind], ...fault, kind, ...(delay > 0 ? { delay: seconds(delay) } : {}) } as Fault,
    ...(textOf(body.phoneNumberId) === "" ? {} : { phoneNumberId: textOf(body.phoneNumberId) }),
    ...(textOf(body.on) === "" ? {} : { on: textOf(body.on) as NonNullable<FaultRule["on"]> }),
    ...(Number(body.times) > 0 ? { times: Number(body.times) } : {}),
    ...(typeof body.probability === "number" ? { probability: body.probability } : {}),
  }
}

/** What a fault needs and the caller may leave out. */
const USUAL: Partial<Record<FaultKind, JsonObject>> = {
  "graph-error": { code: 130429 },
  "slow-answer": { delay: seconds(4) },
  "status-failed": { code: 131026 },
}
