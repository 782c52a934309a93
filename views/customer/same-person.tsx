/** On a customer's page: the numbers that are theirs, too, and who may be the same person. */
import type { JoinedAddress, Suggestion } from "~/customer/queries/joining.ts"
import type { Id } from "~/kernel/id.ts"
import { Button } from "../parts/button.tsx"
import type { Screen } from "../parts/screen.ts"

type SuggestionsProps = { screen: Screen; customer: Id; suggestions: readonly Suggestion[] }

/** Who may be the same person, and why it looks so; nobody is joined by themselves. */
export const Suggestions = ({ screen: { t }, customer, suggestions }: SuggestionsProps) =>
  suggestions.length === 0 ? (
    <span hidden />
  ) : (
    <section class="customer-box" aria-labelledby="suggestions-title">
      <header>
        <h2 id="suggestions-title">{t("joining.suggestions")}</h2>
      </header>
      <ul class="import-list is-inset">
        {suggestions.map(({ id, title, phone, why }) => (
          <li>
            <span>
              <a href={`/customers/${id}`} dir="auto">
                {title}
              </a>
              <small>{[phone, t(`joining.same_${why}`)].filter(Boolean).join(" · ")}</small>
            </span>
            <Button size="small" href={`/customers/${customer}/joining?with=${id}`}>
              {t("joining.compare")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )

type AddressesProps = { screen: Screen; customer: Id; addresses: readonly JoinedAddress[] }

/** Numbers and WhatsApp identities beside the customer's first one. */
export const JoinedAddresses = ({ screen: { t, format }, customer, addresses }: AddressesProps) =>
  addresses.length === 0 ? (
    <span hidden />
  ) : (
    <section class="customer-box" aria-labelledby="addresses-title">
      <header>
        <h2 id="addresses-title">{t("joining.addresses")}</h2>
      </header>
      <ul class="import-list is-inset">
        {addresses.map((one) => (
          <li>
            <span>
              <b dir="auto">{one.phone ?? (one.username === null ? one.title : `@${one.username}`)}</b>
              <small>{t("joining.since", { by: one.by, date: format.date(one.at) })}</small>
            </span>
            <Button size="small" kind="quiet" href={`/customers/${customer}/separating?join=${one.join}`}>
              {t("joining.separate")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
