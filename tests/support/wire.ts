/** Webhooks written by hand, as Meta would post them to Acme's number or another (wire reference §1.3, §2.1). */
import type { Instant } from "~/kernel/clock.ts"
import type { Phone } from "~/simulator/phone.ts"
import { sign } from "~/whatsapp/signature.ts"
import { ACME } from "./cast.ts"
import type { World } from "./world.ts"

type Json = Record<string, unknown>
type Number = typeof ACME.number

export const envelope = (changes: unknown, { wabaId }: Number = ACME.number): Json => ({
  object: "whatsapp_business_account",
  entry: [{ id: wabaId, changes }],
})

/** One `value` of the field `messages`. */
export const change = (parts: Json, number: Number = ACME.number): Json => ({
  field: "messages",
  value: {
    messaging_product: "whatsapp",
    metadata: {
      display_phone_number: number.displayPhoneNumber.replace(/\D/g, ""),
      phone_number_id: number.phoneNumberId,
    },
    ...parts,
  },
})

export const contactOf = ({ customer }: Phone): Json => ({
  profile: { name: customer.name },
  user_id: customer.userId,
  ...(customer.phone === null ? {} : { wa_id: customer.phone }),
})

export const textFrom = (phone: Phone, given: { id: string; text: string; at?: Instant }): Json => ({
  from: phone.customer.phone,
  from_user_id: phone.customer.userId,
  id: given.id,
  type: "text",
  timestamp: String(Math.floor((given.at ?? NOON) / 1_000)),
  text: { body: given.text },
})

/** When the virtual clock starts. */
const NOON = Date.UTC(2026, 0, 5, 9)

type Text = { id: string; text: string; at?: Instant }

export const inbound = (phone: Phone, given: Text, number: Number = ACME.number): Json =>
  envelope([change({ contacts: [contactOf(phone)], messages: [textFrom(phone, given)] }, number)], number)

/** Posts a body, signed with the secret of the number; answers the HTTP status. */
export async function post(
  world: World,
  body: Json | string | Uint8Array<ArrayBuffer>,
  { secret = ACME.number.appSecret, headers = {} }: { secret?: string; headers?: Record<string, string> } = {},
): Promise<number> {
  const text = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body)
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text
  const signed = { "content-type": "application/json", "x-hub-signature-256": sign(secret, bytes), ...headers }
  const init = { method: "POST", headers: signed, body: bytes }
  return (await world.answerPublic(new Request("http://public.test/webhooks/whatsapp", init))).status
}
