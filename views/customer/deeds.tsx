/** What is done to a customer's standing is named, explained, given a reason, and confirmed in a window. */
import type { CustomerCard } from "~/customer/queries.ts"
import type { Id } from "~/kernel/id.ts"
import { Button } from "../parts/button.tsx"
import { closes, Dialog, DialogNotices, opens } from "../parts/dialog.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"

export const CUSTOMER_DEEDS = ["block", "unblock", "opt_out", "opt_in", "new_person"] as const
export type CustomerDeed = (typeof CUSTOMER_DEEDS)[number]

export const DEED_DIALOG = "customer-deed-dialog"
const PLACE = "customer-deed-place"
const LONGEST_REASON = 300

const deedFrom = (customer: Id, conversation: Id | null, deed: CustomerDeed) => ({
  "hx-get": `/customers/${customer}/deed?deed=${deed}&conversation=${conversation ?? ""}`,
  "hx-target": `#${PLACE}`,
  "hx-swap": "innerHTML",
})

/** Opens the window with what stands at `path`. */
export const deedWindow = (path: string) => ({
  ...opens(DEED_DIALOG),
  "hx-get": path,
  "hx-target": `#${PLACE}`,
  "hx-swap": "innerHTML",
})

/** What the reader may do with the customer; `mayErase`: hold as well, for an admin. */
export type CustomerRights = { mayEdit: boolean; mayBlock: boolean; mayErase: boolean }

type StandingProps = {
  screen: Screen
  customer: Pick<CustomerCard, "id" | "block" | "consent">
  conversation: Id | null
  rights: CustomerRights
  /** The number may have changed hands, and there is a conversation to give to its new owner. */
  maySplit?: boolean
}

export function StandingDeeds({ screen: { t }, customer, conversation, rights, maySplit = false }: StandingProps) {
  const { id, block, consent } = customer
  const deed = (name: CustomerDeed) => ({ ...opens(DEED_DIALOG), ...deedFrom(id, conversation, name) })
  if (!rights.mayEdit && !rights.mayBlock) return <span hidden />
  return (
    <div class="customer-deeds">
      {rights.mayEdit && (
        <Button size="small" kind="quiet" more={deed(consent?.choice === "out" ? "opt_in" : "opt_out")}>
          {t(consent?.choice === "out" ? "customer.opt_in" : "customer.opt_out")}
        </Button>
      )}
      {rights.mayBlock && (
        <Button size="small" kind="quiet" more={deed(block ? "unblock" : "block")}>
          {t(block ? "customer.unblock" : "customer.block")}
        </Button>
      )}
      {rights.mayEdit && maySplit && (
        <Button size="small" kind="quiet" more={deed("new_person")}>
          {t("customer.new_person")}
        </Button>
      )}
    </div>
  )
}

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
            class="input"
            id="deed-reason"
            name="reason"
            rows={2}
            maxlength={LONGEST_REASON}
            dir="auto"
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
