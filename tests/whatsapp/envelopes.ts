/** Webhook bodies as Meta writes them, by hand: what the simulator would never send. */
import { AURORA_NUMBER } from "../message/house.ts"

export type Wire = Record<string, unknown>

const seconds = (at: number) => String(Math.floor(at / 1_000))

export const envelopeOf = (values: Wire[], number = AURORA_NUMBER, field = "messages"): string =>
  JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{ id: number.wabaId, changes: values.map((value) => ({ field, value: withMetadata(value, number) })) }],
  })

const withMetadata = (value: Wire, number: typeof AURORA_NUMBER): Wire => ({
  messaging_product: "whatsapp",
  metadata: {
    display_phone_number: number.displayPhoneNumber.replace(/\D/g, ""),
    phone_number_id: number.phoneNumberId,
  },
  ...value,
})

export const GIULIA = { phone: "393455550172", userId: "IT.1001", name: "Giulia Lombardi" }
export type Person = { phone: string | null; userId: string | null; name?: string }

const contactOf = ({ phone, userId, name }: Person): Wire => ({
  ...(phone === null ? {} : { wa_id: phone }),
  ...(userId === null ? {} : { user_id: userId }),
  profile: { ...(name === undefined ? {} : { name }) },
})

export function textMessage(wamid: string, text: string, at: number, from: Person = GIULIA, more: Wire = {}): Wire {
  return {
    ...(from.phone === null ? {} : { from: from.phone }),
    ...(from.userId === null ? {} : { from_user_id: from.userId }),
    id: wamid,
    timestamp: seconds(at),
    type: "text",
    text: { body: text },
    ...more,
  }
}

export const messagesFrom = (person: Person, ...messages: Wire[]): Wire => ({ contacts: [contactOf(person)], messages })

export const statusOf = (wamid: string, status: string, at: number, more: Wire = {}): Wire => ({
  id: wamid,
  status,
  timestamp: seconds(at),
  recipient_id: GIULIA.phone,
  ...more,
})
