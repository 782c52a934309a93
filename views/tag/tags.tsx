/** Tags: as they stand on something, and the window in which they are put there and taken off. */
import type { Id } from "~/kernel/id.ts"
import type { Tag, TagPlace } from "~/tag/rules.ts"
import { IconButton } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { Dialog, DialogNotices, opens } from "../parts/dialog.tsx"
import { FormToken } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

const DIALOG = "tags-dialog"

export const TagChips = ({ tags }: { tags: readonly Tag[] }) => (
  <>
    {tags.map(({ name, tone }) => (
      <Chip tone={tone}>
        <span dir="auto">{name}</span>
      </Chip>
    ))}
  </>
)

type LineProps = { screen: Screen; conversation: Id; on: TagPlace["on"]; tags: readonly Tag[]; mayChange: boolean }

/** With the button that changes them. */
export const TagLine = ({ screen, conversation, on, tags, mayChange }: LineProps) => (
  <div class="tag-line">
    <TagChips tags={tags} />
    {mayChange && (
      <button
        class="chip tag-add"
        type="button"
        title={screen.t(`tag.change_${on}`)}
        {...opens(DIALOG)}
        aria-label={screen.t(`tag.change_${on}`)}
        hx-get={`/conversations/${conversation}/tags?on=${on}`}
        hx-target="#tags-place"
        hx-swap="innerHTML"
      >
        <Icon name="tag" size="small" />
        {tags.length === 0 && <span>{screen.t("tag.add")}</span>}
      </button>
    )}
  </div>
)

export const TagsDialog = ({ t }: Screen) => (
  <Dialog id={DIALOG} title={t("tag.title")} closeLabel={t("dialog.close")}>
    <DialogNotices />
    <div id="tags-place">
      <p class="is-quiet">{t("details.loading")}</p>
    </div>
  </Dialog>
)

export type TagPanelProps = {
  screen: Screen
  conversation: Id
  on: TagPlace["on"]
  all: readonly Tag[]
  there: readonly Tag[]
}

/** Typing filters what there is, Enter puts it there, and makes it if nobody has used it yet. */
export function TagPanel({ screen, conversation, on, all, there }: TagPanelProps) {
  const { t } = screen
  const path = `/conversations/${conversation}/tags`
  const post = (to: string) => ({ "hx-post": to, "hx-target": "#tags-panel", "hx-swap": "outerMorph" })
  const isThere = (tag: Tag) => there.some(({ id }) => id === tag.id)
  return (
    <div class="tags-panel" id="tags-panel" data-on={on}>
      <p class="is-quiet">{t(`tag.explain_${on}`)}</p>
      <form class="tags-typing" method="post" action={path} {...post(path)}>
        <FormToken csrfToken={screen.csrfToken} />
        <input type="hidden" name="on" value={on} />
        <input
          class="input"
          type="text"
          name="name"
          id="tags-typed"
          autocomplete="off"
          maxlength={40}
          aria-label={t("tag.typed")}
          placeholder={t("tag.typed")}
          autofocus
          data-filters-tags
        />
        <IconButton icon="plus" label={t("tag.put")} type="submit" />
      </form>
      <ul class="tags-all" aria-label={t("tag.all")}>
        {all.map((tag) => (
          <li data-tag={tag.name}>
            <form method="post" action={isThere(tag) ? `${path}/removal` : path}>
              <FormToken csrfToken={screen.csrfToken} />
              <input type="hidden" name="on" value={on} />
              {isThere(tag) ? (
                <input type="hidden" name="tag" value={tag.id} />
              ) : (
                <input type="hidden" name="name" value={tag.name} />
              )}
              <button
                class={`chip${tag.tone === "plain" ? "" : ` is-${tag.tone}`}`}
                type="submit"
                aria-pressed={isThere(tag) ? "true" : "false"}
                {...post(isThere(tag) ? `${path}/removal` : path)}
              >
                {isThere(tag) && <Icon name="check" size="small" />}
                <span dir="auto">{tag.name}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
      {all.length === 0 && <p class="is-quiet">{t("tag.none")}</p>}
    </div>
  )
}
