/** Two customers side by side before they become one, and one of their numbers before it goes its own way. */
import type { JoinedAddress, JoinPreview, JoinSide, Suggestion } from "~/customer/queries/joining.ts"
import type { CustomerLine } from "~/customer/queries/list.ts"
import type { CustomerProperty } from "~/customer-property/rules.ts"
import type { Id } from "~/kernel/id.ts"
import type { Child } from "../jsx-runtime.ts"
import { type PlainKey, refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { FormToken, TextField } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"
import { CUSTOMERS_PANEL, CUSTOMERS_PATH } from "./list.tsx"
import { Suggestions } from "./same-person.tsx"
import { valueWords } from "./section.tsx"

type FrameProps = { screen: Screen; customer: Id; title: string; heading: string; children: Child }

const Frame = ({ screen: { t }, customer, title, heading, children }: FrameProps) => (
  <div class="customer-page is-narrow is-wide" id={CUSTOMERS_PANEL}>
    <nav class="customer-way" aria-label={t("customers.way")}>
      <a href={CUSTOMERS_PATH}>{t("customers.title")}</a>
      <span aria-hidden="true">›</span>
      <a href={`${CUSTOMERS_PATH}/${customer}`} dir="auto">
        {title}
      </a>
    </nav>
    <h1>{heading}</h1>
    {children}
  </div>
)

type SearchProps = {
  screen: Screen
  customer: Id
  title: string
  words: string
  hits: readonly CustomerLine[]
  suggestions: readonly Suggestion[]
}

export const JoinSearch = ({ screen, customer, title, words, hits, suggestions }: SearchProps) => {
  const { t } = screen
  return (
    <Frame screen={screen} customer={customer} title={title} heading={t("joining.title")}>
      <p class="is-quiet">{t("joining.intro", { name: title })}</p>
      <form class="card" method="get" action={`/customers/${customer}/joining`}>
        <TextField name="q" type="search" label={t("customers.search")} value={words} autocomplete="off" />
        <div class="import-deeds">
          <Button kind="primary" icon="search" type="submit">
            {t("joining.search")}
          </Button>
        </div>
      </form>
      {words.trim() !== "" && hits.length === 0 && <EmptyState icon="search" title={t("list_page.no_hits")} />}
      <Hits screen={screen} customer={customer} hits={hits} />
      {words.trim() === "" && <Suggestions screen={screen} customer={customer} suggestions={suggestions} />}
    </Frame>
  )
}

type Hit = { id: Id; title: string; phone: string | null }

const Hits = ({ screen, customer, hits }: { screen: Screen; customer: Id; hits: readonly Hit[] }) => (
  <ul class="import-list">
    {hits.map((hit) => (
      <li>
        <span>
          <b dir="auto">{hit.title}</b>
          <small>{hit.phone}</small>
        </span>
        <Button href={`/customers/${customer}/joining?with=${hit.id}`}>{screen.t("joining.compare")}</Button>
      </li>
    ))}
  </ul>
)

type PreviewProps = { screen: Screen; preview: JoinPreview; properties: readonly CustomerProperty[] }

export const JoinPreviewPage = ({ screen, preview, properties }: PreviewProps) => {
  const { t } = screen
  const { kept, joined, fields, tags, becomesOptedOut, refusal } = preview
  return (
    <Frame screen={screen} customer={kept.id} title={kept.title} heading={t("joining.title")}>
      {refusal && <Banner tone="bad" title={refusalLine(t, refusal)} isAnnounced />}
      <form class="card" method="post" action={`/customers/${kept.id}/joining`}>
        <FormToken csrfToken={screen.csrfToken} />
        <input type="hidden" name="joined" value={joined.id} />
        <p>{t("joining.explain", { kept: kept.title, joined: joined.title })}</p>
        <div class="join-sides">
          <Side screen={screen} side={kept} label={t("joining.stays")} />
          <Side screen={screen} side={joined} label={t("joining.goes_in")} />
        </div>
        {fields.map((one) => (
          <FieldChoice screen={screen} one={one} properties={properties} />
        ))}
        {tags.length > 0 && (
          <p>
            <b>{t("customers.tags")}</b> {tags.join(", ")}
          </p>
        )}
        {becomesOptedOut && <Banner tone="warn" title={t("joining.opted_out")} />}
        <p class="is-quiet">{t("joining.undo_hint")}</p>
        <div class="import-deeds">
          <Button kind="primary" type="submit" disabled={refusal !== null}>
            {t("joining.do")}
          </Button>
          <Button kind="quiet" href={`/customers/${kept.id}`}>
            {t("transfer.cancel")}
          </Button>
        </div>
      </form>
    </Frame>
  )
}

const Side = ({ screen: { t }, side, label }: { screen: Screen; side: JoinSide; label: string }) => (
  <section>
    <small>{label}</small>
    <b dir="auto">{side.title}</b>
    <span>{side.phone}</span>
    <small>{t("joining.conversations", { count: side.conversations })}</small>
  </section>
)

const OWN: Readonly<Record<string, PlainKey>> = {
  name: "details.name",
  otherPhone: "customer.other_phone",
  email: "customer.email",
  language: "customer.language",
}

type ChoiceProps = { screen: Screen; one: JoinPreview["fields"][number]; properties: readonly CustomerProperty[] }

/** Which of the two values stays; where only one has any, or both the same, there is nothing to choose but that or nothing. */
function FieldChoice({ screen, one, properties }: ChoiceProps) {
  const { t, format } = screen
  const property = properties.find(({ id }) => one.field === `property${id}`)
  const label = property?.name ?? t(OWN[one.field] ?? "details.name")
  const words = (value: string) =>
    property
      ? valueWords(screen, { property, value })
      : one.field === "language" && value !== ""
        ? format.languageName(value)
        : value || t("details.none")
  if (one.kept === one.joined)
    return (
      <p>
        <b>{label}</b> {words(one.kept)}
      </p>
    )
  return (
    <fieldset class="field">
      <legend>{label}</legend>
      <div class="choice">
        {(["kept", "joined"] as const).map((side) => (
          <label>
            <input type="radio" name={`pick.${one.field}`} value={side} checked={one.pick === side} />
            <span dir="auto">{words(one[side])}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

type SeparateProps = { screen: Screen; customer: Id; title: string; address: JoinedAddress }

export const SeparatePage = ({ screen, customer, title, address }: SeparateProps) => {
  const { t } = screen
  const number = address.phone ?? address.title
  const counts = { count: address.conversations, number }
  return (
    <Frame screen={screen} customer={customer} title={title} heading={t("joining.separate_title")}>
      <section class="card">
        <p>{t("joining.separate_explain", counts)}</p>
        {address.mixed > 0 && <p>{t("joining.separate_mixed", { count: address.mixed, name: title })}</p>}
        <SeparateDeed screen={screen} customer={customer} address={address} how="separate" />
      </section>
      <section class="card">
        <h2>{t("joining.undo")}</h2>
        {address.undoRefusal ? (
          <Banner tone="info" title={refusalLine(t, address.undoRefusal)} />
        ) : (
          <>
            <p>{t("joining.undo_explain")}</p>
            <SeparateDeed screen={screen} customer={customer} address={address} how="undo" />
          </>
        )}
      </section>
    </Frame>
  )
}

type DeedProps = { screen: Screen; customer: Id; address: JoinedAddress; how: "undo" | "separate" }

const SeparateDeed = ({ screen: { t, csrfToken }, customer, address, how }: DeedProps) => (
  <form method="post" action={`/customers/${customer}/separating`}>
    <FormToken csrfToken={csrfToken} />
    <input type="hidden" name="join" value={address.join} />
    <input type="hidden" name="how" value={how} />
    <Button kind={how === "separate" ? "primary" : "plain"} type="submit">
      {t(how === "separate" ? "joining.separate_do" : "joining.undo_do")}
    </Button>
  </form>
)
