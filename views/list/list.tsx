/**
 * A list of anything, as every list of the product looks: search, filters and order in the address, pages by key, the
 * columns a person wants, a file of what it shows. A noun gives its columns once (`ListColumn`: how a cell is drawn and
 * what it is in a file) and says where its rows lead; `/styleguide` shows one with the code that makes it.
 */
import type { ListAsk, ListPage, ListShape } from "~/kernel/list.ts"
import type { Cell } from "~/web/spreadsheet.ts"
import type { Child } from "../jsx-runtime.ts"
import { Button } from "../parts/button.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { Icon } from "../parts/icon.tsx"
import type { IconName } from "../parts/icons.ts"
import type { Screen } from "../parts/screen.ts"
import { listAddress } from "./address.ts"
import { Exports } from "./exports.tsx"
import { ListTools } from "./tools.tsx"

export type ListColumn<Row> = {
  key: string
  label: string
  /** In the table, and in a card on a phone. */
  draw(row: Row): Child
  /** In a file. */
  cell(row: Row): Cell
  isNumber?: boolean
}
/** Without options: a day. */
export type ListFilter = { name: string; label: string; options?: readonly { value: string; label: string }[] }

export type ListProps<Row> = {
  screen: Screen
  /** The panel that is swapped when the list is asked for otherwise: the element around list and sheet. */
  panel: string
  path: string
  title: string
  searchLabel: string
  shape: Pick<ListShape, "name" | "columns" | "sort">
  ask: ListAsk
  page: ListPage<Row>
  columns: readonly ListColumn<Row>[]
  filters?: readonly ListFilter[]
  /** The person's own filters; without it none can be saved. */
  saved?: readonly { id: number; name: string; query: string }[]
  /** Where a row leads; the row that is open is marked. */
  rowPath(row: Row): string
  /** `page`: a page of its own instead of a sheet beside the list. */
  rowTarget?: "sheet" | "page"
  isCurrent?(row: Row): boolean
  /** Drawn paler: switched off, gone. */
  isPale?(row: Row): boolean
  /** Whether there is a file of it, at `<path>/export`. */
  exports?: boolean
  actions?: Child
  /** Within another page (`/styleguide`), whose headings stand above this one's. */
  isSample?: boolean
  /** Across the table, under a row. */
  below?(row: Row): Child
  /** Above the rows: what is not among them. */
  limits?: Child
  /** Beside the title: what is in this list at all. */
  note?: string
  /** Under the head: how what is listed stands as a whole. */
  standing?: Child
  empty: { icon: IconName; title: string; text: string; actions?: Child }
}

export function List<Row>(props: ListProps<Row>) {
  const { screen, title, page, actions, ask, isSample = false } = props
  return (
    <section class="list" aria-labelledby="list-title">
      <header class="list-head">
        {isSample ? <h4 id="list-title">{title}</h4> : <h1 id="list-title">{title}</h1>}
        <span class="chip">{countOf(screen, page)}</span>
        {props.note && <span class="list-note">{props.note}</span>}
        <span class="list-actions">
          {props.exports && <Exports {...props} />}
          {actions}
        </span>
      </header>
      {props.standing}
      <ListTools {...props} />
      {props.limits}
      {page.rows.length > 0 ? <Rows {...props} /> : isAsked(ask) ? <NoHits {...props} /> : <Empty {...props} />}
    </section>
  )
}

export const isAsked = ({ words, filters }: ListAsk): boolean => words !== "" || Object.keys(filters).length > 0

const countOf = ({ t, format }: Screen, { count, isMore }: ListPage<unknown>): string =>
  isMore ? t("list_page.more_than", { count: format.number(count) }) : format.number(count)

/** Attributes of a link inside the panel: with scripts only the panel changes, and the address with it. */
export const panelLink = (panel: string, href: string) => ({
  "hx-get": href,
  "hx-target": `#${panel}`,
  "hx-swap": "outerMorph",
  "hx-push-url": "true",
})

function Rows<Row>(props: ListProps<Row>) {
  const { title, ask, page, columns, rowPath, isCurrent, isPale, below, panel, rowTarget = "sheet" } = props
  const shown = columns.filter(({ key }) => ask.columns.includes(key))
  return (
    <div class="list-panel">
      <div class="list-scroll">
        <table class="list-table">
          <caption class="visually-hidden">{title}</caption>
          <thead>
            <tr>
              {shown.map((column) => (
                <Heading {...props} column={column} />
              ))}
            </tr>
          </thead>
          <tbody>
            {page.rows.map((row) => {
              const href = listAddress(rowPath(row), ask, ask.cursor)
              const under = below?.(row)
              return (
                <>
                  <tr class={[isCurrent?.(row) && "is-current", isPale?.(row) && "is-pale"]}>
                    {shown.map(({ key, label, draw, isNumber }, index) =>
                      index === 0 ? (
                        <th scope="row">
                          <a
                            href={href}
                            aria-current={isCurrent?.(row) ? "true" : null}
                            {...(rowTarget === "page" ? {} : panelLink(panel, href))}
                          >
                            {draw(row)}
                          </a>
                        </th>
                      ) : (
                        <td class={isNumber && "is-number"} data-column={key} data-name={label}>
                          {draw(row)}
                        </td>
                      ),
                    )}
                  </tr>
                  {under && (
                    <tr class={["list-below", isCurrent?.(row) && "is-current"]}>
                      <td colspan={shown.length}>{under}</td>
                    </tr>
                  )}
                </>
              )
            })}
          </tbody>
        </table>
      </div>
      <Pages {...props} />
    </div>
  )
}

function Heading<Row>({ column, shape, ask, path, panel }: ListProps<Row> & { column: ListColumn<Row> }) {
  const { key, label, isNumber } = column
  if (!shape.columns[key]?.sorts)
    return (
      <th scope="col" class={isNumber && "is-number"}>
        {label}
      </th>
    )
  const isBy = ask.sort.by === key
  const href = listAddress(path, {
    ...ask,
    sort: { by: key, descending: isBy && !ask.sort.descending, isUsual: false },
  })
  return (
    <th
      scope="col"
      class={isNumber && "is-number"}
      aria-sort={isBy ? (ask.sort.descending ? "descending" : "ascending") : null}
    >
      <a class="list-sort" href={href} {...panelLink(panel, href)}>
        {label}
        <Icon name={isBy ? (ask.sort.descending ? "chevron-down" : "chevron-up") : "chevrons-up-down"} size="small" />
      </a>
    </th>
  )
}

function Pages<Row>({ screen: { t, format }, page, path, ask, panel }: ListProps<Row>) {
  const { previous, next, first, rows, count, isMore } = page
  const span = {
    first: format.number(first),
    last: format.number(first + rows.length - 1),
    count: isMore ? t("list_page.more_than", { count: format.number(count) }) : format.number(count),
  }
  const link = (cursor: typeof next, label: string, isNext: boolean) => {
    if (!cursor)
      return (
        <span class="button is-quiet" aria-disabled="true">
          {label}
        </span>
      )
    const href = listAddress(path, ask, cursor)
    return (
      <Button href={href} more={{ rel: isNext ? "next" : "prev", ...panelLink(panel, href) }}>
        {label}
      </Button>
    )
  }
  return (
    <nav class="list-pages" aria-label={t("list_page.pages")}>
      <span>{t("list_page.span", span)}</span>
      {(previous || next) && (
        <span class="list-pages-links">
          {link(previous, t("list_page.previous"), false)}
          {link(next, t("list_page.next"), true)}
        </span>
      )}
    </nav>
  )
}

function NoHits<Row>({ screen: { t }, path, panel, ask }: ListProps<Row>) {
  const href = listAddress(path, { ...ask, words: "", filters: {} })
  return (
    <div class="list-panel">
      <EmptyState
        icon="search"
        title={t("list_page.no_hits")}
        actions={
          <Button href={href} more={panelLink(panel, href)}>
            {t("list_page.show_all")}
          </Button>
        }
      >
        {t("list_page.no_hits_detail")}
      </EmptyState>
    </div>
  )
}

const Empty = <Row,>({ empty: { icon, title, text, actions } }: ListProps<Row>) => (
  <div class="list-panel">
    <EmptyState icon={icon} title={title} actions={actions}>
      {text}
    </EmptyState>
  </div>
)
