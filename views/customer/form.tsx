/** What people enter about a customer, in a window of its own: wrong fields and fields that others changed say so. */
import type { FieldConflict } from "~/customer/actions/editing.ts"
import type { PropertyLine } from "~/customer/queries.ts"
import type { CustomerProperty } from "~/customer-property/rules.ts"
import type { Id } from "~/kernel/id.ts"
import type { Refusal } from "~/kernel/step.ts"
import { refusalLine } from "../locales/index.ts"
import { Button } from "../parts/button.tsx"
import { closes, Dialog, DialogNotices } from "../parts/dialog.tsx"
import { FormToken, SelectField, TextField } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"

export const CUSTOMER_DIALOG = "customer-dialog"
const PLACE = "customer-form-place"

export const customerFormFrom = (customer: Id, conversation: Id | null) => ({
  "hx-get": `/customers/${customer}/form?conversation=${conversation ?? ""}`,
  "hx-target": `#${PLACE}`,
  "hx-swap": "innerHTML",
})

export const CustomerDialog = ({ t }: Screen) => (
  <Dialog id={CUSTOMER_DIALOG} title={t("customer.edit")} closeLabel={t("dialog.close")}>
    <DialogNotices />
    <div id={PLACE}>
      <p class="is-quiet">{t("details.loading")}</p>
    </div>
  </Dialog>
)

export type CustomerFormProps = {
  screen: Screen
  customer: Id
  /** Where to come back to; null: they are edited on their own. */
  conversation: Id | null
  /** As WhatsApp calls them, and the number their messages come from. */
  profileName: string | null
  phone: string | null
  properties: readonly PropertyLine[]
  /** Those that a customer may be addressed in, by their codes. */
  languages: readonly string[]
  /** What the fields show, and what stood there when the form was drawn. */
  values: Readonly<Record<string, string>>
  shown: Readonly<Record<string, string>>
  errors?: Readonly<Record<string, Refusal>>
  conflicts?: readonly FieldConflict[]
}

const OWN = ["name", "otherPhone", "email", "language"]

export function CustomerForm(props: CustomerFormProps) {
  const { screen, customer, conversation, properties, profileName, phone, conflicts = [] } = props
  const { t } = screen
  const fields = [...OWN, ...properties.map(({ property }) => `property${property.id}`)]
  return (
    <form
      class="customer-form"
      method="post"
      action={`/customers/${customer}`}
      hx-post={`/customers/${customer}`}
      hx-target={`#${PLACE}`}
      hx-swap="innerHTML"
      data-closes-when-done={CUSTOMER_DIALOG}
      novalidate
    >
      <FormToken csrfToken={screen.csrfToken} />
      <input type="hidden" name="conversation" value={conversation ?? ""} />
      {fields.map((field) => (
        <input type="hidden" name={`shown.${field}`} value={shownOf(props, field)} />
      ))}
      {conflicts.length > 0 && (
        <p class="is-warn" role="alert">
          {t("customer.conflict", { count: conflicts.length })}
        </p>
      )}
      <TextField
        name="name"
        label={t("details.name")}
        autocomplete="off"
        isFocused
        {...stateOf(props, "name")}
        hint={profileName === null ? undefined : t("customer.name_hint", { name: profileName })}
      />
      <TextField
        name="otherPhone"
        label={t("customer.other_phone")}
        type="tel"
        autocomplete="off"
        {...stateOf(props, "otherPhone")}
        hint={phone === null ? t("customer.other_phone_only") : t("customer.other_phone_hint", { phone })}
      />
      <TextField
        name="email"
        label={t("customer.email")}
        type="email"
        autocomplete="off"
        {...stateOf(props, "email")}
      />
      <LanguageField {...props} />
      {properties.map(({ property }) => (
        <PropertyField {...props} property={property} />
      ))}
      <div class="form-foot">
        <Button kind="quiet" more={closes(CUSTOMER_DIALOG)}>
          {t("transfer.cancel")}
        </Button>
        <Button kind="primary" icon="check" type="submit">
          {t(conflicts.length > 0 ? "customer.save_anyway" : "customer.save")}
        </Button>
      </div>
    </form>
  )
}

/** A field that somebody changed meanwhile counts as seen from now on: saving again is on purpose. */
const shownOf = ({ shown, conflicts = [] }: CustomerFormProps, field: string): string =>
  conflicts.find((one) => one.field === field)?.theirs ?? shown[field] ?? ""

function stateOf({ screen: { t }, values, errors = {}, conflicts = [] }: CustomerFormProps, field: string) {
  const refusal = errors[field]
  const conflict = conflicts.find((one) => one.field === field)
  const by = conflict?.by || t("thread.system")
  const changed =
    conflict &&
    (conflict.theirs === ""
      ? t("customer.they_emptied", { by })
      : t("customer.they_wrote", { by, theirs: conflict.theirs }))
  return { value: values[field] ?? "", error: refusal ? refusalLine(t, refusal) : changed }
}

const LanguageField = (props: CustomerFormProps) => {
  const { t, format } = props.screen
  const options = props.languages
    .map((value) => ({ value, label: format.languageName(value) }))
    .sort((a, b) => a.label.localeCompare(b.label, format.language))
  return (
    <SelectField
      name="language"
      label={t("customer.language")}
      options={[{ value: "", label: "–" }, ...options]}
      {...stateOf(props, "language")}
    />
  )
}

function PropertyField({ property, ...props }: CustomerFormProps & { property: CustomerProperty }) {
  const { t } = props.screen
  const common = { name: `property${property.id}`, label: property.name, ...stateOf(props, `property${property.id}`) }
  switch (property.kind) {
    case "choice":
      return <SelectField {...common} options={choicesOf(property, common.value)} />
    case "yes_no":
      return (
        <SelectField
          {...common}
          options={[
            { value: "", label: "–" },
            { value: "yes", label: t("customer.yes") },
            { value: "no", label: t("customer.no") },
          ]}
        />
      )
    case "date":
      return <TextField {...common} type="date" />
    case "number":
      return <TextField {...common} autocomplete="off" more={{ inputmode: "decimal" }} />
    case "text":
      return <TextField {...common} autocomplete="off" />
  }
}

/** What is chosen stays to be chosen, offered or not. */
function choicesOf({ choices }: CustomerProperty, value: string) {
  const all = value === "" || choices.includes(value) ? choices : [...choices, value]
  return [{ value: "", label: "–" }, ...all.map((choice) => ({ value: choice, label: choice }))]
}
