/** People's cards: who they are, how they are reached, and what can be done with them. */
import type { Id } from "~/kernel/id.ts"
import type { MessageItem } from "~/message/queries/thread.ts"
import type { ContactCard } from "~/whatsapp/payload.ts"
import { Avatar } from "../parts/avatar.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"

type Props = { screen: Screen; conversation: Id; item: MessageItem; cards: readonly ContactCard[] }

/** So many are drawn: beyond them is no use, and somebody's joke. */
const MOST_SHOWN = 20

export const Cards = (props: Props) => (
  <ul class="contact-cards" aria-label={props.screen.t("kind.contacts", { count: props.cards.length })}>
    {props.cards.slice(0, MOST_SHOWN).map((card, place) => (
      <li class="contact-card">
        <Card {...props} card={card} place={place} />
      </li>
    ))}
  </ul>
)

function Card({ screen, conversation, item, card, place }: Props & { card: ContactCard; place: number }) {
  const { t } = screen
  const named = card.name ?? nameInVcard(card.vcard) ?? t("card.nameless")
  const number = card.phones.find((phone) => phone.number ?? phone.whatsappId)
  const save = `/conversations/${conversation}/messages/${item.id}/card`
  return (
    <>
      <div class="contact-card-head">
        <Avatar name={named} />
        <div>
          <strong class="message-text" dir="auto">
            {named}
          </strong>
          {card.company !== null && <small dir="auto">{card.company}</small>}
          {card.requested && <small>{t("card.requested")}</small>}
        </div>
      </div>
      <ul class="contact-card-lines">
        {card.phones.map((phone) => (
          <CardLine said={phone.number ?? `+${phone.whatsappId}`} leads={phoneAddress(phone)} />
        ))}
        {card.emails.map(({ address }) => (
          <CardLine said={address} leads={/^[^\s@<>"]+@[^\s@<>"]+$/.test(address) ? `mailto:${address}` : null} />
        ))}
        {[...card.addresses, ...card.urls].map((said) => (
          <CardLine said={said} leads={null} />
        ))}
      </ul>
      {number && item.direction === "in" && (
        <form class="in-acts" method="post" action={save} hx-post={save} hx-swap="none">
          <FormToken csrfToken={screen.csrfToken} />
          <input type="hidden" name="card" value={place} />
          <Button kind="quiet" size="small" icon="contact" type="submit">
            {t("card.save")}
          </Button>
        </form>
      )}
    </>
  )
}

const CardLine = ({ said, leads }: { said: string; leads: string | null }) => (
  <li class="message-text" dir="auto">
    {leads === null ? said : <a href={leads}>{said}</a>}
  </li>
)

function phoneAddress({ number, whatsappId }: ContactCard["phones"][number]): string | null {
  const digits = whatsappId ?? number?.replace(/\D/g, "") ?? ""
  return digits.length >= 5 && digits.length <= 15 ? `tel:+${digits}` : null
}

const nameInVcard = (vcard: string | null): string | null =>
  /^FN[^:\n]*:(.{1,200})$/m.exec(vcard ?? "")?.[1]?.trim() ?? null
