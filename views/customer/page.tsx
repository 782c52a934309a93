/** S38: one customer: what is known of them, how they stand with us, and what was said in every conversation. */
import type { CustomerHistory } from "~/conversation/queries/history.ts"
import type { JoinedAddress, Suggestion } from "~/customer/queries/joining.ts"
import type { CustomerCard } from "~/customer/queries.ts"
import type { Customer } from "~/customer/rules.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { HoldMark } from "~/retention/queries.ts"
import { HistoryList, HistorySearch } from "../conversation/history.tsx"
import { panelLink } from "../list/list.tsx"
import { Avatar } from "../parts/avatar.tsx"
import { Button } from "../parts/button.tsx"
import { opens } from "../parts/dialog.tsx"
import { Facts } from "../parts/facts.tsx"
import { FormToken } from "../parts/field.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { HoldButton, HoldChips } from "../retention/holds.tsx"
import { TagChips } from "../tag/tags.tsx"
import { CustomerDeedDialog, type CustomerRights, StandingDeeds } from "./deeds.tsx"
import { CUSTOMER_DIALOG, CustomerDialog, customerFormFrom } from "./form.tsx"
import { CUSTOMERS_PANEL } from "./list.tsx"
import { JoinedAddresses, Suggestions } from "./same-person.tsx"
import { StandingChips, valueWords } from "./section.tsx"

export type CustomerPageProps = {
  screen: Screen
  customer: Customer
  title: string
  phone: string | null
  createdAt: Instant
  card: CustomerCard
  rights: CustomerRights & { mayStart: boolean; mayJoin: boolean }
  history: CustomerHistory
  /** Seen by supervisors and admins. */
  holds: readonly HoldMark[]
  /** Numbers beside their first one, and who may be the same person. */
  addresses: readonly JoinedAddress[]
  suggestions: readonly Suggestion[]
  /** The list as one came from it. */
  listPath: string
}

export const CustomerPage = (props: CustomerPageProps) => (
  <div class="customer-page" id={CUSTOMERS_PANEL}>
    <div class="customer-columns">
      <CustomerCardPanel {...props} />
      <ConversationsOf {...props} />
      <div class="details-beside" id="details-beside" />
    </div>
    <CustomerDialog {...props.screen} />
    <CustomerDeedDialog {...props.screen} />
  </div>
)

/** What follows the customer by itself. */
export function CustomerCardPanel(props: CustomerPageProps) {
  const { screen, customer, title, card, rights, phone, listPath, holds } = props
  const { t } = screen
  const refresh = `/customers/${customer.id}/card${new URL(listPath, "http://list").search}`
  return (
    <div class="customer-card" id="customer-card" {...livePanel(refresh, `customer-${customer.id}`)}>
      <nav class="customer-way" aria-label={t("customers.way")}>
        <a href={listPath} {...panelLink(CUSTOMERS_PANEL, listPath)}>
          {t("customers.title")}
        </a>
        <span aria-hidden="true">›</span>
        <span dir="auto">{title}</span>
      </nav>
      <header class="customer-head">
        <Avatar name={title} size="large" />
        <div>
          <h1 dir="auto">{title}</h1>
          <div class="customer-chips">
            <StandingChips screen={screen} customer={card} />
            <HoldChips screen={screen} holds={holds} />
            <TagChips tags={card.tags} />
          </div>
        </div>
      </header>
      <section class="customer-box" aria-labelledby="customer-facts-title">
        <header>
          <h2 id="customer-facts-title">{t("details.customer")}</h2>
          {rights.mayEdit && (
            <Button
              size="small"
              kind="quiet"
              icon="pencil-line"
              more={{ ...opens(CUSTOMER_DIALOG), ...customerFormFrom(customer.id, null) }}
            >
              {t("customers.edit")}
            </Button>
          )}
        </header>
        <Facts facts={customerFacts(props)} />
        <StandingDeeds screen={screen} customer={card} conversation={null} rights={rights} />
      </section>
      {rights.mayJoin && (
        <>
          <JoinedAddresses screen={screen} customer={customer.id} addresses={props.addresses} />
          <Suggestions screen={screen} customer={customer.id} suggestions={props.suggestions} />
          <Button icon="users" href={`/customers/${customer.id}/joining`}>
            {t("joining.open")}
          </Button>
        </>
      )}
      {rights.mayStart && phone !== null && card.block === null && (
        <Button kind="primary" icon="message-circle" href={`/start?to=customer-${customer.id}`}>
          {t("start.title")}
        </Button>
      )}
      {rights.mayBlock && (
        <form method="post" action={`/customers/${customer.id}/archive`}>
          <FormToken csrfToken={screen.csrfToken} />
          <Button icon="download" type="submit" more={{ title: t("customers.archive_hint") }}>
            {t("customers.archive")}
          </Button>
        </form>
      )}
      {rights.mayErase && (
        <div class="customer-deeds">
          <HoldButton screen={screen} place={{ on: "customer", id: customer.id }} isSet={holds.length > 0} />
          <Button size="small" kind="danger" icon="trash-2" href={`/customers/${customer.id}/erasure`}>
            {t("erasure.link")}
          </Button>
        </div>
      )}
    </div>
  )
}

/** What is known of them, in names and values. */
export function customerFacts({
  screen,
  customer,
  phone,
  createdAt,
  card,
}: Pick<CustomerPageProps, "screen" | "customer" | "phone" | "createdAt" | "card">) {
  const { t, format } = screen
  return [
    { name: t("details.name"), value: card.name ?? t("details.none") },
    ...(customer.profileName === null ? [] : [{ name: t("details.whatsapp_name"), value: customer.profileName }]),
    { name: t("details.phone"), value: phone ?? t("details.none") },
    ...(customer.username === null ? [] : [{ name: t("details.username"), value: `@${customer.username}` }]),
    ...(card.otherPhone === null ? [] : [{ name: t("customer.other_phone"), value: card.otherPhone }]),
    ...(card.email === null ? [] : [{ name: t("customer.email"), value: card.email }]),
    ...(card.language === null ? [] : [{ name: t("customer.language"), value: format.languageName(card.language) }]),
    { name: t("customers.since"), value: format.date(createdAt) },
    ...card.properties.map((line) => ({ name: line.property.name, value: valueWords(screen, line) })),
    {
      name: t("customers.marketing"),
      value:
        card.consent === null
          ? t("customers.consent_unsaid")
          : t(`customers.consent_${card.consent.choice}`, { date: format.date(card.consent.at) }),
    },
  ]
}

const ConversationsOf = ({ screen, customer, history }: CustomerPageProps) => (
  <section class="customer-box customer-past" aria-labelledby="customer-past-title">
    <header>
      <h2 id="customer-past-title">{screen.t("customers.conversations")}</h2>
    </header>
    <HistorySearch screen={screen} from={`/customers/${customer.id}/history`} label={screen.t("customers.words")} />
    <HistoryList screen={screen} history={history} />
  </section>
)
