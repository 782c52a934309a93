/**
 * The reasons of a tree, one row each, what stands under a reason right behind it. Rows are moved and taken away by
 * contents.js; without scripts an emptied label is a reason taken away, and one empty row waits for a new one.
 */
import type { Written } from "~/web/editing.ts"
import { IconButton } from "../parts/button.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

type Row = { key: string; title: string; level: string; mayStop: boolean }
type Props = { screen: Screen; written: Written; error: string | undefined }

export function ReasonRows({ screen, written, error }: Props) {
  const { t } = screen
  const titles = written.title ?? []
  const rows = titles.map((title, index): Row => {
    const key = written.row?.[index] ?? `r${index + 1}`
    const mayStop = written.mayStop?.includes(key) ?? false
    return { key, title, level: written.level?.[index] ?? "1", mayStop }
  })
  const empty: Row = { key: `n${rows.length + 1}`, title: "", level: "1", mayStop: false }
  return (
    <fieldset
      class={`field${error ? " is-wrong" : ""}`}
      aria-describedby={error ? "field-title-error" : "reason-rows-hint"}
      data-reason-rows
    >
      <legend>{t("profiling_admin.reasons")}</legend>
      <p class="field-hint" id="reason-rows-hint">
        {t("profiling_admin.reasons_hint")}
      </p>
      <ol class="reason-rows">
        {[...rows.filter(({ title }) => title !== ""), empty].map((row) => (
          <ReasonRow screen={screen} row={row} />
        ))}
      </ol>
      {error && (
        <p class="field-error" id="field-title-error">
          <Icon name="circle-alert" size="small" />
          <span>{error}</span>
        </p>
      )}
      <button class="button is-small" type="button" data-adds-reason hidden>
        <Icon name="plus" size="small" />
        <span>{t("profiling_admin.add")}</span>
      </button>
      <p class="visually-hidden" role="status" data-reasons-said />
    </fieldset>
  )
}

const LEVELS = ["1", "2", "3"]

const ReasonRow = ({ screen: { t }, row: { key, title, level, mayStop } }: { screen: Screen; row: Row }) => (
  <li class="reason-row" data-level={level}>
    <input type="hidden" name="row" value={key} />
    <select class="select" name="level" aria-label={t("profiling_admin.level")} title={t("profiling_admin.level")}>
      {LEVELS.map((value) => (
        <option value={value} selected={value === level}>
          {value}
        </option>
      ))}
    </select>
    <input
      class="input"
      type="text"
      name="title"
      value={title}
      maxlength={60}
      autocomplete="off"
      dir="auto"
      aria-label={t("profiling_admin.label")}
      placeholder={t("profiling_admin.label_new")}
    />
    <label class="reason-stops" title={t("profiling_admin.may_stop_hint")}>
      <input type="checkbox" name="mayStop" value={key} checked={mayStop} />
      <span>{t("profiling_admin.may_stop")}</span>
    </label>
    <span class="reason-acts">
      <IconButton icon="chevron-up" label={t("contents.move_up")} more={{ "data-moves-reason": "up" }} />
      <IconButton icon="chevron-down" label={t("contents.move_down")} more={{ "data-moves-reason": "down" }} />
      <IconButton icon="trash-2" label={t("profiling_admin.retire")} more={{ "data-retires-reason": true }} />
    </span>
  </li>
)
