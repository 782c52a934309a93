/** People's cards that we send: colleagues, our own numbers, customers. */
import type { ContactCard } from "~/whatsapp/payload.ts"

export type CardSource = "colleague" | "number" | "customer"
export const CARD_SOURCES: readonly CardSource[] = ["colleague", "number", "customer"]

/** `phone` as people write it; with its digits a phone can start a chat at once. */
export type Person = { name: string; phone: string | null; email: string | null; company: string | null }

export type Cards = readonly ContactCard[]

export const cardOf = ({ name, phone, email, company }: Person): ContactCard => ({
  name,
  company,
  urls: [],
  addresses: [],
  birthday: null,
  vcard: null,
  requested: false,
  phones: phone === null ? [] : [{ number: phone, whatsappId: phone.replace(/\D/g, ""), type: "WORK" }],
  emails: email === null ? [] : [{ address: email, type: "WORK" }],
})

/** The text by which it is listed and searched. */
export const cardLine = ({ name, phones }: ContactCard): string =>
  [name, ...phones.map(({ number }) => number)].filter(Boolean).join(" ")

/** Its first number in digits, as WhatsApp knows it where it does; null when it has none that a phone could call. */
export function cardPhone({ phones }: ContactCard): string | null {
  for (const { whatsappId, number } of phones) {
    const written = whatsappId ?? number ?? ""
    const isInternational = whatsappId !== null || /^\s*(\+|00)/.test(written)
    const digits = written.replace(/\D/g, "").replace(/^00/, "")
    if (isInternational && digits.length >= 7 && digits.length <= 15) return digits
  }
  return null
}
