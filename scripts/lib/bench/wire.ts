/** Webhooks as Meta sends them, ready to be written to a socket: the load must cost less than what it measures. */
import { signatureOf } from "~/simulator/envelope.ts"

/** The one number of every benchmark. */
export const NUMBER = {
  name: "Main",
  phoneNumberId: "106540352242922",
  displayPhoneNumber: "+39 06 555 0100",
  wabaId: "102290129340398",
  accessToken: "EAABENCH",
  appSecret: "bench-app-secret",
  verifyToken: "bench-verify",
}

/** Customers of the seed (`known`) have their conversations; strangers open new ones. */
export const knownPhone = (index: number): string => `3930${String(index).padStart(8, "0")}`
/** As their WhatsApp account says, with every message. */
export const profileNameOf = (phone: string): string => `Customer ${phone.slice(-5)}`
export const strangerPhone = (index: number): string => `3990${String(index).padStart(8, "0")}`

/** One text message of a customer, about as long as people write. */
export function messageBody(phone: string, wamid: string, at: number): string {
  const text = `Good morning, I am still waiting for my order. Could you please tell me when it will arrive? (${wamid})`
  const message = {
    from: phone,
    id: wamid,
    timestamp: String(Math.floor(at / 1_000)),
    text: { body: text },
    type: "text",
  }
  const value = {
    messaging_product: "whatsapp",
    metadata: {
      display_phone_number: NUMBER.displayPhoneNumber.replace(/\D/g, ""),
      phone_number_id: NUMBER.phoneNumberId,
    },
    contacts: [{ profile: { name: profileNameOf(phone) }, wa_id: phone }],
    messages: [message],
  }
  const changes = [{ value, field: "messages" }]
  return JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: NUMBER.wabaId, changes }] })
}

/** The POST of a body, head and all, signed. */
export function postBytes(port: number, body: string): Uint8Array {
  const head = [
    "POST /webhooks/whatsapp HTTP/1.1",
    `Host: 127.0.0.1:${port}`,
    "User-Agent: facebookexternalua",
    "Accept: */*",
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Hub-Signature-256: ${signatureOf(NUMBER.appSecret, body)}`,
    "Connection: keep-alive",
  ]
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`)
}

let count = 0
/** A message id that no other run of the benchmark makes. */
export const newWamid = (): string => `wamid.${process.pid}.${Date.now().toString(36)}.${(count++).toString(36)}`
