/** A14: the virus scanner that looks at files both ways, what happens while it is silent, and a trial of it. */
import type { EarlierFiles, ScannerTrial } from "~/media/rules/scanning.ts"
import { ConflictNotice, type Editing } from "../admin/sheet.tsx"
import { type PlainKey, refusalLine, type Translate } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken, TextField } from "../parts/field.tsx"
import { ChoiceField } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"

export const SCANNER_PATH = "/admin/appliance/scanner"
const PANEL = "scanner"

export type ScannerSettingsProps = {
  screen: Screen
  editing: Editing
  /** Where it listens now; empty: there is none. */
  address: string
  isDone: boolean
  trial: ScannerTrial | null
  /** Files that nobody may open before it has said something. */
  waiting: number
  earlier: EarlierFiles
}

export function ScannerSettings(props: ScannerSettingsProps) {
  const { screen, editing, isDone, address, waiting, earlier } = props
  const { t } = screen
  return (
    <div class="page is-narrow" id={PANEL}>
      <h1>{t("scanner.title")}</h1>
      <p class="panel-intro">{t("scanner.intro")}</p>
      {isDone && <Banner tone="ok" title={t("admin.done_saved")} isAnnounced />}
      {editing.errors.form && <Banner tone="bad" title={refusalLine(t, editing.errors.form)} isAnnounced />}
      {editing.conflict && (
        <ConflictNotice screen={screen} panel={PANEL} action={SCANNER_PATH} editing={editing} labels={labelsOf(t)} />
      )}
      {address === "" && <Banner tone="info" title={t("scanner.none")} />}
      {address !== "" && <EarlierFilesLeft screen={screen} earlier={earlier} />}
      {waiting > 0 && <Banner tone="warn" title={t("scanner.waiting", { count: waiting })} />}
      <Where {...props} />
      {address !== "" && <Trial {...props} />}
    </div>
  )
}

/** What was kept before it was named is looked at in the background; looks again by itself as long as that goes on. */
export const EarlierFilesLeft = ({ screen: { t, format }, earlier }: { screen: Screen; earlier: EarlierFiles }) => (
  <div
    class="stack"
    id="scanner-earlier"
    hx-get={`${SCANNER_PATH}/earlier`}
    hx-swap="outerMorph"
    hx-target="this"
    hx-trigger={earlier.left > 0 ? "every 3s" : null}
  >
    {earlier.left > 0 && (
      <Banner tone="info" title={t("scanner.earlier", { count: earlier.left })}>
        {earlier.isMore && `${t("scanner.earlier_more", { number: format.number(earlier.left) })} `}
        {t("scanner.earlier_hint")}
      </Banner>
    )}
    {earlier.infected > 0 && <Banner tone="warn" title={t("scanner.found", { count: earlier.infected })} />}
    {earlier.left === 0 && earlier.infected === 0 && <p class="is-quiet">{t("scanner.all_clean")}</p>}
  </div>
)

const labelsOf = (t: Translate) => ({ virusScanner: t("scanner.address"), whenScannerDown: t("scanner.when_down") })

function Where({ screen: { t, csrfToken }, editing: { written, errors, before } }: ScannerSettingsProps) {
  return (
    <section class="card" aria-labelledby="scanner-where">
      <h2 id="scanner-where">{t("scanner.where")}</h2>
      <form class="stack" method="post" action={SCANNER_PATH}>
        <FormToken csrfToken={csrfToken} />
        {before && <input type="hidden" name="before" value={JSON.stringify(before)} />}
        <TextField
          name="virusScanner"
          label={t("scanner.address")}
          hint={t("scanner.address_hint")}
          value={written.virusScanner?.[0] ?? ""}
          autocomplete="off"
          error={errors.virusScanner && refusalLine(t, errors.virusScanner)}
        />
        <ChoiceField
          name="whenScannerDown"
          label={t("scanner.when_down")}
          value={written.whenScannerDown?.[0] ?? "hold"}
          options={(["hold", "pass"] as const).map((value) => ({ value, label: t(`scanner.when_down_${value}`) }))}
        />
        <div class="row-of-buttons">
          <Button kind="primary" type="submit">
            {t("admin.save")}
          </Button>
        </div>
      </form>
    </section>
  )
}

const Trial = ({ screen: { t, csrfToken }, trial }: ScannerSettingsProps) => (
  <section class="card" aria-labelledby="scanner-trial">
    <h2 id="scanner-trial">{t("scanner.trial")}</h2>
    <p class="is-quiet">{t("scanner.trial_hint")}</p>
    {trial && <Outcome t={t} trial={trial} />}
    <form method="post" action={`${SCANNER_PATH}/trial`}>
      <FormToken csrfToken={csrfToken} />
      <Button type="submit" icon="shield-check">
        {t("scanner.try")}
      </Button>
    </form>
  </section>
)

function Outcome({ t, trial }: { t: Translate; trial: ScannerTrial }) {
  if (trial.result === "none")
    return (
      <Banner tone="bad" title={t("scanner.trial_silent")} isAnnounced>
        {t(`scanner.trouble_${trial.trouble}` as PlainKey)}
      </Banner>
    )
  const isSeeing = trial.result === "works"
  return (
    <Banner
      tone={isSeeing ? "ok" : "bad"}
      isAnnounced
      title={isSeeing ? t("scanner.trial_works", { virus: trial.virus }) : t("scanner.trial_blind")}
    >
      <span class="code">{trial.version}</span>
    </Banner>
  )
}
