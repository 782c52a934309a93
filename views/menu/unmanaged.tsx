/** Unmanaged conversations: customers in a menu, and strangers on a number for known customers (A9). */
import type { UnmanagedConversation } from "~/menu/queries.ts"
import { kindIcon, lineWords } from "../conversation/kinds.tsx"
import { WaitingHeads } from "../conversation/waiting-heads.tsx"
import { Who } from "../conversation/who.tsx"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { FormToken } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import { Menu, MenuItem, MenuTitle } from "../parts/menu.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { Since } from "../parts/time.tsx"

const COLUMNS = ["waiting.customer", "unmanaged.path", "unmanaged.since", "waiting.channel"] as const

type Skillset = { id: number; name: string }
export type UnmanagedProps = {
  screen: Screen
  conversations: readonly UnmanagedConversation[]
  /** Whom one can be assigned to. */
  skillsets: readonly Skillset[]
}

export const Unmanaged = ({ screen, conversations, skillsets }: UnmanagedProps) => (
  <section
    class="waiting-page"
    id="unmanaged-page"
    aria-labelledby="unmanaged-title"
    {...livePanel("/unmanaged", "unmanaged")}
  >
    <h1 id="unmanaged-title">{screen.t("unmanaged.title")}</h1>
    {conversations.length === 0 ? (
      <EmptyState icon="list-checks" title={screen.t("unmanaged.empty_title")}>
        {screen.t("unmanaged.empty")}
      </EmptyState>
    ) : (
      <table class="waiting-table unmanaged-table">
        <caption>
          <span class="waiting-caption">
            <Icon name="list-checks" size="small" />
            <strong>{screen.t("unmanaged.in_menu")}</strong>
            <span>{screen.t("unmanaged.hint")}</span>
          </span>
        </caption>
        <WaitingHeads screen={screen} columns={COLUMNS} hasAction />
        <tbody>
          {conversations.map((row) => (
            <Row screen={screen} row={row} skillsets={skillsets} />
          ))}
        </tbody>
      </table>
    )}
  </section>
)

type RowProps = { screen: Screen; row: UnmanagedConversation; skillsets: readonly Skillset[] }

const Row = ({ screen, row, skillsets }: RowProps) => (
  <tr id={`unmanaged-${row.id}`}>
    <th scope="row">
      <Who conversation={row}>
        <LastAnswer screen={screen} answer={row.lastAnswer} />
      </Who>
    </th>
    <td>
      {row.isKeptBack ? (
        <Chip tone="warn">{screen.t("unmanaged.unknown_customer")}</Chip>
      ) : row.path.length === 0 ? (
        <span class="is-quiet">{screen.t("unmanaged.nothing_chosen")}</span>
      ) : (
        <Chip tone="info">{row.path.join(" › ")}</Chip>
      )}
    </td>
    <td>
      <Since at={row.since} screen={screen} />
    </td>
    <td>{row.channelName}</td>
    <td>
      <div class="unmanaged-actions">
        <Assign screen={screen} row={row} skillsets={skillsets} />
        <form method="post" action={`/conversations/${row.id}/taking`}>
          <FormToken csrfToken={screen.csrfToken} />
          <Button
            size="small"
            type="submit"
            icon="hand"
            kind="primary"
            more={{ "aria-label": screen.t("waiting.take_of", { name: row.title }) }}
          >
            {screen.t("waiting.take")}
          </Button>
        </form>
      </div>
    </td>
  </tr>
)

function LastAnswer({ screen, answer }: { screen: Screen; answer: UnmanagedConversation["lastAnswer"] }) {
  if (!answer) return <span />
  const icon = kindIcon(answer.kind)
  return (
    <>
      {icon && <Icon name={icon} size="small" />}
      <span>{lineWords(screen, answer.kind, answer.text)}</span>
    </>
  )
}

/** One press from the list to the skillset: the menu has nothing to decide any more. */
function Assign({ screen, row, skillsets }: RowProps) {
  const { t } = screen
  const action = `/unmanaged/${row.id}/skillset`
  const label = t("unmanaged.assign_of", { name: row.title })
  return (
    <>
      <Button
        size="small"
        icon="arrow-right-left"
        more={{ popovertarget: `assign-${row.id}`, "aria-label": label, "aria-haspopup": "true" }}
      >
        {t("unmanaged.assign")}
      </Button>
      <Menu id={`assign-${row.id}`} label={label}>
        <MenuTitle>{t("unmanaged.assign_to")}</MenuTitle>
        <form class="menu-form" method="post" action={action} hx-post={action} hx-swap="none">
          <FormToken csrfToken={screen.csrfToken} />
          {skillsets.map(({ id, name }) => (
            <MenuItem icon="users" type="submit" more={{ name: "skillset", value: String(id) }}>
              {name}
            </MenuItem>
          ))}
        </form>
      </Menu>
    </>
  )
}
