/** «Transfer»: to a user, to a skillset, or into the wait queue (S34). */
import type { ConversationHead } from "~/conversation/queries/console.ts"
import type { TransferDialog as Dialogue } from "~/conversation/queries/transfer-dialog.ts"
import type { Id } from "~/kernel/id.ts"
import type { Refusal } from "~/kernel/step.ts"
import { refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { closes, Dialog, DialogNotices, opens } from "../parts/dialog.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"
import { PARK_FORM, ParkForm, parkingOf } from "./park.tsx"
import { TransferSearch, TransferTabs } from "./transfer-tabs.tsx"
import { SkillsetPicks, UserPicks } from "./transfer-targets.tsx"
import { TransferWarnings } from "./transfer-warnings.tsx"
import { TransferWays } from "./transfer-ways.tsx"

export type TransferProps = { screen: Screen; dialog: Dialogue }
type HeadProps = { screen: Screen; head: ConversationHead }

const DIALOG = "transfer-dialog"
const FORM = "transfer-form"
const NOTE_LIMIT = 1_000

/** Opens the window at once; what is in it comes from its own address. */
export const TransferButton = ({ screen, head }: HeadProps) => (
  <Button
    icon="arrow-right-left"
    more={{
      ...opens(DIALOG),
      "hx-get": `/conversations/${head.id}/transfer`,
      "hx-target": "#transfer-body",
      "hx-swap": "innerHTML",
    }}
  >
    {screen.t("transfer.open")}
  </Button>
)

export const TransferDialog = ({ screen, head }: HeadProps) => (
  <Dialog
    id={DIALOG}
    title={screen.t("transfer.title")}
    subtitle={subtitle(head)}
    closeLabel={screen.t("dialog.close")}
    size="wide"
    footer={<Foot screen={screen} cancel={closes(DIALOG)} mayPark={head.state === "active"} />}
  >
    <div class="transfer" id="transfer-body">
      <form {...formTo(head.id)}>
        <FormToken csrfToken={screen.csrfToken} />
        <p class="is-quiet">{screen.t("transfer.loading")}</p>
      </form>
      {head.state === "active" && (
        <form {...parkingOf(head.id)}>
          <FormToken csrfToken={screen.csrfToken} />
        </form>
      )}
    </div>
  </Dialog>
)

/** The same on a page of its own, for whoever comes by its address. */
export const TransferPage = ({ screen, head, dialog }: HeadProps & TransferProps) => (
  <section class="transfer-page" aria-labelledby="transfer-title">
    <div>
      <h1 id="transfer-title">{screen.t("transfer.title")}</h1>
      <p>{subtitle(head)}</p>
    </div>
    <div class="transfer" id="transfer-body">
      <TransferPanel screen={screen} dialog={dialog} />
    </div>
    <div class="dialog-foot">
      <Foot
        screen={screen}
        chosenName={dialog.chosenName}
        mayPark={dialog.mayPark}
        back={`/conversations/${head.id}`}
      />
    </div>
  </section>
)

type FootProps = {
  screen: Screen
  mayPark: boolean
  chosenName?: string | null
  cancel?: Record<string, string>
  back?: string
}

const Foot = ({ screen, mayPark, chosenName = null, cancel = {}, back }: FootProps) => (
  <>
    <p>{screen.t("transfer.draft_stays")}</p>
    <Button kind="quiet" href={back} more={cancel}>
      {screen.t("transfer.cancel")}
    </Button>
    <Submit screen={screen} chosenName={chosenName} />
    {mayPark && (
      <Button kind="primary" icon="timer" type="submit" more={{ id: "park-submit", form: PARK_FORM }}>
        {screen.t("park.submit")}
      </Button>
    )}
  </>
)

const Submit = ({ screen, chosenName }: { screen: Screen; chosenName: string | null }) => (
  <Button kind="primary" icon="arrow-right-left" type="submit" more={{ id: "transfer-submit", form: FORM }}>
    {chosenName === null ? screen.t("transfer.submit") : screen.t("transfer.submit_to", { name: chosenName })}
  </Button>
)

const formTo = (id: Id) => ({
  id: FORM,
  method: "post",
  action: `/conversations/${id}/transfer`,
  "hx-post": `/conversations/${id}/transfer`,
  "hx-swap": "none",
})

const subtitle = ({ title, phone, skillsetName }: ConversationHead): string =>
  [title, phone, skillsetName].filter(Boolean).join(" · ")

/**
 * The whole form. What lists people is fetched anew when somebody's standing changes, and with every choice; the note
 * and the search stand outside of what is drawn anew.
 */
const TransferPanel = ({ screen, dialog }: TransferProps) => (
  <>
    <form {...formTo(dialog.id)}>
      <FormToken csrfToken={screen.csrfToken} />
      <DialogNotices />
      <div
        class="transfer-live"
        hx-get={`/conversations/${dialog.id}/transfer/choices`}
        hx-include="this"
        hx-trigger="change, input delay:250ms, agents from:body throttle:1s, waiting from:body throttle:5s, refetch from:body"
        hx-target="#transfer-choices"
        hx-swap="outerMorph"
        hx-sync="this:replace"
      >
        <TransferTabs screen={screen} dialog={dialog} hasQueue={dialog.mayPark} />
        <TransferSearch screen={screen} dialog={dialog} />
        <Choices screen={screen} dialog={dialog} />
      </div>
      <Note {...screen} />
    </form>
    {dialog.mayPark && (
      <div class="transfer-queue">
        <ParkForm screen={screen} conversation={dialog.id} skillsetName={dialog.skillsetName} />
      </div>
    )}
  </>
)

/** The window opens: what was chosen in it before is no longer on its button. */
export const TransferOpened = (props: TransferProps) => (
  <>
    <TransferPanel {...props} />
    <SubmitUpdate {...props} />
  </>
)

/** The answer to a choice, or to a ring: the lists, and the name on the button. */
export const TransferChoices = ({ screen, dialog }: TransferProps) => (
  <>
    <Choices screen={screen} dialog={dialog} />
    <SubmitUpdate screen={screen} dialog={dialog} />
  </>
)

/** It has gone to somebody, or is closed, while the window was open: it says so in place of the lists. */
export const TransferOver = ({ screen, refusal }: { screen: Screen; refusal: Refusal }) => (
  <div class="transfer-choices" id="transfer-choices">
    <Banner tone="warn" title={refusalLine(screen.t, refusal)} isAnnounced />
  </div>
)

const SubmitUpdate = ({ screen, dialog }: TransferProps) => (
  <hx-partial hx-target="#transfer-submit" hx-swap="outerMorph">
    <Submit screen={screen} chosenName={dialog.chosenName} />
  </hx-partial>
)

const Choices = ({ screen, dialog }: TransferProps) => (
  <div class="transfer-choices" id="transfer-choices" data-to={dialog.choice.to}>
    {dialog.choice.to === "skillset" ? (
      <SkillsetPicks screen={screen} dialog={dialog} />
    ) : (
      <UserPicks screen={screen} dialog={dialog} />
    )}
    <TransferWays screen={screen} dialog={dialog} />
    <TransferWarnings screen={screen} dialog={dialog} />
  </div>
)

const Note = ({ t }: Screen) => (
  <div class="field transfer-note">
    <label for="transfer-note">
      {t("transfer.note")} <small>{t("transfer.note_hint")}</small>
    </label>
    <textarea class="input" id="transfer-note" name="note" rows={2} maxlength={NOTE_LIMIT} dir="auto" data-draft-note />
    <button class="link-button" type="button" data-action="draft-as-note" hidden>
      {t("transfer.use_draft")}
    </button>
  </div>
)
