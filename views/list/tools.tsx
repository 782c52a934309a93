/** What narrows a list down: the search, the filters that are set, the menu of those that can be, the columns. */
import { Icon } from "../parts/icon.tsx"
import { listAddress, listQuery } from "./address.ts"
import { type ListProps, panelLink } from "./list.tsx"

/** Works without scripts; with them the list follows what is typed, and the address too. */
export function ListTools<Row>(props: ListProps<Row>) {
  const { screen, shape, path, panel, searchLabel, filters = [], ask } = props
  return (
    <div class="list-tools">
      <form
        class="list-search"
        id={`search-${shape.name}`}
        role="search"
        aria-label={searchLabel}
        method="get"
        action={path}
        hx-get={path}
        hx-target={`#${panel}`}
        hx-swap="outerMorph"
        hx-replace-url="true"
        hx-sync="this:replace"
        hx-trigger="submit, input delay:250ms"
      >
        <label class="list-words">
          <span class="visually-hidden">{searchLabel}</span>
          <Icon name="search" size="small" />
          <input class="input" type="search" name="q" value={ask.words} placeholder={searchLabel} autocomplete="off" />
        </label>
        {filters.length > 0 && <FilterMenu {...props} />}
        {listQuery({ ...ask, words: "", filters: unshown(props) }).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <noscript>
          <button class="button" type="submit">
            {screen.t("list_page.show")}
          </button>
        </noscript>
      </form>
      {filters
        .filter(({ name }) => ask.filters[name] !== undefined)
        .map((filter) => (
          <SetFilter {...props} filter={filter} />
        ))}
      {props.saved && <SavedFilters {...props} saved={props.saved} />}
      {props.columns.length > 1 && <Columns {...props} />}
    </div>
  )
}

/** What is asked for by other means than the menu, such as by tabs, stays asked for. */
const unshown = <Row,>({ ask, filters = [] }: ListProps<Row>) =>
  Object.fromEntries(Object.entries(ask.filters).filter(([name]) => !filters.some((one) => one.name === name)))

type WithFilter<Row> = ListProps<Row> & { filter: NonNullable<ListProps<Row>["filters"]>[number] }

/** What is set, and the way to be rid of it. */
function SetFilter<Row>({ screen, path, panel, ask, filter: { name, label, options } }: WithFilter<Row>) {
  const chosen = (ask.filters[name] ?? []).map(String)
  const words = options
    ? options.filter(({ value }) => chosen.includes(value)).map((option) => option.label)
    : chosen.map(screen.format.calendarDay)
  const said = words.join(` ${screen.t("list_page.or")} `) || "–"
  const { [name]: _, ...others } = ask.filters
  const href = listAddress(path, { ...ask, filters: others })
  return (
    <a
      class="list-filter is-set"
      href={href}
      aria-label={screen.t("list_page.remove_filter", { filter: label, value: said })}
      {...panelLink(panel, href)}
    >
      <span>
        {label}: <strong>{said}</strong>
      </span>
      <Icon name="x" size="small" />
    </a>
  )
}

function FilterMenu<Row>({ screen, shape, filters = [], ask }: ListProps<Row>) {
  return (
    <>
      <button class="list-filter" type="button" popovertarget={`filters-${shape.name}`}>
        <Icon name="plus" size="small" />
        <span>{screen.t("list_page.filter")}</span>
      </button>
      <div class="menu list-menu" id={`filters-${shape.name}`} popover="auto">
        {filters.map(({ name, label, options }) => (
          <fieldset>
            <legend class="menu-title">{label}</legend>
            {!options && <DayFilter name={name} label={label} value={String(ask.filters[name]?.[0] ?? "")} />}
            {options?.map((option) => (
              <label class="menu-item">
                <input
                  type="checkbox"
                  name={name}
                  value={option.value}
                  checked={(ask.filters[name] ?? []).map(String).includes(option.value)}
                />
                <span>{option.label}</span>
              </label>
            ))}
          </fieldset>
        ))}
      </div>
    </>
  )
}

const DayFilter = ({ name, label, value }: { name: string; label: string; value: string }) => (
  <input class="input" type="date" name={name} value={value} aria-label={label} />
)

/** A person's own, by name: one press asks for it again. */
function SavedFilters<Row>({ screen, shape, path, panel, ask, saved }: ListProps<Row> & { saved: readonly Saved[] }) {
  const { t, csrfToken } = screen
  const menu = `saved-${shape.name}`
  return (
    <>
      <button class="button is-quiet" type="button" popovertarget={menu}>
        <Icon name="sliders-horizontal" size="small" />
        <span>{t("list_page.saved_filters")}</span>
      </button>
      <div class="menu list-menu" id={menu} popover="auto">
        {saved.map(({ id, name, query }) => (
          <div class="list-saved">
            <a class="menu-item" href={`${path}?${query}`} {...panelLink(panel, `${path}?${query}`)}>
              <span>{name}</span>
            </a>
            <form method="post" hx-post={`/lists/filters/${id}/deletion`} hx-swap="none">
              <input type="hidden" name="_csrf" value={csrfToken} />
              <button class="icon-button" type="submit" aria-label={t("list_page.forget_filter", { name })}>
                <Icon name="x" size="small" />
              </button>
            </form>
          </div>
        ))}
        <form class="menu-form" method="post" hx-post="/lists/filters" hx-swap="none">
          <input type="hidden" name="_csrf" value={csrfToken} />
          <input type="hidden" name="list" value={shape.name} />
          <input type="hidden" name="query" value={new URLSearchParams(listQuery(ask)).toString()} />
          <label class="list-saving">
            <span>{t("list_page.filter_name")}</span>
            <input class="input" name="name" maxlength={60} required autocomplete="off" />
          </label>
          <button class="button is-small" type="submit">
            {t("list_page.save_filter")}
          </button>
        </form>
      </div>
    </>
  )
}
type Saved = NonNullable<ListProps<never>["saved"]>[number]

/** Remembered for this person, wherever they sign in. */
function Columns<Row>({ screen: { t, csrfToken }, shape, path, columns, ask }: ListProps<Row>) {
  const [, ...optional] = columns
  return (
    <>
      <button class="button is-quiet list-columns" type="button" popovertarget={`columns-${shape.name}`}>
        <Icon name="columns-3" size="small" />
        <span>{t("list_page.columns")}</span>
      </button>
      <form class="menu list-menu" id={`columns-${shape.name}`} popover="auto" method="post" action="/lists/columns">
        <input type="hidden" name="_csrf" value={csrfToken} />
        <input type="hidden" name="list" value={shape.name} />
        <input type="hidden" name="to" value={listAddress(path, ask)} />
        <fieldset>
          <legend class="menu-title">{t("list_page.columns")}</legend>
          {optional.map(({ key, label }) => (
            <label class="menu-item">
              <input type="checkbox" name="column" value={key} checked={ask.columns.includes(key)} />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        <div class="list-menu-foot">
          <button class="button is-small" type="submit">
            {t("list_page.show")}
          </button>
          <button class="button is-small is-quiet" type="submit" name="usual" value="yes">
            {t("list_page.usual_columns")}
          </button>
        </div>
      </form>
    </>
  )
}
