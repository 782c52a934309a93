/** What is said first: free words where the customer wrote in the last 24 hours, else a template. */
import { EmptyState } from "../parts/empty-state.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { TemplatePicker } from "../template/picker.tsx"
import type { StartProps } from "./props.ts"

export function What(props: StartProps) {
  const { screen, chosen, picks, channel } = props
  const { t } = screen
  if (chosen === null)
    return (
      <div id="start-what">
        <EmptyState icon="message-circle" title={t("start.choose_title")}>
          {t("start.choose")}
        </EmptyState>
      </div>
    )
  const isFree = chosen.kind === "customer" && chosen.customer.windowEndsAt !== null
  const to = chosen.kind === "customer" ? `customer-${chosen.customer.id}` : `number-${chosen.number.digits}`
  return (
    <div id="start-what" data-to={`${channel}/${to}`}>
      <Kinds screen={screen} isFree={isFree} />
      {isFree && <Text screen={screen} />}
      <div class="start-template">
        <TemplatePicker screen={screen} picks={picks} path="/start/templates" query={`?channel=${channel}&to=${to}`} />
      </div>
      <p class="is-quiet start-promise">{promiseWords(props)}</p>
    </div>
  )
}

const promiseWords = ({ screen: { t }, chosen, skillsetName }: StartProps): string => {
  const name = chosen?.kind === "customer" ? chosen.customer.title : (chosen?.number.phone ?? "")
  return t("start.promise", { name, skillset: skillsetName })
}

const Kinds = ({ screen: { t }, isFree }: { screen: Screen; isFree: boolean }) => (
  <fieldset class="transfer-tabs">
    <legend class="visually-hidden">{t("start.kind")}</legend>
    <label class="transfer-tab" title={isFree ? null : t("start.template_only_hint")}>
      <input
        type="radio"
        name="kind"
        value="text"
        checked={isFree}
        disabled={!isFree}
        aria-label={t("start.message")}
      />
      <Icon name={isFree ? "message-circle" : "lock"} size="small" />
      <span>{t("start.message")}</span>
    </label>
    <label class="transfer-tab">
      <input type="radio" name="kind" value="template" checked={!isFree} aria-label={t("start.template")} />
      <Icon name="zap" size="small" />
      <span>{t("start.template")}</span>
    </label>
  </fieldset>
)

const Text = ({ screen: { t } }: { screen: Screen }) => (
  <div class="field start-text">
    <label for="start-text">{t("start.message")}</label>
    <textarea
      class="input"
      id="start-text"
      name="text"
      rows={5}
      maxlength={4_096}
      dir="auto"
      placeholder={t("composer.placeholder")}
    />
  </div>
)
