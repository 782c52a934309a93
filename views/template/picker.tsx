/** Choosing a template: search, category, language; beside it stands the form of the one that is chosen (form.tsx). */
import type { TemplatePick } from "~/template/queries/picking.ts"
import { Chip } from "../parts/chip.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { categoryWords, languageMark } from "./words.ts"

export type PickerProps = {
  screen: Screen
  picks: readonly TemplatePick[]
  /** Where the form of one comes from, its id at the end; `query` goes along. */
  path: string
  query?: string
}

/** The list and, beside it, the form of the one that is chosen. */
export const TemplatePicker = ({ screen, picks, path, query = "" }: PickerProps) =>
  picks.length === 0 ? (
    <EmptyState icon="zap" title={screen.t("template.none_title")}>
      {screen.t("template.none")}
    </EmptyState>
  ) : (
    <div class="template-picker" data-template-picker>
      <div class="template-choosing">
        <Filters screen={screen} picks={picks} />
        <fieldset class="template-list" id="template-list">
          <legend class="visually-hidden">{screen.t("template.list")}</legend>
          {picks.map((pick) => (
            <Option screen={screen} pick={pick} from={`${path}/${pick.id}${query}`} />
          ))}
          <p class="is-quiet" id="template-nothing" role="status" hidden>
            {screen.t("template.nothing_fits")}
          </p>
        </fieldset>
      </div>
      <div class="template-filling" id="template-filling">
        <p class="is-quiet template-hint">{screen.t("template.choose_hint")}</p>
      </div>
    </div>
  )

const distinct = (words: readonly string[]): string[] => [...new Set(words)].sort()

function Filters({ screen, picks }: Pick<PickerProps, "screen" | "picks">) {
  const { t } = screen
  const categories = distinct(picks.map(({ category }) => category))
  const languages = distinct(picks.map(({ language }) => language))
  return (
    <div class="template-filters">
      <label class="search-frame">
        <span class="visually-hidden">{t("template.search")}</span>
        <Icon name="search" size="small" />
        <input
          class="input"
          type="search"
          maxlength={100}
          autocomplete="off"
          data-template-search
          placeholder={t("template.search_count", { count: picks.length })}
        />
      </label>
      <label>
        <span class="visually-hidden">{t("template.category")}</span>
        <select class="select" data-template-category>
          <option value="">{t("template.all_categories")}</option>
          {categories.map((category) => (
            <option value={category}>{categoryWords(screen, category)}</option>
          ))}
        </select>
      </label>
      <label>
        <span class="visually-hidden">{t("template.language")}</span>
        <select class="select" data-template-language>
          <option value="">{t("template.all_languages")}</option>
          {languages.map((language) => (
            <option value={language}>{languageMark(language)}</option>
          ))}
        </select>
      </label>
    </div>
  )
}

const Option = ({ screen, pick, from }: { screen: Screen; pick: TemplatePick; from: string }) => (
  <label
    class="template-option"
    data-words={`${pick.title} ${pick.name} ${pick.body}`}
    data-category={pick.category}
    data-language={pick.language}
  >
    <input
      type="radio"
      name="template"
      value={pick.id}
      required
      aria-label={optionName(pick)}
      hx-get={from}
      hx-trigger="change"
      hx-target="#template-filling"
      hx-swap="innerHTML"
      hx-sync="closest fieldset:replace"
    />
    <strong dir="auto">{pick.title}</strong>
    {pick.isForeign ? (
      <Chip tone="warn">{screen.t("template.only", { language: languageMark(pick.language) })}</Chip>
    ) : (
      <Chip>{languageMark(pick.language)}</Chip>
    )}
    <small>{[categoryWords(screen, pick.category), ...partsOf(screen, pick)].join(" · ")}</small>
  </label>
)

const optionName = ({ title, language }: TemplatePick): string => `${title}, ${languageMark(language)}`

function partsOf({ t }: Screen, { header, buttons }: TemplatePick): string[] {
  const head = header === null || header === "text" ? [] : [t(`template.header.${header}`)]
  return [...head, buttons === 0 ? t("template.no_buttons") : t("template.button_count", { count: buttons })]
}
