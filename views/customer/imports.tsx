/** Where a file of customers begins: brought here, and the earlier ones. */
import type { ImportListed } from "~/customer/queries/imports.ts"
import { Button } from "../parts/button.tsx"
import { Chip, type Tone } from "../parts/chip.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import type { Screen } from "../parts/screen.ts"

export const IMPORTS_PATH = "/admin/imports"

type StartProps = { screen: Screen; imports: readonly ImportListed[]; limits: { bytes: number; rows: number } }

export const ImportStart = ({ screen, imports, limits }: StartProps) => {
  const { t, format } = screen
  const most = { megabytes: format.number(limits.bytes / 1_000_000), rows: format.number(limits.rows) }
  return (
    <div class="page imports-page">
      <h1>{t("imports.title")}</h1>
      <p class="panel-intro">{t("imports.intro")}</p>
      <section class="card" aria-labelledby="import-file-title">
        <h2 id="import-file-title">{t("imports.file")}</h2>
        <div class="import-drop" data-import-drop>
          <label for="import-file">{t("imports.choose")}</label>
          <input
            type="file"
            id="import-file"
            aria-describedby="import-file-hint"
            data-import-file=""
            accept=".xlsx,.csv,.txt,.tsv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            data-most={limits.bytes}
            data-too-large={t("refused.table.too_large", { megabytes: most.megabytes })}
          />
          <p class="field-hint" id="import-file-hint">
            {t("imports.limits", most)}
          </p>
          <progress max="1" value="0" aria-label={t("attach.progress")} hidden />
          <p data-import-note role="status" />
        </div>
        <div class="import-deeds">
          <span class="is-quiet">{t("imports.sample")}</span>
          {(["xlsx", "csv"] as const).map((kind) => (
            <Button kind="quiet" icon="download" href={`${IMPORTS_PATH}/sample?format=${kind}`}>
              {t(`list_page.export_${kind}`)}
            </Button>
          ))}
        </div>
      </section>
      <section class="card" aria-labelledby="imports-earlier">
        <h2 id="imports-earlier">{t("imports.earlier")}</h2>
        {imports.length === 0 ? (
          <EmptyState icon="file-text" title={t("imports.none")}>
            {t("imports.none_detail")}
          </EmptyState>
        ) : (
          <ul class="import-list">
            {imports.map((one) => (
              <Earlier screen={screen} one={one} />
            ))}
          </ul>
        )}
      </section>
    </div>
  )
}

const Earlier = ({ screen, one }: { screen: Screen; one: ImportListed }) => {
  const { t, format, now } = screen
  const by = { moment: format.moment(one.at, now), name: one.authorName, size: format.size(one.size) }
  return (
    <li>
      <span>
        <a href={`${IMPORTS_PATH}/${one.id}`}>{one.name}</a>
        <small>{t("imports.by", by)}</small>
      </span>
      <StateChip screen={screen} one={one} />
    </li>
  )
}

const TONES: Readonly<Record<ImportListed["state"], Tone>> = {
  reading: "info",
  mapping: "warn",
  checking: "info",
  checked: "warn",
  running: "info",
  paused: "warn",
  done: "ok",
  cancelled: "plain",
  failed: "bad",
}

export const StateChip = ({ screen, one }: { screen: Screen; one: ImportListed }) => (
  <Chip tone={TONES[one.state]}>{screen.t(`imports.state_${one.state}`)}</Chip>
)
