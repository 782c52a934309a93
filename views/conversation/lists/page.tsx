/** Lists of conversations: one's own that are over (S40), and all of the tenant (A9). */

import type { ConversationLine } from "~/conversation/queries/list.ts"
import type { ListChoices } from "~/conversation/queries/list-choices.ts"
import type { ListAsk, ListPage, ListShape } from "~/kernel/list.ts"
import type { Said } from "~/message/queries/said.ts"
import type { Child } from "../../jsx-runtime.ts"
import { listAddress } from "../../list/address.ts"
import { List, type ListFilter, panelLink } from "../../list/list.tsx"
import type { PlainKey } from "../../locales/index.ts"
import { SaidExcerpt, SaidLimits, sheetAt } from "../../parts/hit.tsx"
import type { Screen } from "../../parts/screen.ts"
import { conversationColumns } from "./columns.tsx"

export const HISTORY_PATH = "/history"
export const ALL_PATH = "/all-conversations"
export const HISTORY_PANEL = "history"
export const ALL_PANEL = "all-conversations"

type Props = {
  screen: Screen
  shape: ListShape
  ask: ListAsk
  page: ListPage<ConversationLine>
  said: Said | null
  choices: ListChoices
  current: number | null
  sheet: Child
}

export const historyColumns = (screen: Screen) =>
  conversationColumns(screen, ["closedAt", "customer", "phone", "channel", "skillset", "reason", "openedAt"])
export const tenantColumns = (screen: Screen) =>
  conversationColumns(screen, [
    "openedAt",
    "customer",
    "phone",
    "channel",
    "skillset",
    "agent",
    "state",
    "reason",
    "closedAt",
  ])

export const OwnHistory = ({ screen, choices, current, sheet, said, ...list }: Props) => (
  <div class="split" id={HISTORY_PANEL}>
    <List
      screen={screen}
      {...list}
      panel={HISTORY_PANEL}
      path={HISTORY_PATH}
      exports
      title={screen.t("nav.history")}
      searchLabel={screen.t("customers.search")}
      limits={<SaidLimits screen={screen} said={said} />}
      columns={historyColumns(screen)}
      filters={[...daysOf(screen), ...byChoice(screen, choices, ["channel", "reason"])]}
      rowPath={({ id }) => `${HISTORY_PATH}/${id}`}
      below={saidBelow(screen, HISTORY_PATH, list.ask)}
      isCurrent={({ id }) => id === current}
      note={screen.t("conversations.four_weeks")}
      empty={{
        icon: "history",
        title: screen.t("conversations.no_history"),
        text: screen.t("conversations.no_history_detail"),
      }}
    />
    {sheet}
  </div>
)

/** Leads to the sheet like the row does, so that looking is on record, and there to the hit. */
const saidBelow =
  (screen: Screen, path: string, ask: ListAsk) =>
  ({ id, said }: ConversationLine) =>
    said && (
      <SaidExcerpt screen={screen} said={said} href={sheetAt(listAddress(`${path}/${id}`, ask, ask.cursor), said)} />
    )

type AllProps = Props & { saved: readonly { id: number; name: string; query: string }[] }

export const AllConversations = ({ screen, choices, current, sheet, said, ...list }: AllProps) => (
  <div class="split" id={ALL_PANEL}>
    <List
      screen={screen}
      {...list}
      panel={ALL_PANEL}
      path={ALL_PATH}
      exports
      title={screen.t("nav.all_conversations")}
      searchLabel={screen.t("customers.search")}
      limits={<SaidLimits screen={screen} said={said} />}
      columns={tenantColumns(screen)}
      standing={<Views screen={screen} ask={list.ask} />}
      filters={[
        ...statesOf(screen),
        ...byChoice(screen, choices, ["channel", "skillset", "agent", "reason"]),
        ...daysOf(screen),
      ]}
      rowPath={({ id }) => `${ALL_PATH}/${id}`}
      below={saidBelow(screen, ALL_PATH, list.ask)}
      isCurrent={({ id }) => id === current}
      empty={{ icon: "inbox", title: screen.t("conversations.none"), text: screen.t("conversations.none_detail") }}
    />
    {sheet}
  </div>
)

const VIEWS = ["active", "latest", "unmanaged", "all"] as const

function Views({ screen: { t }, ask }: { screen: Screen; ask: ListAsk }) {
  const chosen = ask.filters.view?.[0] ?? "active"
  return (
    <nav class="list-views" aria-label={t("conversations.views")}>
      {VIEWS.map((view) => {
        const { view: _, ...others } = ask.filters
        const filters = view === "active" ? others : { ...others, view: [view] }
        const href = listAddress(ALL_PATH, { ...ask, filters })
        return (
          <a href={href} aria-current={view === chosen ? "page" : null} {...panelLink(ALL_PANEL, href)}>
            {t(`conversations.view_${view}`)}
          </a>
        )
      })}
    </nav>
  )
}

const STATES = ["menu", "queued", "offered", "active", "parked", "awaiting_reply", "closed"] as const

const statesOf = ({ t }: Screen): ListFilter[] => [
  { name: "state", label: t("details.state"), options: STATES.map((value) => ({ value, label: t(`state.${value}`) })) },
]

const daysOf = ({ t }: Screen): ListFilter[] => [
  { name: "from", label: t("history.from") },
  { name: "until", label: t("history.until") },
]

const LABELS = {
  channel: "details.channel",
  skillset: "details.skillset",
  agent: "details.agent",
  reason: "details.reason",
} as const

const byChoice = ({ t: say }: Screen, choices: ListChoices, names: readonly (keyof typeof LABELS)[]): ListFilter[] =>
  names
    .map((name) => ({
      name,
      label: say(LABELS[name] as PlainKey),
      options: choices[name].map(({ id, name: label }) => ({ value: String(id), label })),
    }))
    .filter(({ options }) => options.length > 0)
