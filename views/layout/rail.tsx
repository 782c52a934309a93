import type { PlainKey } from "../locales/index.ts"
import type { CountProps } from "../parts/count.tsx"
import { Icon } from "../parts/icon.tsx"
import type { IconName } from "../parts/icons.ts"
import { livePanel, type Screen } from "../parts/screen.ts"

export type Place =
  | "dashboard"
  | "conversations"
  | "waiting"
  | "wait_queue"
  | "unmanaged"
  | "all_conversations"
  | "agents"
  | "reports"
  | "customers"
  | "history"
  | "templates_sent"
  | "tenants"
  | "settings"

export type RailProps = {
  screen: Screen
  /** Where one is: the path of the page. */
  path: string
  /** What this user may go to, of what there is. */
  places: readonly Place[]
  unreadCount: number
  /** Conversations that wait for an agent, as far as the user may see them. */
  waitingCount: number
  /** Conversations in the user's own wait queue. */
  parkedCount: number
}

const PLACES: Readonly<Record<Place, { path: string; within?: string; icon: IconName; phrase: PlainKey }>> = {
  dashboard: { path: "/", icon: "chart-column", phrase: "nav.dashboard" },
  conversations: { path: "/conversations", icon: "message-circle", phrase: "nav.conversations" },
  waiting: { path: "/waiting", icon: "clock", phrase: "nav.waiting" },
  wait_queue: { path: "/wait-queue", icon: "timer", phrase: "nav.wait_queue" },
  unmanaged: { path: "/unmanaged", icon: "list-checks", phrase: "nav.unmanaged" },
  all_conversations: { path: "/all-conversations", icon: "inbox", phrase: "nav.all_conversations" },
  agents: { path: "/agents", icon: "headset", phrase: "nav.agents" },
  reports: { path: "/reports", icon: "file-text", phrase: "nav.reports" },
  customers: { path: "/customers", icon: "users", phrase: "nav.customers" },
  history: { path: "/history", icon: "history", phrase: "nav.history" },
  templates_sent: { path: "/templates-sent", icon: "zap", phrase: "nav.templates_sent" },
  tenants: { path: "/admin/tenants", within: "/admin", icon: "building-2", phrase: "tenants.title" },
  settings: { path: "/admin", icon: "settings", phrase: "nav.settings" },
}
/** Where a place is, for whatever leads there. */
export const placeLink = (place: Place): { href: string; icon: IconName; phrase: PlainKey } => {
  const { path: href, icon, phrase } = PLACES[place]
  return { href, icon, phrase }
}
const ORDER = Object.keys(PLACES) as Place[]

/** Where one can go. On a phone it is the row of tabs at the bottom. */
export const Rail = (props: RailProps) => (
  <nav class="rail" id="rail" aria-label={props.screen.t("shell.main")}>
    {ORDER.filter((place) => props.places.includes(place)).map((place) => (
      <RailLink {...props} place={place} />
    ))}
  </nav>
)

/** Its name is the bare word; how many there are is its description. */
function RailLink({ place, screen, path, ...counts }: RailProps & { place: Place }) {
  const { path: href, within = href, icon, phrase } = PLACES[place]
  const isHere = href === "/" ? path === "/" : path === within || path.startsWith(`${within}/`)
  const count = countOf(place, screen, counts)
  const name = screen.t(phrase)
  return (
    <a
      class="rail-link"
      href={href}
      title={name}
      aria-label={name}
      aria-current={isHere ? "page" : null}
      aria-describedby={count && `rail-${place}-count`}
    >
      <Icon name={icon} />
      <span class="rail-words">{name}</span>
      {count && <Badge {...count} id={`rail-${place}-count`} />}
    </a>
  )
}

/** Drawn by the style: the number is no part of the link's name. */
const Badge = ({ count, label, id }: CountProps & { id: string }) => (
  <>
    <span class="count" data-count={count > 99 ? "99+" : count} aria-hidden="true" />
    <span id={id} hidden>
      {label}
    </span>
  </>
)

type Counts = Pick<RailProps, "unreadCount" | "waitingCount" | "parkedCount">

function countOf(place: Place, { t }: Screen, { unreadCount, waitingCount, parkedCount }: Counts): CountProps | null {
  if (place === "conversations" && unreadCount > 0)
    return { count: unreadCount, label: t("nav.unread", { count: unreadCount }) }
  if (place === "waiting" && waitingCount > 0)
    return { count: waitingCount, label: t("nav.waiting_count", { count: waitingCount }) }
  if (place === "wait_queue" && parkedCount > 0)
    return { count: parkedCount, label: t("nav.parked_count", { count: parkedCount }) }
  return null
}

/** The attributes of the element that keeps header and rail fresh; its answer is `HeaderUpdate`. */
export const headerPanel = () => ({
  ...livePanel("/header"),
  "hx-trigger": ["status from:body", "refetch from:body", "conversations from:body throttle:1s", WAITING].join(", "),
})

/** What waits changes all the time for everybody at once: a count that is five seconds old is early enough. */
const WAITING = "waiting from:body throttle:5s"
