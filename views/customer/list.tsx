/** S38: the tenant's customers, their own properties among the columns. */
import type { CustomerLine } from "~/customer/queries/list.ts"
import type { CustomerProperty } from "~/customer-property/rules.ts"
import type { ListAsk, ListPage, ListShape } from "~/kernel/list.ts"
import type { Said } from "~/message/queries/said.ts"
import type { Tag } from "~/tag/rules.ts"
import type { Cell } from "~/web/spreadsheet.ts"
import { List, type ListColumn, type ListFilter, panelLink } from "../list/list.tsx"
import { Avatar } from "../parts/avatar.tsx"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { SaidExcerpt, SaidLimits, threadAt } from "../parts/hit.tsx"
import type { Screen } from "../parts/screen.ts"
import { TagChips } from "../tag/tags.tsx"
import { IMPORTS_PATH } from "./imports.tsx"
import { valueWords } from "./section.tsx"

export const CUSTOMERS_PANEL = "customers"
export const CUSTOMERS_PATH = "/customers"

export type CustomersProps = {
  screen: Screen
  shape: ListShape
  ask: ListAsk
  page: ListPage<CustomerLine>
  said: Said | null
  tags: readonly Tag[]
  properties: readonly CustomerProperty[]
  mayCreate: boolean
  mayImport: boolean
}

export const Customers = ({ screen, shape, ask, page, said, tags, properties, ...may }: CustomersProps) => (
  <div class="split" id={CUSTOMERS_PANEL}>
    <List
      screen={screen}
      shape={shape}
      ask={ask}
      page={page}
      panel={CUSTOMERS_PANEL}
      path={CUSTOMERS_PATH}
      exports
      title={screen.t("customers.title")}
      searchLabel={screen.t("customers.search")}
      limits={<SaidLimits screen={screen} said={said} />}
      below={(row) => row.said && <SaidExcerpt screen={screen} said={row.said} href={threadAt(row.said)} />}
      columns={customerColumns(screen, properties)}
      filters={customerFilters(screen, tags, properties)}
      rowPath={({ id }) => `${CUSTOMERS_PATH}/${id}`}
      isPale={({ isBlocked }) => isBlocked}
      actions={
        <>
          {may.mayImport && (
            <Button icon="upload" href={IMPORTS_PATH}>
              {screen.t("customers.import")}
            </Button>
          )}
          {may.mayCreate && (
            <Button
              kind="primary"
              icon="user-plus"
              href={`${CUSTOMERS_PATH}/new`}
              more={panelLink(CUSTOMERS_PANEL, `${CUSTOMERS_PATH}/new`)}
            >
              {screen.t("customers.new")}
            </Button>
          )}
        </>
      }
      empty={{ icon: "users", title: screen.t("customers.empty"), text: screen.t("customers.empty_detail") }}
    />
  </div>
)

function customerFilters({ t }: Screen, tags: readonly Tag[], properties: readonly CustomerProperty[]): ListFilter[] {
  const own = properties.flatMap((property) => {
    const options =
      property.kind === "yes_no"
        ? (["yes", "no"] as const).map((value) => ({ value, label: t(`customer.${value}`) }))
        : property.choices.map((value) => ({ value, label: value }))
    return options.length === 0 ? [] : [{ name: `property${property.id}`, label: property.name, options }]
  })
  return [
    {
      name: "tag",
      label: t("customers.tags"),
      options: tags.map(({ id, name }) => ({ value: String(id), label: name })),
    },
    {
      name: "standing",
      label: t("customers.standing"),
      options: (["blocked", "opted_out"] as const).map((value) => ({ value, label: t(`customer.${value}`) })),
    },
    ...own,
  ]
}

/** What the list shows, and a file of it. */
export function customerColumns(screen: Screen, properties: readonly CustomerProperty[]): ListColumn<CustomerLine>[] {
  const { t, format, now } = screen
  const plain = (
    key: "profileName" | "lastAgent" | "otherPhone" | "email" | "whatsappUserId",
    label: string,
  ): ListColumn<CustomerLine> => ({ key, label, draw: (row) => row[key] ?? "", cell: (row) => row[key] ?? "" })
  const standing = ({ isBlocked, isOptedOut }: CustomerLine) => [
    ...(isBlocked ? [t("customer.blocked")] : []),
    ...(isOptedOut ? [t("customer.opted_out")] : []),
  ]
  return [
    { key: "name", label: t("customers.customer"), draw: (row) => <Person {...row} />, cell: ({ title }) => title },
    {
      key: "phone",
      label: t("details.phone"),
      draw: ({ phone }) => <span class="phone-number">{phone}</span>,
      cell: ({ phone }) => (phone === null ? null : { digits: phone }),
    },
    {
      key: "tags",
      label: t("customers.tags"),
      draw: ({ tags }) => <TagChips tags={tags} />,
      cell: ({ tags }) => tags.map(({ name }) => name).join(", "),
    },
    {
      key: "standing",
      label: t("customers.standing"),
      cell: (row) => standing(row).join(", "),
      draw: (row) => standing(row).map((words) => <Chip tone="warn">{words}</Chip>),
    },
    plain("lastAgent", t("customers.last_agent")),
    {
      key: "conversations",
      label: t("customers.conversations"),
      isNumber: true,
      draw: ({ conversations }) => format.number(conversations),
      cell: ({ conversations }) => conversations,
    },
    {
      key: "lastOpenedAt",
      label: t("customers.last_contact"),
      draw: ({ lastOpenedAt }) => (lastOpenedAt === 0 ? "" : format.moment(lastOpenedAt, now)),
      cell: ({ lastOpenedAt }) => (lastOpenedAt === 0 ? null : { at: lastOpenedAt, zone: format.timeZone }),
    },
    plain("profileName", t("details.whatsapp_name")),
    {
      key: "username",
      label: t("details.username"),
      cell: ({ username }) => username,
      draw: ({ username }) => (username === null ? "" : `@${username}`),
    },
    plain("otherPhone", t("customer.other_phone")),
    plain("email", t("customer.email")),
    {
      key: "language",
      label: t("customer.language"),
      cell: ({ language }) => language,
      draw: ({ language }) => (language === null ? "" : format.languageName(language)),
    },
    plain("whatsappUserId", t("customers.whatsapp_user_id")),
    {
      key: "createdAt",
      label: t("customers.since"),
      draw: ({ createdAt }) => format.date(createdAt),
      cell: ({ createdAt }) => ({ at: createdAt, zone: format.timeZone }),
    },
    ...properties.map((property): ListColumn<CustomerLine> => {
      const words = ({ values }: CustomerLine) => {
        const value = values.get(property.id) ?? ""
        return value === "" ? "" : valueWords(screen, { property, value })
      }
      const cell = ({ values }: CustomerLine) => cellOf(property, values.get(property.id) ?? "")
      return { key: `property${property.id}`, label: property.name, draw: words, cell }
    }),
  ]
}

/** In a file a value is what it is, so that it can be reckoned with and brought in again. */
function cellOf({ kind }: CustomerProperty, value: string): Cell {
  if (value === "") return null
  if (kind === "yes_no") return value === "yes"
  return kind === "number" ? Number(value) : value
}

const Person = ({ title }: CustomerLine) => (
  <span class="list-person">
    <Avatar name={title} size="small" />
    <span dir="auto">{title}</span>
  </span>
)
