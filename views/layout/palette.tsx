/** Ctrl+K: pages, people and what can be done here, under one field. What it does is what the page's own buttons do. */
import type { PaletteFind } from "~/conversation/queries/palette.ts"
import { CUSTOMERS_PATH } from "../customer/list.tsx"
import type { Child } from "../jsx-runtime.ts"
import type { PlainKey } from "../locales/index.ts"
import { Icon } from "../parts/icon.tsx"
import type { IconName } from "../parts/icons.ts"
import type { Screen } from "../parts/screen.ts"
import { type Place, placeLink } from "./rail.tsx"
import { languageName } from "./user-menu.tsx"

export type PaletteProps = { screen: Screen; places: readonly Place[]; languages: readonly string[] }

export const PaletteButton = ({ t }: Screen) => (
  <button
    class="palette-button"
    type="button"
    data-opens-palette
    aria-haspopup="dialog"
    aria-label={`${t("palette.open")} Ctrl K`}
  >
    <Icon name="search" size="small" />
    <span>{t("palette.open")}</span> <kbd>Ctrl K</kbd>
  </button>
)

/** Commands that press a button of the page: offered only where it is there. */
const HERE: readonly { phrase: PlainKey; icon: IconName; presses: string }[] = [
  { phrase: "palette.transfer", icon: "arrow-right-left", presses: '#thread-head [commandfor="transfer-dialog"]' },
  { phrase: "palette.close", icon: "circle-check", presses: '#thread-head [commandfor="close-dialog"]' },
  { phrase: "palette.park", icon: "timer", presses: '#thread-head [commandfor="transfer-dialog"]' },
  { phrase: "palette.note", icon: "lock", presses: '.writing-tabs [data-writes="note"]' },
  { phrase: "palette.search", icon: "search", presses: '[data-opens="thread-search"]' },
  { phrase: "palette.tags", icon: "tag", presses: "#details-conversation .tag-add" },
  { phrase: "palette.edit", icon: "pencil-line", presses: '.section-with-tool > [commandfor="customer-dialog"]' },
]

export const Palette = ({ screen, places, languages }: PaletteProps) => {
  const { t } = screen
  return (
    <dialog class="palette" id="palette" aria-label={t("palette.title")} closedby="any">
      <div class="palette-field">
        <Icon name="search" />
        <input
          type="text"
          id="palette-words"
          autocomplete="off"
          maxlength={100}
          spellcheck="false"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-label={t("palette.field")}
          placeholder={t("palette.field")}
        />
      </div>
      <div class="palette-list" id="palette-list" role="listbox" aria-label={t("palette.results")}>
        <Group title={t("palette.here")}>
          {HERE.map(({ phrase, icon, presses }) => (
            <Option icon={icon} words={t(phrase)} more={{ "data-presses": presses }} />
          ))}
        </Group>
        <Group title={t("palette.pages")}>
          {places.map((place) => {
            const { href, icon, phrase } = placeLink(place)
            return <Option icon={icon} words={t(phrase)} more={{ "data-goes": href }} />
          })}
        </Group>
        <Group title={t("palette.me")}>
          {(["ready", "back_office", "break"] as const).map((status) => (
            <Option
              icon="headset"
              words={t("palette.status", { status: t(`status.${status}`) })}
              more={{ "data-presses": `#status-menu [value="${status}"]` }}
            />
          ))}
          {(["light", "dark", "system"] as const).map((theme) => (
            <Option
              icon="eye"
              words={t("palette.theme", { theme: t(`user.theme_${theme}`) })}
              more={{ "data-presses": `[data-theme-choice="${theme}"]` }}
            />
          ))}
          {languages.map((language) => (
            <Option
              icon="settings"
              words={t("palette.language", { language: languageName(language) })}
              more={{ "data-presses": `#user-menu [name="language"][value="${language}"]` }}
            />
          ))}
          <Option icon="user-round" words={t("user.profile")} more={{ "data-goes": "/profile" }} />
          <Option
            icon="keyboard"
            words={t("user.shortcuts")}
            more={{ "data-presses": '#user-menu [commandfor="shortcuts"]' }}
          />
        </Group>
        <div id="palette-finds" />
        <p class="palette-nothing">{t("palette.nothing")}</p>
      </div>
    </dialog>
  )
}

const Group = ({ title, children }: { title: string; children: Child }) => (
  <div class="palette-group">
    <p aria-hidden="true">{title}</p>
    {children}
  </div>
)

type OptionProps = { icon: IconName; words: string; hint?: string | null; more: Record<string, string> }

const Option = ({ icon, words, hint = null, more }: OptionProps) => (
  <div role="option" aria-selected="false" tabindex="-1" {...more}>
    <Icon name={icon} size="small" />
    <span dir="auto">{words}</span>
    {hint !== null && <small>{hint}</small>}
  </div>
)

/** A single letter is no word to look for. */
const LEAST_WORDS = 2

type Finds = { screen: Screen; finds: readonly PaletteFind[]; words: string }

/** The answer of `GET /palette`: people, and the way to what was said. */
export const PaletteFinds = ({ screen: { t }, finds, words }: Finds) => (
  <div class="palette-group">
    <p aria-hidden="true">{t("palette.found")}</p>
    {finds.map(({ conversation, title, phone, isOpen }) => (
      <Option
        icon={isOpen ? "message-circle" : "circle-check"}
        words={title}
        hint={phone === title ? null : phone}
        more={{ "data-goes": `/conversations/${conversation}`, "data-found": "true" }}
      />
    ))}
    {words.length >= LEAST_WORDS && (
      <Option
        icon="search"
        words={t("words.palette", { words })}
        more={{ "data-goes": `${CUSTOMERS_PATH}?${new URLSearchParams({ q: words })}`, "data-found": "true" }}
      />
    )}
  </div>
)
