/** A1: the users of a tenant. */
import type { UserLine } from "~/account/queries/users.ts"
import type { USER_LIST } from "~/account/rules/users-list.ts"
import type { ListAsk, ListPage } from "~/kernel/list.ts"
import { AdminListing } from "../admin/list.tsx"
import type { Child } from "../jsx-runtime.ts"
import type { ListColumn } from "../list/list.tsx"
import type { PlainKey, Translate } from "../locales/index.ts"
import { Avatar } from "../parts/avatar.tsx"
import { Chip } from "../parts/chip.tsx"
import type { Screen } from "../parts/screen.ts"

export const USERS_PANEL = "users"
export const USERS_PATH = "/admin/users"

export type UsersProps = {
  screen: Screen
  shape: typeof USER_LIST
  ask: ListAsk
  page: ListPage<UserLine>
  skillsets: readonly { id: number; name: string }[]
  /** The user whose sheet is open. */
  current: number | null
  newPath: string
  sheet: Child
}

export const Users = ({ screen, shape, ask, page, skillsets, current, newPath, sheet }: UsersProps) => (
  <AdminListing
    screen={screen}
    shape={shape}
    ask={ask}
    page={page}
    panel={USERS_PANEL}
    path={USERS_PATH}
    title={screen.t("users.title")}
    searchLabel={screen.t("users.search")}
    columns={userColumns(screen)}
    filters={userFilters(screen, skillsets)}
    isPale={({ enabled }) => !enabled}
    empty={{ icon: "users", title: screen.t("users.empty"), text: screen.t("users.empty_detail") }}
    current={current}
    newPath={newPath}
    newLabel={screen.t("users.new")}
    newIcon="user-plus"
    sheet={sheet}
  />
)

const userFilters = ({ t }: Screen, skillsets: UsersProps["skillsets"]) => [
  {
    name: "level",
    label: t("profile.level"),
    options: LEVELS.map((level) => ({ value: level, label: levelName(t, level) })),
  },
  {
    name: "skillset",
    label: t("waiting.skillset"),
    options: skillsets.map(({ id, name }) => ({ value: String(id), label: name })),
  },
  {
    name: "loginType",
    label: t("users.login_type"),
    options: LOGIN_TYPES.map((value) => ({ value, label: t(`users.login_${value}`) })),
  },
  {
    name: "standing",
    label: t("users.standing"),
    options: (["enabled", "disabled"] as const).map((value) => ({ value, label: t(`users.${value}`) })),
  },
]

const LOGIN_TYPES = ["password", "ldap", "external"] as const
const LEVELS = ["agent", "supervisor", "campaign_manager", "tenant_admin"]
export const levelName = (t: Translate, level: string): string => t(`level.${level}` as PlainKey)

/** What a list shows, and a file of it. */
export function userColumns({ t, format }: Screen): ListColumn<UserLine>[] {
  const rights = ({ isolated, outbound, mayEditCustomers }: UserLine) => [
    ...(isolated ? [t("users.isolated")] : []),
    ...(outbound ? [t("users.outbound")] : []),
    ...(mayEditCustomers ? [t("users.edit_customers")] : []),
  ]
  return [
    { key: "name", label: t("users.name"), draw: (user) => <Person t={t} user={user} />, cell: ({ name }) => name },
    { key: "username", label: t("login.username"), draw: ({ username }) => username, cell: ({ username }) => username },
    {
      key: "skillsets",
      label: t("users.skillsets"),
      cell: ({ skillsets }) => skillsets.join(", "),
      draw: ({ skillsets }) => skillsets.map((name) => <Chip tone="info">{name}</Chip>),
    },
    {
      key: "level",
      label: t("profile.level"),
      cell: ({ level }) => levelName(t, level),
      draw: ({ level }) => levelName(t, level),
    },
    {
      key: "maxConversations",
      label: t("users.max_short"),
      isNumber: true,
      draw: ({ maxConversations }) => maxConversations,
      cell: ({ maxConversations }) => maxConversations,
    },
    {
      key: "loginType",
      label: t("users.login_type"),
      cell: ({ loginType }) => t(`users.login_${loginType}`),
      draw: ({ loginType }) => t(`users.login_${loginType}`),
    },
    {
      key: "rights",
      label: t("users.rights"),
      cell: (user) => rights(user).join(", "),
      draw: (user) => rights(user).map((right) => <Chip>{right}</Chip>),
    },
    { key: "email", label: t("profile.email"), draw: ({ email }) => email, cell: ({ email }) => email },
    {
      key: "externalId",
      label: t("users.external_id"),
      draw: ({ externalId }) => externalId,
      cell: ({ externalId }) => (externalId === null ? null : { digits: externalId }),
    },
    {
      key: "createdAt",
      label: t("users.created"),
      draw: ({ createdAt }) => format.date(createdAt),
      cell: ({ createdAt }) => ({ at: createdAt, zone: format.timeZone }),
    },
  ]
}

const Person = ({ t, user: { name, enabled } }: { t: Translate; user: UserLine }) => (
  <span class="list-person">
    <Avatar name={name} size="small" />
    <span>{name}</span>
    {!enabled && <Chip>{t("users.disabled_mark")}</Chip>}
  </span>
)
