import type { Refusal } from "~/kernel/step.ts"
import { Gate } from "./layout/gate.tsx"
import { type PlainKey, refusalLine, type Translate } from "./locales/index.ts"
import { Button } from "./parts/button.tsx"
import { EmptyState } from "./parts/empty-state.tsx"
import type { IconName } from "./parts/icons.ts"

export type ErrorProps = { t: Translate; status: number; refusal: Refusal; reference: string | null }

/** A page that could not be shown: what happened and where to go. It says the same whether it was not there or not yours. */
export function ErrorPage({ t, status, refusal, reference }: ErrorProps) {
  const { title, icon } = kindOf(status, refusal)
  return (
    <Gate footer={reference && t("error.reference", { reference })}>
      <h1 class="visually-hidden">{t(title)}</h1>
      <EmptyState
        icon={icon}
        title={t(title)}
        actions={
          <Button kind="primary" href="/">
            {t("error.home")}
          </Button>
        }
      >
        {refusalLine(t, refusal)}
      </EmptyState>
    </Gate>
  )
}

/** The words of the tab. */
export const errorTitle = (t: Translate, status: number, refusal: Refusal): string => t(kindOf(status, refusal).title)

function kindOf(status: number, { refused }: Refusal): { title: PlainKey; icon: IconName } {
  switch (status) {
    case 403:
      if (refused !== "access.denied") return { title: "error.refused_title", icon: "circle-alert" }
      return { title: "error.denied_title", icon: "lock" }
    case 404:
      return { title: "error.not_found_title", icon: "search" }
    case 429:
      return { title: "error.too_many_title", icon: "hourglass" }
    case 503:
      return { title: "error.outage_title", icon: "wifi-off" }
    default:
      return status >= 500
        ? { title: "error.broken_title", icon: "triangle-alert" }
        : { title: "error.refused_title", icon: "circle-alert" }
  }
}
