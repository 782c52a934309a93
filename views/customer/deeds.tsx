/** What is done to a customer's standing is named, explained, given a reason, and confirmed in a window. */
import type { Id } from "~/kernel/id.ts"
import { Button } from "../parts/button.tsx"
import { closes, Dialog, DialogNotices } from "../parts/dialog.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"

export const CUSTOMER_DEEDS = ["block", "unblock", "opt_out", "opt_in", "new_person"] as const
export type CustomerDeed = (typeof CUSTOMER_DEEDS)[number]

export const DEED_DIALOG = "customer-deed-dialog"
const PLACE = "customer-deed-place"
const LONGEST_REASON = 300

export const deedFrom = (customer: Id, conversation: Id | null, deed: string) => ({
  ...{ "hx-get": `/customers/${customer}/deed?deed=${deed}&conversation=${conversation ?? ""}` },
  ...{ "hx-target": `#${PLACE}`, "hx-swap": "innerHTML" },
})

export const CustomerDeedDialog = ({ t }: Screen) => (
  <Dialog id={DEED_DIALOG} title={t("details.customer")} closeLabel={t("dialog.close")}>
    <DialogNotices />
    <div id={PLACE}>
      <p class="is-quiet">{t("details.loading")}</p>
    </div>
  </Dialog>
)

type FormProps = { screen: Screen; customer: Id; conversation: Id | null; deed: CustomerDeed; name: string }

export function CustomerDeedForm({ screen, customer, conversation, deed, name }: FormProps) {
  const { t } = screen
  const asksReason = deed === "block" || deed === "opt_out" || deed === "opt_in"
  return (
    <form
      class="customer-form"
      method="post"
      action={`/customers/${customer}/standing`}
      hx-post={`/customers/${customer}/standing`}
      hx-swap="none"
      data-closes-when-done={DEED_DIALOG}
    >
      <FormToken csrfToken={screen.csrfToken} />
      <input type="hidden" name="deed" value={deed} />
      <input type="hidden" name="conversation" value={conversation ?? ""} />
      <h3>{t(`customer.${deed}_title`, { name })}</h3>
      <p>{t(`customer.${deed}_explain`)}</p>
      {asksReason && (
        <div class="field">
          <label for="deed-reason">{t("customer.reason")}</label>
          <textarea
            {...{ class: "input", id: "deed-reason", name: "reason", rows: 2, maxlength: LONGEST_REASON, dir: "auto" }}
            required
            autofocus
          />
        </div>
      )}
      <div class="form-foot">
        <Button kind="quiet" more={closes(DEED_DIALOG)}>
          {t("transfer.cancel")}
        </Button>
        <Button kind={deed === "block" ? "solid-danger" : "primary"} type="submit">
          {t(`customer.${deed}_do`)}
        </Button>
      </div>
    </form>
  )
}
