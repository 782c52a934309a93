/** What closing asks: a reason of contact in up to three columns, a search over all of them, notes. */
import type { Id } from "~/kernel/id.ts"
import type { Demand, ProfilingPolicy, Reason } from "~/profiling/rules.ts"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

type Props = { screen: Screen; policy: ProfilingPolicy }
type TreeProps = { screen: Screen; treeName: string; reasons: readonly Reason[] }

const LONGEST_NOTES = 4_000

/** Retired reasons are not offered; a tree that has no other asks for none. */
export function ProfilingFields({ screen, policy: { reason, notes, treeName, reasons: all } }: Props) {
  const reasons = all.filter(({ retiredAt }) => retiredAt === null)
  return (
    <div class="profiling" data-level="1">
      <input type="hidden" name="shownAt" value={screen.now} />
      {reason !== "off" && reasons.length > 0 && (
        <Reasons screen={screen} treeName={treeName} reasons={reasons} demand={reason} />
      )}
      {notes !== "off" && <NotesField screen={screen} demand={notes} />}
    </div>
  )
}

const DemandWords = ({ screen: { t }, demand }: { screen: Screen; demand: Demand }) => (
  <small class={demand === "required" ? "is-required" : ""}>
    {demand === "required" ? t("profiling.required") : t("profiling.optional")}
  </small>
)

function Reasons({ screen, treeName, reasons, demand }: TreeProps & { demand: Demand }) {
  const { t } = screen
  const ends = reasons.filter((reason) => reason.mayStop || childrenOf(reasons, reason.id).length === 0)
  return (
    <fieldset class="profiling-reasons">
      <legend>
        {t("profiling.reason")} <DemandWords screen={screen} demand={demand} />
      </legend>
      <div class="profiling-search">
        <label>
          <span class="visually-hidden">{t("profiling.search")}</span>
          <Icon name="search" size="small" />
          <input
            class="input"
            id="profiling-search"
            type="search"
            autocomplete="off"
            maxlength={100}
            placeholder={t("profiling.search")}
            autofocus
          />
        </label>
        <span class="profiling-found" role="status" />
      </div>
      <Columns screen={screen} treeName={treeName} reasons={reasons} />
      <fieldset class="profiling-paths" hidden disabled>
        <legend class="visually-hidden">{t("profiling.reason")}</legend>
        {ends.map((reason) => (
          <PathChoice reasons={reasons} reason={reason} />
        ))}
      </fieldset>
      <p class="profiling-chosen" role="status" />
    </fieldset>
  )
}

/** The first level, and one column for whatever stands under a reason: shown when that reason is chosen. */
const Columns = ({ screen, treeName, reasons }: TreeProps) => (
  <div class="profiling-columns">
    <Column screen={screen} reasons={reasons} parent={null} level={1} head={treeName} />
    {reasons
      .filter(({ id }) => childrenOf(reasons, id).length > 0)
      .map((reason) => (
        <Column
          screen={screen}
          reasons={reasons}
          parent={reason}
          level={levelOf(reasons, reason) + 1}
          head={reason.title}
        />
      ))}
  </div>
)

type ColumnProps = Omit<TreeProps, "treeName"> & { parent: Reason | null; level: number; head: string }

const Column = ({ screen: { t }, reasons, parent, level, head }: ColumnProps) => (
  <fieldset
    class="profiling-column"
    data-level={level}
    data-parent={parent?.id}
    hidden={parent !== null}
    disabled={parent !== null}
  >
    <legend class="visually-hidden">{head}</legend>
    <div class="profiling-head">
      {parent !== null && (
        <button
          class="icon-button"
          type="button"
          aria-label={t("profiling.back", { reason: head })}
          data-profiling-back
        >
          <Icon name="arrow-left" size="small" />
        </button>
      )}
      <span aria-hidden="true">{head}</span>
    </div>
    {childrenOf(reasons, parent?.id ?? null).map(({ id, title }) => {
      const goesOn = childrenOf(reasons, id).length > 0
      return (
        <label class="profiling-choice">
          <input type="radio" name={`level${level}`} value={id} data-goes-on={goesOn} />
          <span dir="auto">{title}</span>
          <Icon name={goesOn ? "chevron-right" : "check"} size="small" />
        </label>
      )
    })}
  </fieldset>
)

function PathChoice({ reasons, reason }: { reasons: readonly Reason[]; reason: Reason }) {
  const above = aboveOf(reasons, reason)
  return (
    <label class="profiling-choice">
      <input type="radio" name="path" value={reason.id} data-line={[...above, reason].map(({ id }) => id).join(" ")} />
      <span dir="auto">
        {above.map(({ title }) => `${title} › `)}
        <b>{reason.title}</b>
      </span>
      <Icon name="check" size="small" />
    </label>
  )
}

const NotesField = ({ screen, demand }: { screen: Screen; demand: Demand }) => (
  <div class="field">
    <label for="profiling-notes">
      {screen.t("profiling.notes")} <DemandWords screen={screen} demand={demand} />
    </label>
    <textarea
      class="input"
      id="profiling-notes"
      name="notes"
      rows={2}
      maxlength={LONGEST_NOTES}
      dir="auto"
      placeholder={screen.t("profiling.notes_hint")}
    />
  </div>
)

const childrenOf = (reasons: readonly Reason[], id: Id | null) => reasons.filter(({ parent }) => parent === id)

/** Those it stands under, the first level first. */
function aboveOf(reasons: readonly Reason[], { parent }: Reason): Reason[] {
  const above = reasons.find(({ id }) => id === parent)
  return above ? [...aboveOf(reasons, above), above] : []
}

const levelOf = (reasons: readonly Reason[], reason: Reason): number => aboveOf(reasons, reason).length + 1
