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
        {...{ class: "list-search", id: `search-${shape.name}`, role: "search", "aria-label": searchLabel }}
        {...{ method: "get", action: path, "hx-get": path, "hx-target": `#${panel}`, "hx-swap": "outerMorph" }}
        {...{ "hx-replace-url": "true", "hx-sync": "this:replace" }}
        hx-trigger="submit, input delay:250ms"
      >
        <label class="list-words">
          <span class="visually-hidden">{searchLabel}</span>
          <Icon name="search" size="small" />
          <input class="input" type="search" name="q" value={ask.words} placeholder={searchLabel} autocomplete="off" />
        </label>
        {filters.length > 0 && <FilterMenu {...props} />}
        {listQuery({ ...ask, words: "", filters: {} }).map(([name, value]) => (
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
          <SetFilter {...{ ...props, filter }} />
        ))}
      {props.columns.length > 1 && <Columns {...props} />}
    </div>
  )
}

type WithFilter<Row> = ListProps<Row> & { filter: NonNullable<ListProps<Row>["filters"]>[number] }

/** What is set, and the way to be rid of it. */
function SetFilter<Row>({ screen, path, panel, ask, filter: { name, label, options } }: WithFilter<Row>) {
  const chosen = (ask.filters[name] ?? []).map(String)
  const words = options.filter(({ value }) => chosen.includes(value)).map((option) => option.label)
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
            {options.map((option) => (
              <label class="menu-item">
                <input
                  {...{ type: "checkbox", name, value: option.value }}
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
