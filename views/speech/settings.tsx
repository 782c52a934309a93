/** A11: what turns speech into text; a trial of the server, and of the browser that shows the page. */
import type { EngineKind } from "~/speech/rules.ts"
import type { Written } from "~/web/editing.ts"
import type { FieldErrors } from "~/web/form.ts"
import { fieldOf } from "../admin/field.ts"
import { type Phrase, refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken, TextField } from "../parts/field.tsx"
import { ChoiceField, Switch } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"
import { languageName } from "./words.ts"

/** `reason`: a key under `refused.`. */
export type SpeechTrial = ({ text: string } | { reason: string }) & { milliseconds: number }

export type SpeechPageProps = {
  screen: Screen
  before: Written
  written: Written
  errors: FieldErrors
  /** What is chosen now. */
  kind: EngineKind
  hasKey: boolean
  isSecure: boolean
  isSaved: boolean
  /** `name` null: nobody can say who. */
  conflict: { name: string | null } | null
  /** What agents choose from. */
  languages: readonly string[]
  trial: SpeechTrial | null
}

export const SpeechPage = (props: SpeechPageProps) => {
  const { screen, kind, isSaved, isSecure } = props
  const { t } = screen
  return (
    <div class="page is-narrow speech-settings">
      <h1>{t("speech.title")}</h1>
      <p class="is-quiet">{t("speech.intro")}</p>
      {isSaved && <Banner tone="ok" title={t("speech.saved")} isAnnounced />}
      {!isSecure && <Banner tone="warn" title={t("speech.insecure")} />}
      <Banner tone="info" title={t(`speech.now_${kind}`)} />
      <section class="card" aria-labelledby="speech-form">
        <h2 id="speech-form">{t("speech.engine")}</h2>
        <EngineForm {...props} />
      </section>
      {kind === "server" && <ServerTrial {...props} />}
      {(kind === "device" || kind === "cloud") && <BrowserTrial {...props} />}
    </div>
  )
}

const KINDS = ["off", "server", "device", "cloud"] as const

const EngineForm = ({ screen, before, written, errors, hasKey, conflict }: SpeechPageProps) => {
  const { t, csrfToken } = screen
  const field = fieldOf(t, { written, errors })
  return (
    <form class="stack" method="post" action="/admin/speech">
      <FormToken csrfToken={csrfToken} />
      <input type="hidden" name="before" value={JSON.stringify(before)} />
      {conflict && (
        <Banner
          tone="warn"
          title={conflict.name === null ? t("speech.conflict_unknown") : t("speech.conflict", { name: conflict.name })}
          isAnnounced
        />
      )}
      <ChoiceField
        {...field("kind")}
        label={t("speech.kind")}
        hint={t("speech.kind_hint")}
        options={KINDS.map((value) => ({ value, label: t(`speech.kind_${value}`) }))}
      />
      <div class="stack only-for-server">
        <TextField
          {...field("url")}
          label={t("speech.url")}
          hint={t("speech.url_hint")}
          autocomplete="off"
          more={{ spellcheck: "false", inputmode: "url" }}
        />
        <TextField
          {...field("model")}
          label={t("speech.model")}
          hint={t("speech.model_hint")}
          autocomplete="off"
          more={{ spellcheck: "false" }}
        />
        <TextField
          name="key"
          label={t("speech.key")}
          type="password"
          autocomplete="off"
          hint={t(hasKey ? "speech.key_kept" : "speech.key_hint")}
          error={errors.key && refusalLine(t, errors.key)}
        />
        {hasKey && <Switch name="forget" label={t("speech.forget")} isOn={false} />}
      </div>
      <TextField
        {...field("languages")}
        label={t("speech.languages")}
        hint={t("speech.languages_hint")}
        more={{ spellcheck: "false" }}
      />
      <div>
        <Button kind="primary" type="submit">
          {t("speech.save")}
        </Button>
      </div>
    </form>
  )
}

const ServerTrial = ({ screen: { t, csrfToken, format }, trial }: SpeechPageProps) => (
  <section class="card" aria-labelledby="speech-trial">
    <h2 id="speech-trial">{t("speech.trial")}</h2>
    <p class="is-quiet">{t("speech.trial_hint")}</p>
    {trial && "text" in trial && (
      <Banner
        tone="ok"
        isAnnounced
        title={t("speech.works", { seconds: format.number(Math.round(trial.milliseconds / 100) / 10) })}
      />
    )}
    {trial && "reason" in trial && <Banner tone="bad" isAnnounced title={refusalLine(t, { refused: trial.reason })} />}
    <form method="post" action="/admin/speech/test">
      <FormToken csrfToken={csrfToken} />
      <Button icon="play" type="submit">
        {t("speech.try")}
      </Button>
    </form>
  </section>
)

/** What the script says by itself, by its last word. */
const WORDS = ["here", "to_load", "by_vendor", "absent", "no_https", "no_recognition"] as const

/** Whether this browser understands speech is known only to itself: the script asks, a line for each language. */
const BrowserTrial = ({ screen, languages, kind }: SpeechPageProps) => {
  const { t } = screen
  const words = Object.fromEntries(WORDS.map((word) => [word, (t as Phrase)(`speech.browser_${word}`)]))
  return (
    <section
      class="card"
      aria-labelledby="speech-trial"
      data-speech-trial={kind}
      data-words={JSON.stringify(words)}
      data-languages={JSON.stringify(languages)}
    >
      <h2 id="speech-trial">{t("speech.browser_trial")}</h2>
      <p class="is-quiet">{t("speech.browser_trial_hint")}</p>
      <ul class="speech-languages" aria-live="polite">
        {languages.map((language) => (
          <li data-language={language}>
            <strong>{languageName(screen, language)}</strong> <span />
          </li>
        ))}
      </ul>
    </section>
  )
}
