import type { Child } from "../jsx-runtime.ts"
import { List, type ListProps, panelLink } from "../list/list.tsx"
import { Button } from "../parts/button.tsx"
import type { IconName } from "../parts/icons.ts"

type Drawn = "rowPath" | "isCurrent" | "exports" | "actions" | "empty"

export type AdminListingProps<Row> = Omit<ListProps<Row>, Drawn> & {
  /** Whose sheet is open. */
  current: number | null
  newPath: string
  newLabel: string
  newIcon?: IconName
  sheet: Child
  empty: Omit<ListProps<Row>["empty"], "actions">
  /** What the page says when something was done to one of them without a sheet. */
  done?: string
}

/** What an admin keeps of a noun: the list with its file, beside it the sheet of one of them, and the way to a new one. */
export function AdminListing<Row extends { id: number }>(props: AdminListingProps<Row>) {
  const { current, newPath, newLabel, newIcon = "plus", sheet, empty, done, ...list } = props
  const { panel, path } = list
  const add = (
    <Button kind="primary" icon={newIcon} href={newPath} more={panelLink(panel, newPath)}>
      {newLabel}
    </Button>
  )
  return (
    <div class="split" id={panel} data-done={done}>
      <List
        {...list}
        exports
        actions={add}
        rowPath={({ id }) => `${path}/${id}`}
        isCurrent={({ id }) => id === current}
        empty={{ ...empty, actions: add }}
      />
      {sheet}
    </div>
  )
}
