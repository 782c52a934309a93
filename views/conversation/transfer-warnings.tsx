/** What to know before sending it there; it is sent all the same. */
import type { TransferDialog } from "~/conversation/queries/transfer-dialog.ts"
import type { TransferWarning } from "~/conversation/rules/targets.ts"
import { Banner } from "../parts/banner.tsx"
import type { Screen } from "../parts/screen.ts"
import type { TransferProps } from "./transfer.tsx"

export const TransferWarnings = ({ screen, dialog }: TransferProps) => (
  <div class="transfer-warnings" role="status">
    {dialog.warnings.map((warning) => (
      <Banner tone="warn" title={titleOf(screen, dialog, warning)}>
        {consequence(screen, dialog, warning)}
      </Banner>
    ))}
  </div>
)

function titleOf({ t, format, now }: Screen, dialog: TransferDialog, { kind }: TransferWarning): string {
  const name = dialog.chosenName ?? ""
  if (kind !== "number_closed") return t(`transfer.warn.${kind}`, { name })
  return dialog.opensAt === null
    ? t("transfer.warn.number_closed")
    : t("transfer.warn.number_closed_until", { time: format.moment(dialog.opensAt, now) })
}

function consequence({ t, format }: Screen, dialog: TransferDialog, { kind }: TransferWarning): string {
  const { choice, skillsetName: skillset } = dialog
  if (kind === "ping_pong") return t("transfer.then.ping_pong")
  if (kind === "nobody_ready" || kind === "nobody_there") return t("transfer.then.waits_skillset")
  if (kind === "number_closed")
    return choice.to === "user" && choice.mode === "immediate"
      ? t("transfer.then.offered_closed")
      : t("transfer.then.waits_opening")
  if (choice.mode === "exclusive") return t("transfer.then.waits_user")
  return t("transfer.then.offered", { time: format.time(dialog.offeredUntil), skillset })
}
