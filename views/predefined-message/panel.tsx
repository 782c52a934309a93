/** Predefined messages above the message field: filter, category, what the customer gets; and what was picked, in the field. */
import type { Id } from "~/kernel/id.ts"
import type { Pick } from "~/predefined-message/queries.ts"
import { IconButton } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

const PANEL = "predefined"

export const PredefinedButton = ({ t }: Screen) => (
  <IconButton
    icon="list-checks"
    label={t("predefined.title")}
    more={{ "data-opens": PANEL, "aria-controls": PANEL, "aria-expanded": "false" }}
  />
)

/** The choices that go along with what is in the field: filled by the script, in words of the catalogue. */
export const ComposerChoices = ({ t }: Screen) => (
  <div class="composer-choices" hidden>
    <Icon name="list-checks" size="small" />
    <span class="composer-choices-words" />
    <span class="composer-choices-list" />
    <IconButton icon="x" label={t("composer.without_choices")} more={{ "data-removes": "choices" }} />
  </div>
)

/** Stands there closed; what is in it comes from its own address when it opens. */
export const PredefinedPanel = ({ screen: { t }, conversation }: { screen: Screen; conversation: Id }) => (
  <section
    class="composer-panel predefined"
    id={PANEL}
    role="dialog"
    aria-label={t("predefined.title")}
    hidden
    data-from={`/conversations/${conversation}/predefined-messages`}
  >
    <div class="composer-panel-head">
      <label class="search-frame">
        <span class="visually-hidden">{t("predefined.filter")}</span>
        <Icon name="search" size="small" />
        <input
          class="input"
          id="predefined-filter"
          type="search"
          maxlength={100}
          autocomplete="off"
          role="combobox"
          aria-controls="predefined-list"
          aria-expanded="true"
          placeholder={t("predefined.filter")}
        />
      </label>
      <IconButton icon="x" label={t("predefined.close")} more={{ "data-closes": PANEL }} />
    </div>
    <div id="predefined-body">
      <p class="predefined-none">{t("predefined.loading")}</p>
    </div>
    <p class="predefined-keys" aria-hidden="true">
      <span>
        <kbd>↑</kbd> <kbd>↓</kbd> {t("predefined.key_choose")}
      </span>
      <span>
        <kbd>Enter</kbd> {t("predefined.key_pick")}
      </span>
      <span>
        <kbd>Esc</kbd> {t("predefined.key_back")}
      </span>
    </p>
  </section>
)

type Props = { screen: Screen; picks: readonly Pick[] }

/** What the panel opens with: every message, filled for this conversation. */
export const PredefinedMessages = ({ screen, picks }: Props) =>
  picks.length === 0 ? (
    <p class="predefined-none">{screen.t("predefined.none_at_all")}</p>
  ) : (
    <div class="predefined-body">
      <Categories screen={screen} picks={picks} />
      <div class="predefined-picks">
        <ul id="predefined-list" role="listbox" aria-label={screen.t("predefined.title")}>
          {picks.map((pick) => (
            <PickLine screen={screen} pick={pick} />
          ))}
        </ul>
        <p class="predefined-none" id="predefined-none" role="status" hidden>
          {screen.t("predefined.none")}
        </p>
      </div>
      <div class="predefined-previews">
        {picks.map((pick) => (
          <Preview screen={screen} pick={pick} />
        ))}
      </div>
    </div>
  )

function Categories({ screen: { t }, picks }: Props) {
  const names = [...new Set(picks.map(({ category }) => category))]
  return (
    <fieldset class="predefined-categories">
      <legend class="visually-hidden">{t("predefined.categories")}</legend>
      {["", ...names].map((name) => (
        <label class="predefined-category">
          <input type="radio" name="predefined-category" value={name} checked={name === ""} />
          <span dir="auto">{name === "" ? t("predefined.all") : name}</span>
          <small>{picks.filter(({ category }) => name === "" || category === name).length}</small>
        </label>
      ))}
    </fieldset>
  )
}

type PickProps = { screen: Screen; pick: Pick }

const PickLine = ({ screen: { t }, pick }: PickProps) => (
  <li
    class="predefined-pick"
    id={`predefined-${pick.id}`}
    role="option"
    aria-selected="false"
    data-id={pick.id}
    data-category={pick.category}
    data-text={pick.text}
    data-choices={pick.choices && JSON.stringify(pick.choices)}
  >
    <strong dir="auto">{pick.title}</strong>
    <span class="predefined-marks">
      {pick.language !== "" && <Chip>{pick.language.toUpperCase()}</Chip>}
      {pick.choices && (
        <Chip tone="info" icon="list-checks">
          {pick.choices.style === "list"
            ? t("predefined.list", { count: pick.choices.titles.length })
            : t("predefined.buttons", { count: pick.choices.titles.length })}
        </Chip>
      )}
    </span>
    <small dir="auto">{pick.text}</small>
  </li>
)

const Preview = ({ screen: { t }, pick }: PickProps) => (
  <div class="predefined-preview" id={`predefined-preview-${pick.id}`} hidden>
    <p class="predefined-gets">{t("predefined.preview")}</p>
    <p class="bubble predefined-bubble" dir="auto">
      <Marked text={pick.text} />
    </p>
    {pick.choices && (
      <ul class="predefined-choices">
        {pick.choices.style === "list" && <li class="is-opener">{pick.choices.opener}</li>}
        {pick.choices.titles.map((title) => (
          <li dir="auto">{title}</li>
        ))}
      </ul>
    )}
    <small>
      {pick.category}
      {pick.missing.length > 0 && ` · ${t("predefined.missing", { placeholders: braced(pick.missing) })}`}
    </small>
  </div>
)

const braced = (names: readonly string[]) => names.map((name) => `{${name}}`).join(", ")

/** What still wants a value stands out. */
const Marked = ({ text }: { text: string }) => (
  <>{text.split(/(\{[a-z][\w.]*\})/i).map((part, index) => (index % 2 === 1 ? <mark>{part}</mark> : part))}</>
)
