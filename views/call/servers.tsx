/** The servers for video calls, and a trial of them from the browser that shows the page. */

import type { TemplateChoice } from "~/call/queries/template.ts"
import type { Conflict, Written } from "~/web/editing.ts"
import type { FieldErrors } from "~/web/form.ts"
import { type Phrase, refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken, SelectField, TextField } from "../parts/field.tsx"
import { AreaField, Switch } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"

export type CallServersPageProps = {
  screen: Screen
  /** What the form said when it was drawn, and what stands in it now. */
  before: Written
  written: Written
  errors: FieldErrors
  hasSecret: boolean
  isPublicSecure: boolean
  relayOnly: boolean
  conflict: Conflict["by"] | null
  done: "saved" | "template" | null
  template: { chosen: string | null; choices: readonly TemplateChoice[]; callsAt: string }
}

export const CallServersPage = (props: CallServersPageProps) => {
  const { t } = props.screen
  return (
    <div class="page call-servers">
      <h1>{t("call_servers.title")}</h1>
      <p class="is-quiet">{t("call_servers.intro")}</p>
      {props.done && (
        <Banner
          tone="ok"
          title={t(props.done === "saved" ? "call_servers.saved" : "call_template.saved")}
          isAnnounced
        />
      )}
      {!props.isPublicSecure && <Banner tone="warn" title={t("call_servers.insecure")} />}
      {props.relayOnly && <Banner tone="info" title={t("call_servers.relay_only")} />}
      <section class="card" aria-labelledby="call-servers-form">
        <h2 id="call-servers-form">{t("call_servers.servers")}</h2>
        <ServersForm {...props} />
      </section>
      <TemplateCard {...props} />
      <Trial screen={props.screen} />
    </div>
  )
}

const ServersForm = ({ screen, before, written, errors, hasSecret, conflict }: CallServersPageProps) => {
  const { t, csrfToken } = screen
  return (
    <form class="stack" method="post" action="/admin/calls">
      <FormToken csrfToken={csrfToken} />
      <input type="hidden" name="before" value={JSON.stringify(before)} />
      {conflict && <Banner tone="warn" title={t("call_servers.conflict", { name: conflict.name })} isAnnounced />}
      <AreaField
        name="urls"
        label={t("call_servers.urls")}
        hint={t("call_servers.urls_hint")}
        rows={4}
        value={written.urls?.[0] ?? ""}
        error={errors.urls && refusalLine(t, errors.urls)}
        more={{ spellcheck: "false" }}
      />
      <TextField
        name="secret"
        label={t("call_servers.secret")}
        type="password"
        autocomplete="off"
        hint={hasSecret ? t("call_servers.secret_kept") : t("call_servers.secret_hint")}
      />
      {hasSecret && <Switch name="forget" label={t("call_servers.forget")} isOn={false} />}
      <div>
        <Button kind="primary" type="submit">
          {t("call_servers.save")}
        </Button>
      </div>
    </form>
  )
}

/** What brings the link when the 24 hours are over. One that was chosen and does not fit any more stays, and is said to be so. */
function TemplateCard({ screen: { t, csrfToken }, template: { chosen, choices, callsAt } }: CallServersPageProps) {
  const isGone = chosen !== null && !choices.some(({ name }) => name === chosen)
  const options = [
    { value: "", label: t("call_template.none") },
    ...choices.map(({ name, title, languages }) => ({ value: name, label: `${title} (${languages.join(", ")})` })),
  ]
  return (
    <section class="card" aria-labelledby="call-template">
      <h2 id="call-template">{t("call_template.title")}</h2>
      <p class="is-quiet">{t("call_template.intro")}</p>
      {isGone && <Banner tone="warn" title={t("call_template.gone", { name: chosen })} />}
      <form class="stack" method="post" action="/admin/calls/template">
        <FormToken csrfToken={csrfToken} />
        <SelectField
          name="template"
          label={t("call_template.label")}
          options={options}
          value={isGone ? "" : (chosen ?? "")}
          hint={t(choices.length === 0 ? "call_template.nothing_fits" : "call_template.hint")}
        />
        <p class="field-hint">
          {t("call_template.button")} <code class="code">{`${callsAt}{{1}}`}</code>
        </p>
        <div>
          <Button kind="primary" type="submit">
            {t("call_servers.save")}
          </Button>
        </div>
      </form>
    </section>
  )
}

/** What the script says by itself, by its last word. */
const WORDS = [
  "devices",
  "direct",
  "loop",
  "seen",
  "works",
  "works_as",
  "blocked",
  "refused",
  "no_secret",
  "no_https",
  "testing",
  "none",
]

const Trial = ({ screen: { t } }: { screen: Screen }) => {
  const blanks = { url: "{url}", address: "{address}" }
  const words = Object.fromEntries(WORDS.map((word) => [word, (t as Phrase)(`call_servers.${word}`, blanks)]))
  return (
    <section class="card" aria-labelledby="call-trial" data-call-trial data-words={JSON.stringify(words)}>
      <h2 id="call-trial">{t("call_servers.trial")}</h2>
      <p class="is-quiet">{t("call_servers.trial_hint")}</p>
      <div>
        <Button icon="play" more={{ "data-action": "call-trial" }}>
          {t("call_servers.try")}
        </Button>
      </div>
      <table class="call-trial" hidden>
        <thead>
          <tr>
            <th scope="col">{t("call_servers.what")}</th>
            <th scope="col">{t("call_servers.result")}</th>
          </tr>
        </thead>
        <tbody aria-live="polite" />
      </table>
    </section>
  )
}
