/** To whom: customers that fit, and a number that is nobody's yet. */
import type { StartCustomer, StartNumber } from "~/conversation/queries/starting.ts"
import { Avatar } from "../parts/avatar.tsx"
import { Banner } from "../parts/banner.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { Until } from "../parts/time.tsx"
import type { StartProps } from "./props.ts"

export const People = ({ screen, search, chosen, words }: StartProps) => {
  const { t } = screen
  const { customers, number } = search
  return (
    <div id="start-people">
      <fieldset class="start-people">
        <legend class="visually-hidden">{t("start.customer")}</legend>
        {number && <NumberPick screen={screen} number={number} isChosen={chosen?.kind === "number"} />}
        {customers.map((customer) => (
          <PersonPick
            screen={screen}
            customer={customer}
            isChosen={chosen?.kind === "customer" && chosen.customer.id === customer.id}
          />
        ))}
        {customers.length === 0 && number === null && (
          <p class="is-quiet start-nobody" role="status">
            {/\d{5}/.test(words.replace(/\D/g, "")) ? t("start.no_number") : t("start.nobody")}
          </p>
        )}
      </fieldset>
      <p class="field-hint start-legend">
        <Icon name="circle-check" size="small" />
        <span>{t("start.legend")}</span>
      </p>
      {number && chosen?.kind === "number" && <NewCustomer screen={screen} />}
    </div>
  )
}

const NewCustomer = ({ screen: { t } }: { screen: Screen }) => (
  <div class="start-new">
    <div class="field">
      <label for="start-name">
        {t("start.save_as")} <small>{t("start.optional")}</small>
      </label>
      <input class="input" id="start-name" name="name" maxlength={100} autocomplete="off" dir="auto" data-start-name />
    </div>
    <Banner tone="info" title={t("start.consent_title")}>
      {t("start.consent")}
    </Banner>
  </div>
)

type PersonProps = { screen: Screen; customer: StartCustomer; isChosen: boolean }

const PersonPick = ({ screen, customer, isChosen }: PersonProps) => {
  const { id, title, phone, open, isBlocked } = customer
  return (
    <div class={open ? "start-person is-taken" : "start-person"}>
      <label>
        <input
          type="radio"
          name="to"
          value={`customer-${id}`}
          checked={isChosen && !open}
          disabled={open !== null || isBlocked}
        />
        <Avatar name={title} />
        <span class="start-name">
          <b dir="auto">{title}</b>
          <small>{open ? openWords(screen, customer) : (phone ?? "")}</small>
        </span>
        <Mark screen={screen} customer={customer} />
      </label>
      {open?.id != null && (
        <a class="link-button" href={`/conversations/${open.id}`}>
          {screen.t("start.open_it")}
        </a>
      )}
    </div>
  )
}

function openWords({ t }: Screen, { open }: StartCustomer): string {
  if (open?.isMine) return t("start.with_me")
  return open?.ownerName ? t("start.with", { name: open.ownerName }) : t("start.waiting")
}

const NumberPick = ({ screen, number, isChosen }: { screen: Screen; number: StartNumber; isChosen: boolean }) => {
  const { t, format } = screen
  const country = number.country === null ? null : format.country(number.country)
  return (
    <div class="start-person">
      <label>
        <input type="radio" name="to" value={`number-${number.digits}`} checked={isChosen} />
        <span class="start-plus">
          <Icon name="plus" />
        </span>
        <span class="start-name">
          <b>{number.phone}</b>
          <small>{[t("start.new_number"), country].filter(Boolean).join(" · ")}</small>
        </span>
        <WindowMark screen={screen} endsAt={null} />
      </label>
    </div>
  )
}

const Mark = ({ screen, customer }: { screen: Screen; customer: StartCustomer }) => {
  const { isBlocked, isOptedOut, windowEndsAt } = customer
  if (!isBlocked && !isOptedOut) return <WindowMark screen={screen} endsAt={windowEndsAt} />
  return (
    <span class="start-window">
      <Icon name="ban" size="small" />
      {screen.t(isBlocked ? "start.is_blocked" : "start.opted_out")}
    </span>
  )
}

/** The green tick: they wrote to this number in the last 24 hours. */
const WindowMark = ({ screen, endsAt }: { screen: Screen; endsAt: number | null }) =>
  endsAt === null ? (
    <span class="start-window">{screen.t("start.template_only")}</span>
  ) : (
    <span class="start-window is-open">
      <Icon name="circle-check" size="small" label={screen.t("start.tick")} />
      <Until at={endsAt} screen={screen} />
    </span>
  )
