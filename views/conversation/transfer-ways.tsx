/** Immediate or exclusive, each with what it means for this conversation. */
import type { TransferDialog as Dialogue } from "~/conversation/queries/transfer-dialog.ts"
import type { TransferMode } from "~/conversation/rules.ts"
import type { Screen } from "../parts/screen.ts"
import type { TransferProps } from "./transfer.tsx"

export const TransferWays = ({ screen, dialog }: TransferProps) => (
  <>
    <Kept {...dialog.choice} />
    <fieldset class="ways">
      <legend>{screen.t("transfer.how")}</legend>
      <Way screen={screen} dialog={dialog} mode="immediate" />
      <Way screen={screen} dialog={dialog} mode="exclusive" />
    </fieldset>
  </>
)

/** What is chosen under the other tab stays chosen. */
const Kept = ({ to, user, skillset }: Dialogue["choice"]) => {
  const [name, value] = to === "skillset" ? ["user", user] : ["skillset", skillset]
  return value === null ? <span hidden /> : <input type="hidden" name={name} value={value} />
}

const Way = ({ screen, dialog, mode }: TransferProps & { mode: TransferMode }) => (
  <label class="way">
    <input
      type="radio"
      name="mode"
      value={mode}
      checked={dialog.choice.mode === mode}
      disabled={mode === "exclusive" && dialog.exclusiveUntil === null}
    />
    <b>{screen.t(`transfer.${mode}`)}</b>
    <span>{wayWords(screen, dialog, mode)}</span>
  </label>
)

function wayWords({ t, format, now }: Screen, dialog: Dialogue, mode: TransferMode): string {
  const toUser = dialog.choice.to !== "skillset"
  if (mode === "immediate") {
    if (!toUser) return t("transfer.immediate_skillset")
    const left = format.span(dialog.offeredUntil - now)
    return t("transfer.immediate_user", { time: left, skillset: dialog.skillsetName })
  }
  if (dialog.exclusiveUntil === null) return t("transfer.exclusive_over")
  const time = format.moment(dialog.exclusiveUntil, now)
  return toUser ? t("transfer.exclusive_user", { time }) : t("transfer.exclusive_skillset", { time })
}
