/** What is known of the customer, beside a conversation: WhatsApp's words, ours, and how they stand with us. */
import type { ConversationHead } from "~/conversation/queries/console.ts"
import type { CustomerCard, PropertyLine } from "~/customer/queries.ts"
import { IconButton } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { opens } from "../parts/dialog.tsx"
import { Facts } from "../parts/facts.tsx"
import type { Screen } from "../parts/screen.ts"
import { Section } from "../parts/section.tsx"
import { type CustomerRights, StandingDeeds } from "./deeds.tsx"
import { CUSTOMER_DIALOG, customerFormFrom } from "./form.tsx"

export type CustomerSectionProps = {
  screen: Screen
  head: ConversationHead
  customer: CustomerCard
  rights: CustomerRights
}

export const CustomerSection = (props: CustomerSectionProps) => (
  <div class="section-with-tool">
    <Section id="details-customer" title={props.screen.t("details.customer")}>
      <Facts facts={factsOf(props)} />
      <StandingDeeds
        screen={props.screen}
        customer={props.customer}
        conversation={props.head.id}
        rights={props.rights}
        maySplit={props.head.phone !== null && props.head.state !== "closed"}
      />
    </Section>
    {props.rights.mayEdit && (
      <IconButton
        icon="pencil-line"
        label={props.screen.t("customer.edit")}
        more={{ ...opens(CUSTOMER_DIALOG), ...customerFormFrom(props.customer.id, props.head.id) }}
      />
    )}
  </div>
)

function factsOf({ screen, head, customer }: CustomerSectionProps) {
  const { t, format } = screen
  return [
    { name: t("details.name"), value: customer.name ?? t("details.none") },
    ...(head.profileName === null ? [] : [{ name: t("details.whatsapp_name"), value: head.profileName }]),
    { name: t("details.phone"), value: head.phone ?? t("details.none") },
    ...(head.username === null ? [] : [{ name: t("details.username"), value: `@${head.username}` }]),
    ...(customer.otherPhone === null ? [] : [{ name: t("customer.other_phone"), value: customer.otherPhone }]),
    ...(customer.email === null ? [] : [{ name: t("customer.email"), value: customer.email }]),
    ...(customer.language === null
      ? []
      : [{ name: t("customer.language"), value: format.languageName(customer.language) }]),
    ...customer.properties.map((line) => ({ name: line.property.name, value: valueWords(screen, line) })),
  ]
}

export function valueWords({ t, format }: Screen, { property, value }: PropertyLine): string {
  if (value === "") return t("details.none")
  switch (property.kind) {
    case "yes_no":
      return t(value === "yes" ? "customer.yes" : "customer.no")
    case "number":
      return format.plainNumber(Number(value))
    case "date":
      return format.calendarDay(value)
    default:
      return value
  }
}

/** How they stand with us, under their name. */
type StandingProps = Pick<CustomerSectionProps, "screen" | "customer">

export const StandingChips = ({ screen: { t, format, now }, customer: { block, consent } }: StandingProps) => (
  <>
    {block && (
      <Chip
        tone="bad"
        icon="ban"
        title={t("customer.blocked_by", { by: block.by, moment: format.moment(block.at, now), reason: block.reason })}
      >
        {t("customer.blocked")}
      </Chip>
    )}
    {consent?.choice === "out" && (
      <Chip
        tone="warn"
        icon="megaphone"
        title={t(`customer.out_${consent.how}`, { by: consent.by, words: consent.words })}
      >
        {t("customer.opted_out")}
      </Chip>
    )}
  </>
)
