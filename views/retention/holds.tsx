/** Legal holds: the mark that supervisors see, and the window in which an admin sets one or lifts it. */
import type { Id } from "~/kernel/id.ts"
import type { HoldLine, HoldMark } from "~/retention/queries.ts"
import { DEED_DIALOG, deedWindow } from "../customer/deeds.tsx"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { closes } from "../parts/dialog.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"

export type HeldPlace = { on: "customer" | "conversation"; id: Id; title: string }

const pathOf = ({ on, id }: Pick<HeldPlace, "on" | "id">) => `/${on}s/${id}/hold`
const liftingOf = (hold: Id) => `/admin/retention/holds/${hold}/lifting`
const LONGEST_REASON = 300

export const HoldChips = ({ screen: { t, format, now }, holds }: { screen: Screen; holds: readonly HoldMark[] }) => (
  <>
    {holds.map(({ on, by, at, reason }) => (
      <Chip tone="warn" icon="lock" title={t("hold.said", { by, moment: format.moment(at, now), reason })}>
        {t(`hold.on_${on}`)}
      </Chip>
    ))}
  </>
)

/** Opens the window; an admin's alone. */
export const HoldButton = ({ screen: { t }, place, isSet }: ButtonProps) => (
  <Button size="small" kind="quiet" icon="lock" more={deedWindow(pathOf(place))}>
    {t(isSet ? `hold.see_${place.on}` : `hold.set_${place.on}`)}
  </Button>
)
type ButtonProps = { screen: Screen; place: Pick<HeldPlace, "on" | "id">; isSet: boolean }

export function HoldForm({ screen, place, hold }: { screen: Screen; place: HeldPlace; hold: HoldMark | null }) {
  const { t, format, now } = screen
  const action = hold === null ? pathOf(place) : liftingOf(hold.id)
  return (
    <form
      class="customer-form"
      method="post"
      action={action}
      hx-post={action}
      hx-swap="none"
      data-closes-when-done={DEED_DIALOG}
    >
      <FormToken csrfToken={screen.csrfToken} />
      <h3>{t(hold === null ? `hold.set_${place.on}_title` : "hold.lift_title", { name: place.title })}</h3>
      {hold === null ? (
        <>
          <p>{t("hold.explain")}</p>
          <div class="field">
            <label for="hold-reason">{t("hold.reason")}</label>
            <textarea
              class="input"
              id="hold-reason"
              name="reason"
              rows={2}
              maxlength={LONGEST_REASON}
              dir="auto"
              required
              autofocus
            />
          </div>
        </>
      ) : (
        <>
          <p>{t("hold.said", { by: hold.by, moment: format.moment(hold.at, now), reason: hold.reason })}</p>
          <p>{t("hold.lift_explain")}</p>
        </>
      )}
      <div class="form-foot">
        <Button kind="quiet" more={closes(DEED_DIALOG)}>
          {t("transfer.cancel")}
        </Button>
        <Button kind={hold === null ? "primary" : "solid-danger"} type="submit">
          {t(hold === null ? "hold.set_do" : "hold.lift_do")}
        </Button>
      </div>
    </form>
  )
}

/** Every hold there is, with where it leads and how it ends. */
export const HoldList = ({ screen, holds }: { screen: Screen; holds: readonly HoldLine[] }) => (
  <section class="card" aria-labelledby="retention-holds">
    <h2 id="retention-holds">{screen.t("hold.title")}</h2>
    <p class="is-quiet">{screen.t("hold.explain")}</p>
    {holds.length === 0 ? (
      <EmptyState icon="lock" title={screen.t("hold.none")}>
        {screen.t("hold.none_detail")}
      </EmptyState>
    ) : (
      <ul class="retention-lines">
        {holds.map((hold) => (
          <Line screen={screen} hold={hold} />
        ))}
      </ul>
    )}
  </section>
)

const Line = ({ screen: { t, format, now, csrfToken }, hold }: { screen: Screen; hold: HoldLine }) => (
  <li>
    <div>
      <a href={hold.conversation === null ? `/customers/${hold.customer}` : `/all-conversations/${hold.conversation}`}>
        <b dir="auto">{hold.title}</b>
      </a>{" "}
      <span class="is-quiet">
        {hold.openedAt === null ? t("hold.whole") : t("hold.one", { date: format.date(hold.openedAt) })}
      </span>
      <p dir="auto">{hold.reason}</p>
      <small>{t("hold.by", { by: hold.by, moment: format.moment(hold.at, now) })}</small>
    </div>
    <form method="post" action={liftingOf(hold.id)}>
      <FormToken csrfToken={csrfToken} />
      <Button size="small" type="submit" more={{ "aria-label": t("hold.lift_of", { name: hold.title }) }}>
        {t("hold.lift_do")}
      </Button>
    </form>
  </li>
)
