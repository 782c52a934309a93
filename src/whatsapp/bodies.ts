/** Bodies of what is neither text nor a file (wire reference §5.2). */
import { messageHead, type Recipient, type SendBody } from "./client.ts"
import type { ContactCard } from "./payload-content-types.ts"

/** An empty emoji takes the reaction back. */
export const reactionBody = (
  to: Recipient,
  { targetWamid, emoji }: { targetWamid: string; emoji: string | null },
  callbackData: string,
): SendBody => ({
  ...messageHead(to, callbackData, null),
  type: "reaction",
  reaction: { message_id: targetWamid, emoji: emoji ?? "" },
})

export const contactsBody = (
  to: Recipient,
  cards: readonly ContactCard[],
  callbackData: string,
  replyToWamid: string | null,
): SendBody => ({
  ...messageHead(to, callbackData, replyToWamid),
  type: "contacts",
  contacts: cards.map(cardBody),
})

/** WhatsApp wants one part of the name beside the whole. */
function cardBody({ name, phones, emails, company }: ContactCard) {
  const whole = name ?? phones[0]?.number ?? ""
  const [first = whole, ...rest] = whole.split(/\s+/)
  return {
    name: { formatted_name: whole, first_name: first, ...(rest.length === 0 ? {} : { last_name: rest.join(" ") }) },
    phones: phones.map(({ number, whatsappId, type }) => ({
      ...(number === null ? {} : { phone: number }),
      ...(whatsappId === null ? {} : { wa_id: whatsappId }),
      type: type ?? "WORK",
    })),
    emails: emails.map(({ address, type }) => ({ email: address, type: type ?? "WORK" })),
    ...(company === null ? {} : { org: { company } }),
  }
}
