import { Icon } from "../parts/icon.tsx"
import { listAddress } from "./address.ts"
import type { ListProps } from "./list.tsx"

/** A file of exactly what is shown: the same filters, order and columns. */
export const Exports = ({ screen, path, ask, shape }: Pick<ListProps<never>, "screen" | "path" | "ask" | "shape">) => (
  <>
    <button class="button" type="button" popovertarget={`export-${shape.name}`}>
      <Icon name="download" size="small" />
      <span>{screen.t("list_page.export")}</span>
    </button>
    <section class="menu" id={`export-${shape.name}`} popover="auto" aria-label={screen.t("list_page.export")}>
      <form class="menu-form" method="post" action={listAddress(`${path}/export`, ask)}>
        <input type="hidden" name="_csrf" value={screen.csrfToken} />
        {(["xlsx", "csv"] as const).map((format) => (
          <button class="menu-item" type="submit" name="format" value={format}>
            <Icon name="file-text" />
            <span class="menu-item-words">
              <span>{screen.t(`list_page.export_${format}`)}</span>
            </span>
          </button>
        ))}
      </form>
      <p class="menu-note">{screen.t("list_page.export_note")}</p>
    </section>
  </>
)
