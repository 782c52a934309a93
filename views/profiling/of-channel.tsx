/** A3, profiling: which tree of reasons a number's closings choose from. */
import type { ChannelFrame } from "~/channel/queries/administering.ts"
import { type Done, type Editing, SheetForm } from "../admin/sheet.tsx"
import { CHANNEL_PANEL, CHANNELS_PATH, channelPath } from "../channel/page.tsx"
import { panelLink } from "../list/list.tsx"
import { refusalLine } from "../locales/index.ts"
import { SelectField } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"

export type ProfilingOfChannelProps = {
  screen: Screen
  frame: ChannelFrame
  editing: Editing
  done: Done | null
  trees: readonly string[]
  /** The reasons of the first level of the tree that is chosen. */
  reasons: readonly string[]
  demand: "off" | "optional" | "required"
}

export function ProfilingOfChannel({ screen, frame, editing, done, trees, reasons, demand }: ProfilingOfChannelProps) {
  const { t } = screen
  const behaviour = channelPath(frame.id, "behaviour")
  const error = editing.errors.profiling
  return (
    <section class="card">
      <h2>{t("channels.section_profiling")}</h2>
      <SheetForm
        screen={screen}
        panel={CHANNEL_PANEL}
        action={channelPath(frame.id, "profiling")}
        closePath={CHANNELS_PATH}
        editing={editing}
        done={done}
        submitLabel={t("admin.save")}
        labels={{ profiling: t("channels.section_profiling") }}
      >
        <SelectField
          name="profiling"
          label={t("channels.tree")}
          value={editing.written.profiling?.[0] ?? ""}
          hint={t("channels.tree_hint")}
          error={error && refusalLine(t, error)}
          options={[
            { value: "", label: t("channels.tree_none") },
            ...trees.map((name) => ({ value: name, label: name })),
          ]}
        />
        {reasons.length > 0 && <p class="field-hint">{reasons.join(" · ")}</p>}
        {trees.length === 0 && (
          <p>
            {t("channels.no_trees")} <a href="/admin/profiling/new">{t("profiling_admin.new")}</a>
          </p>
        )}
        <p>
          {t("channels.tree_demand", { demand: t(`channel_settings.demand_${demand}`) })}{" "}
          <a href={behaviour} {...panelLink(CHANNEL_PANEL, behaviour)}>
            {t("channels.section_behaviour")}
          </a>
        </p>
      </SheetForm>
    </section>
  )
}
