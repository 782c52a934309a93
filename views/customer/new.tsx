/** A customer entered by hand. */

import { fieldOf } from "../admin/field.ts"
import type { Editing } from "../admin/sheet.tsx"
import { SheetForm } from "../admin/sheet.tsx"
import { panelLink } from "../list/list.tsx"
import { TextField } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"
import { CUSTOMERS_PANEL, CUSTOMERS_PATH } from "./list.tsx"

export function NewCustomer({ screen, editing }: { screen: Screen; editing: Editing }) {
  const { t } = screen
  const field = fieldOf(t, editing)
  return (
    <div class="customer-page is-narrow" id={CUSTOMERS_PANEL}>
      <nav class="customer-way" aria-label={t("customers.way")}>
        <a href={CUSTOMERS_PATH} {...panelLink(CUSTOMERS_PANEL, CUSTOMERS_PATH)}>
          {t("customers.title")}
        </a>
        <span aria-hidden="true">›</span>
        <span>{t("customers.new")}</span>
      </nav>
      <h1>{t("customers.new")}</h1>
      <div class="customer-box">
        <SheetForm
          screen={screen}
          panel={CUSTOMERS_PANEL}
          action={CUSTOMERS_PATH}
          closePath={CUSTOMERS_PATH}
          editing={editing}
          submitLabel={t("customers.create")}
          labels={{ name: t("details.name"), phone: t("details.phone") }}
        >
          <TextField {...field("name")} label={t("details.name")} autocomplete="off" isFocused />
          <TextField
            {...field("phone")}
            label={t("details.phone")}
            type="tel"
            autocomplete="off"
            hint={t("customers.phone_hint")}
          />
        </SheetForm>
      </div>
    </div>
  )
}
