/** The third way of the transfer dialog: wait for the customer, publicly or personally (S34). */
import type { Id } from "~/kernel/id.ts"
import { Banner } from "../parts/banner.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"

export type ParkProps = { screen: Screen; conversation: Id; skillsetName: string }

export const PARK_FORM = "park-form"
const REASON_LIMIT = 1_000

/** The attributes of the form. */
export const parkingOf = (conversation: Id) => ({
  id: PARK_FORM,
  method: "post",
  action: `/conversations/${conversation}/park`,
  "hx-post": `/conversations/${conversation}/park`,
  "hx-swap": "none",
})

export const ParkForm = ({ screen, conversation, skillsetName }: ParkProps) => (
  <form {...parkingOf(conversation)}>
    <FormToken csrfToken={screen.csrfToken} />
    <Banner tone="info" title={screen.t("park.title")}>
      {screen.t("park.explain")}
    </Banner>
    <fieldset class="ways">
      <legend>{screen.t("park.who")}</legend>
      <Way value="public" words={screen.t("park.public")} isChosen>
        {screen.t("park.public_detail", { skillset: skillsetName })}
      </Way>
      <Way value="personal" words={screen.t("park.personal")}>
        {screen.t("park.personal_detail")}
      </Way>
    </fieldset>
    <div class="field">
      <label for="park-reason">
        {screen.t("park.reason")} <small>{screen.t("transfer.note_hint")}</small>
      </label>
      <textarea class="input" id="park-reason" name="reason" rows={2} maxlength={REASON_LIMIT} dir="auto" />
    </div>
  </form>
)

type WayProps = { value: "public" | "personal"; words: string; isChosen?: boolean; children: string }

const Way = ({ value, words, isChosen = false, children }: WayProps) => (
  <label class="way">
    <input type="radio" name="as" value={value} checked={isChosen} aria-describedby={`park-${value}`} />
    <b>{words}</b>
    <span id={`park-${value}`}>{children}</span>
  </label>
)
