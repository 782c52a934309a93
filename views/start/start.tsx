/** «Start Conversation» (S20): from which number, to whom, and what is said first. */
import { Button } from "../parts/button.tsx"
import { closes, Dialog, DialogNotices, opens } from "../parts/dialog.tsx"
import { FormToken } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { People } from "./people.tsx"
import type { StartProps } from "./props.ts"
import { What } from "./what.tsx"

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
      "hx-get": "/start",
      "hx-target": "#start-body",
      "hx-swap": "innerHTML",
      "aria-label": t("start.title"),
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
  <form id={FORM} method="post" action="/start" hx-post="/start" hx-swap="none" data-template-form data-start>
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
        class="input"
        id="start-search"
        type="search"
        name="search"
        maxlength={100}
        value={words}
        autocomplete="off"
        autofocus
        aria-describedby="start-hint"
        placeholder={t("start.search")}
      />
    </div>
    <p class="field-hint" id="start-hint">
      {t("start.hint")}
    </p>
  </div>
)
