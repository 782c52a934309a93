/** A2: the skillsets of a tenant. */
import type { ListAsk, ListPage } from "~/kernel/list.ts"
import type { SkillsetLine } from "~/skillset/queries/skillsets.ts"
import type { SKILLSET_LIST } from "~/skillset/rules/skillsets-list.ts"
import { AdminListing } from "../admin/list.tsx"
import type { Child } from "../jsx-runtime.ts"
import type { ListColumn } from "../list/list.tsx"
import type { Screen } from "../parts/screen.ts"

export const SKILLSETS_PANEL = "skillsets"
export const SKILLSETS_PATH = "/admin/skillsets"
export const STRATEGIES = ["least_loaded", "longest_idle", "round_robin", "manual"] as const

export type SkillsetsProps = {
  screen: Screen
  shape: typeof SKILLSET_LIST
  ask: ListAsk
  page: ListPage<SkillsetLine>
  current: number | null
  newPath: string
  sheet: Child
}

export const Skillsets = ({ screen, shape, ask, page, current, newPath, sheet }: SkillsetsProps) => (
  <AdminListing
    screen={screen}
    shape={shape}
    ask={ask}
    page={page}
    panel={SKILLSETS_PANEL}
    path={SKILLSETS_PATH}
    title={screen.t("skillsets.title")}
    searchLabel={screen.t("skillsets.search")}
    columns={skillsetColumns(screen)}
    filters={[
      {
        name: "strategy",
        label: screen.t("skillsets.strategy"),
        options: STRATEGIES.map((value) => ({ value, label: screen.t(`skillsets.strategy_${value}`) })),
      },
    ]}
    empty={{
      icon: "layers",
      title: screen.t("skillsets.empty"),
      text: screen.t("skillsets.empty_detail"),
    }}
    current={current}
    newPath={newPath}
    newLabel={screen.t("skillsets.new")}
    sheet={sheet}
  />
)

/** What the list shows, and a file of it. */
export function skillsetColumns({ t, format }: Screen): ListColumn<SkillsetLine>[] {
  const overflow = ({ overflowName, afterSeconds }: SkillsetLine) =>
    overflowName === null
      ? ""
      : t("skillsets.overflow_line", { name: overflowName, span: format.span((afterSeconds ?? 0) * 1_000) })
  return [
    { key: "name", label: t("skillsets.name"), draw: ({ name }) => name, cell: ({ name }) => name },
    {
      key: "members",
      label: t("skillsets.members_title"),
      isNumber: true,
      draw: ({ memberCount }) => memberCount,
      cell: ({ memberCount }) => memberCount,
    },
    {
      key: "strategy",
      label: t("skillsets.strategy"),
      draw: ({ strategy }) => t(`skillsets.strategy_${strategy}`),
      cell: ({ strategy }) => t(`skillsets.strategy_${strategy}`),
    },
    {
      key: "priority",
      label: t("skillsets.priority"),
      isNumber: true,
      draw: ({ priority }) => priority,
      cell: ({ priority }) => priority,
    },
    { key: "overflow", label: t("skillsets.overflow"), draw: overflow, cell: overflow },
    {
      key: "waiting",
      label: t("skillsets.waiting"),
      isNumber: true,
      draw: ({ waitingCount }) => waitingCount,
      cell: ({ waitingCount }) => waitingCount,
    },
  ]
}
