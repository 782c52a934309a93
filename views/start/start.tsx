/** «Start Conversation» (S20): from which number, to whom, and what is said first. */
import type { StartChannel, StartCustomer, StartNumber, StartSearch } from "~/conversation/queries/starting.ts"
import type { Id } from "~/kernel/id.ts"
import type { TemplatePick } from "~/template/queries/picking.ts"
import { Avatar } from "../parts/avatar.tsx"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { closes, Dialog, DialogNotices, opens } from "../parts/dialog.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { FormToken } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { Until } from "../parts/time.tsx"
import { TemplatePicker } from "../template/picker.tsx"

/** Whom it is for; null while nobody is chosen. */
export type Chosen = { kind: "customer"; customer: StartCustomer } | { kind: "number"; number: StartNumber } | null

export type StartProps = {
  screen: Screen
  channels: readonly StartChannel[]
  channel: Id
  words: string
  search: StartSearch
  chosen: Chosen
  picks: readonly TemplatePick[]
  /** Whose answer it is if the user is not Ready then. */
  skillsetName: string
}

const DIALOG = "start-dialog"
const FORM = "start-form"

/** Opens the window at once; what is in it comes from its own address. */
export const StartButton = ({ t }: Screen) => (
  <Button
    kind="primary"
    size="small"
    icon="plus"
    more={{
      ...opens(DIALOG),
      ...{ "hx-get": "/start", "hx-target": "#start-body", "hx-swap": "innerHTML", "aria-label": t("start.title") },
    }}
  >
    {t("start.short")}
  </Button>
)

export const StartDialog = ({ screen }: { screen: Screen }) => (
  <Dialog
    id={DIALOG}
    title={screen.t("start.title")}
    closeLabel={screen.t("dialog.close")}
    size="wide"
    footer={<Foot screen={screen} cancel={closes(DIALOG)} />}
  >
    <div class="start" id="start-body">
      <p class="is-quiet">{screen.t("start.loading")}</p>
    </div>
  </Dialog>
)

/** The same on a page of its own. */
export const StartPage = (props: StartProps) => (
  <section class="start-page" aria-labelledby="start-title">
    <h1 id="start-title">{props.screen.t("start.title")}</h1>
    <div class="start" id="start-body">
      <StartPanel {...props} />
    </div>
    <div class="dialog-foot">
      <Foot screen={props.screen} back="/conversations" />
    </div>
  </section>
)

type FootProps = { screen: Screen; cancel?: Record<string, string>; back?: string }

const Foot = ({ screen, cancel = {}, back }: FootProps) => (
  <>
    <p id="start-promise" />
    <Button kind="quiet" href={back} more={cancel}>
      {screen.t("transfer.cancel")}
    </Button>
    <Button kind="primary" icon="send" type="submit" more={{ form: FORM }}>
      {screen.t("composer.send")}
    </Button>
  </>
)

export const StartPanel = (props: StartProps) => (
  <form
    {...{ id: FORM, method: "post", action: "/start", "hx-post": "/start", "hx-swap": "none" }}
    data-template-form
    data-start
  >
    <FormToken csrfToken={props.screen.csrfToken} />
    <input type="hidden" name="clientId" value="" />
    <DialogNotices />
    <div class="start-halves">
      <section class="start-whom" aria-label={props.screen.t("start.who")}>
        <div
          class="start-live"
          hx-get="/start/choices"
          hx-include="this"
          hx-trigger="change, input delay:250ms"
          hx-target="#start-people"
          hx-swap="outerMorph"
          hx-sync="this:replace"
        >
          <Numbers {...props} />
          <Search {...props} />
          <People {...props} />
        </div>
      </section>
      <section class="start-what" aria-label={props.screen.t("start.what")}>
        <What {...props} />
      </section>
    </div>
  </form>
)

/** The answer to a choice on the left: the people, and what may be said to the one that is chosen. */
export const StartChoices = (props: StartProps) => (
  <>
    <People {...props} />
    <hx-partial hx-target="#start-what" hx-swap="outerMorph">
      <What {...props} />
    </hx-partial>
  </>
)

const Numbers = ({ screen: { t }, channels, channel }: StartProps) => (
  <div class="field">
    <label for="start-channel">{t("start.from")}</label>
    <select class="select" id="start-channel" name="channel">
      {channels.map(({ id, name, phone, holdReason }) => (
        <option value={id} selected={id === channel}>
          {`${name} · ${phone}${holdReason === null ? "" : ` (${t("start.held")})`}`}
        </option>
      ))}
    </select>
  </div>
)

const Search = ({ screen: { t }, words }: StartProps) => (
  <div class="field">
    <label for="start-search">{t("start.to")}</label>
    <div class="search-frame">
      <Icon name="search" size="small" />
      <input
        {...{ class: "input", id: "start-search", type: "search", name: "search", maxlength: 100, value: words }}
        {...{ autocomplete: "off", autofocus: true, "aria-describedby": "start-hint" }}
        placeholder={t("start.search")}
      />
    </div>
    <p class="field-hint" id="start-hint">
      {t("start.hint")}
    </p>
  </div>
)

const People = ({ screen, search, chosen, words }: StartProps) => {
  const { t } = screen
  const { customers, number } = search
  return (
    <div id="start-people">
      <fieldset class="start-people">
        <legend class="visually-hidden">{t("start.customer")}</legend>
        {number && <NumberPick screen={screen} number={number} isChosen={chosen?.kind === "number"} />}
        {customers.map((customer) => (
          <PersonPick
            {...{ screen, customer }}
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
      <input
        {...{ class: "input", id: "start-name", name: "name", maxlength: 100, autocomplete: "off", dir: "auto" }}
        data-start-name
      />
    </div>
    <Banner tone="info" title={t("start.consent_title")}>
      {t("start.consent")}
    </Banner>
  </div>
)

type PersonProps = { screen: Screen; customer: StartCustomer; isChosen: boolean }

const PersonPick = ({ screen, customer, isChosen }: PersonProps) => {
  const { id, title, phone, open } = customer
  return (
    <div class={open ? "start-person is-taken" : "start-person"}>
      <label>
        <input type="radio" name="to" value={`customer-${id}`} checked={isChosen && !open} disabled={open !== null} />
        <Avatar name={title} />
        <span class="start-name">
          <b dir="auto">{title}</b>
          <small>{open ? openWords(screen, customer) : (phone ?? "")}</small>
        </span>
        <WindowMark screen={screen} endsAt={customer.windowEndsAt} />
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

function What(props: StartProps) {
  const { screen, chosen, picks, channel } = props
  const { t } = screen
  if (chosen === null)
    return (
      <div id="start-what">
        <EmptyState icon="message-circle" title={t("start.choose_title")}>
          {t("start.choose")}
        </EmptyState>
      </div>
    )
  const isFree = chosen.kind === "customer" && chosen.customer.windowEndsAt !== null
  const to = chosen.kind === "customer" ? `customer-${chosen.customer.id}` : `number-${chosen.number.digits}`
  return (
    <div id="start-what" data-to={`${channel}/${to}`}>
      <Kinds screen={screen} isFree={isFree} />
      {isFree && <Text screen={screen} />}
      <div class="start-template">
        <TemplatePicker {...{ screen, picks, path: "/start/templates" }} query={`?channel=${channel}&to=${to}`} />
      </div>
      <p class="is-quiet start-promise">{promiseWords(props)}</p>
    </div>
  )
}

const promiseWords = ({ screen: { t }, chosen, skillsetName }: StartProps): string => {
  const name = chosen?.kind === "customer" ? chosen.customer.title : (chosen?.number.phone ?? "")
  return t("start.promise", { name, skillset: skillsetName })
}

const Kinds = ({ screen: { t }, isFree }: { screen: Screen; isFree: boolean }) => (
  <fieldset class="transfer-tabs">
    <legend class="visually-hidden">{t("start.kind")}</legend>
    <label class="transfer-tab" title={isFree ? null : t("start.template_only_hint")}>
      <input
        {...{ type: "radio", name: "kind", value: "text", checked: isFree, disabled: !isFree }}
        aria-label={t("start.message")}
      />
      <Icon name={isFree ? "message-circle" : "lock"} size="small" />
      <span>{t("start.message")}</span>
    </label>
    <label class="transfer-tab">
      <input type="radio" name="kind" value="template" checked={!isFree} aria-label={t("start.template")} />
      <Icon name="zap" size="small" />
      <span>{t("start.template")}</span>
    </label>
  </fieldset>
)

const Text = ({ screen: { t } }: { screen: Screen }) => (
  <div class="field start-text">
    <label for="start-text">{t("start.message")}</label>
    <textarea
      {...{ class: "input", id: "start-text", name: "text", rows: 5, maxlength: 4_096, dir: "auto" }}
      placeholder={t("composer.placeholder")}
    />
  </div>
)
