/** A11: how long a tenant keeps what, what that comes to today, and what it has removed. */
import type { Instant } from "~/kernel/clock.ts"
import type { Preview } from "~/retention/queries/preview.ts"
import type { ErasureLine, HoldLine, RunLine } from "~/retention/queries.ts"
import type { Retention } from "~/retention/rules.ts"
import type { Written } from "~/web/editing.ts"
import type { FieldErrors } from "~/web/form.ts"
import { refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { Facts } from "../parts/facts.tsx"
import { FormToken } from "../parts/field.tsx"
import { NumberField } from "../parts/form.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { filesWords } from "./erasure.tsx"
import { HoldList } from "./holds.tsx"

export const RETENTION_PATH = "/admin/retention"

const FIELDS = ["conversationsDays", "mediaDays", "webhooksDays", "logsDays", "presenceDays"] as const
const MOST_DAYS = 36_500
/** What is counted with; never the form's token, which belongs into no address. */
const NUMBERS = "#retention-form input[type=number]"

export type ProgressProps = {
  screen: Screen
  running: RunLine | null
  last: RunLine | null
  /** Null: nothing is removed by itself. */
  nextNight: Instant | null
  erasures: readonly ErasureLine[]
}
export type RetentionPageProps = {
  screen: Screen
  before: Written
  written: Written
  errors: FieldErrors
  /** Who changed it meanwhile; empty: nobody can say. */
  conflict: string | null
  done: "saved" | "begun" | null
  progress: ProgressProps
  holds: readonly HoldLine[]
}

export const RetentionPage = (props: RetentionPageProps) => {
  const { screen, done, progress, holds } = props
  const { t } = screen
  return (
    <div class="page retention-page">
      <h1>{t("retention.title")}</h1>
      <p class="is-quiet">{t("retention.intro")}</p>
      {done && <Banner tone="ok" title={t(`retention.done_${done}`)} isAnnounced />}
      <ChoicesForm {...props} />
      <section class="card" aria-labelledby="retention-preview-title">
        <h2 id="retention-preview-title">{t("retention.preview")}</h2>
        <div
          id="retention-preview"
          hx-get={`${RETENTION_PATH}/preview`}
          hx-trigger="load"
          hx-include={NUMBERS}
          hx-swap="outerMorph"
          aria-live="polite"
        >
          <p class="is-quiet">{t("retention.counting")}</p>
        </div>
      </section>
      <RetentionProgress {...progress} />
      <HoldList screen={screen} holds={holds} />
      <section class="card" aria-labelledby="retention-room">
        <h2 id="retention-room">{t("retention.room")}</h2>
        <p>{t("retention.room_words")}</p>
      </section>
    </div>
  )
}

const ChoicesForm = ({ screen, before, written, errors, conflict }: RetentionPageProps) => {
  const { t } = screen
  return (
    <form class="card" id="retention-form" method="post" action={RETENTION_PATH} novalidate>
      <FormToken csrfToken={screen.csrfToken} />
      <input type="hidden" name="before" value={JSON.stringify(before)} />
      <h2>{t("retention.choices")}</h2>
      {conflict !== null && (
        <Banner
          tone="warn"
          title={conflict === "" ? t("speech.conflict_unknown") : t("speech.conflict", { name: conflict })}
          isAnnounced
        />
      )}
      {errors.form && <Banner tone="bad" title={refusalLine(t, errors.form)} isAnnounced />}
      {FIELDS.map((name) => (
        <NumberField
          name={name}
          value={written[name]?.[0] ?? ""}
          least={0}
          most={MOST_DAYS}
          unit={t("settings.unit_days")}
          label={t(`retention.name_${name}`)}
          hint={t(`retention.hint_${name}`)}
          error={errors[name] && refusalLine(t, errors[name])}
        />
      ))}
      <p class="is-quiet">
        {t("retention.audit")} <a href="/admin/settings">{t("settings.title")}</a>
      </p>
      <div class="row-of-buttons">
        <Button kind="primary" type="submit">
          {t("admin.save")}
        </Button>
        <Button
          kind="quiet"
          more={{
            "hx-get": `${RETENTION_PATH}/preview`,
            "hx-include": NUMBERS,
            "hx-target": "#retention-preview",
            "hx-swap": "outerMorph",
          }}
        >
          {t("retention.count_again")}
        </Button>
      </div>
    </form>
  )
}

type PreviewProps = { screen: Screen; preview: Preview; retention: Retention; isSaved: boolean }

/** What a pass would take if it began now. */
export function RetentionPreview({ screen, preview, retention, isSaved }: PreviewProps) {
  const { t, format } = screen
  const isNothing = FIELDS.every((field) => retention[field] === 0)
  return (
    <div id="retention-preview" aria-live="polite">
      {isNothing ? (
        <p>{t("retention.nothing_chosen")}</p>
      ) : (
        <>
          <p>
            <b>
              {t("retention.today", {
                conversations: t("retention.some_conversations", { count: preview.conversations }),
                size: filesWords(screen, preview.files, preview.bytes),
              })}
            </b>
          </p>
          <Facts facts={goneFacts(screen, preview)} />
          {preview.held > 0 && <p>{t("retention.held", { count: preview.held })}</p>}
          {isSaved ? (
            <form method="post" action={`${RETENTION_PATH}/run`}>
              <FormToken csrfToken={screen.csrfToken} />
              <Button type="submit" icon="play">
                {t("retention.run")}
              </Button>
            </form>
          ) : (
            <p class="is-quiet">{t("retention.not_saved")}</p>
          )}
        </>
      )}
      <small class="is-quiet">{t("retention.counted_at", { time: format.time(screen.now) })}</small>
    </div>
  )
}

type GoneFigures = Pick<Preview, "conversations" | "messages" | "files" | "bytes" | "webhooks"> &
  Pick<Preview, "logs" | "presenceChanges">

function goneFacts(screen: Screen, gone: GoneFigures) {
  const { t, format } = screen
  return [
    { name: t("retention.of_conversations"), value: format.number(gone.conversations) },
    { name: t("retention.of_messages"), value: format.number(gone.messages) },
    { name: t("retention.of_files"), value: filesWords(screen, gone.files, gone.bytes) },
    { name: t("retention.of_webhooks"), value: format.number(gone.webhooks) },
    { name: t("retention.of_logs"), value: format.number(gone.logs) },
    { name: t("retention.of_presence"), value: format.number(gone.presenceChanges) },
  ]
}

/** What is under way, and what was: draws itself anew as it goes on. */
export function RetentionProgress({ screen, running, last, nextNight, erasures }: ProgressProps) {
  const { t, format } = screen
  return (
    <section
      class="card"
      id="retention-progress"
      aria-labelledby="retention-progress-title"
      {...livePanel(`${RETENTION_PATH}/progress`, "retention")}
    >
      <h2 id="retention-progress-title">{t("retention.runs")}</h2>
      {running && (
        <>
          <Banner tone="info" title={t(`retention.phase_${running.phase}`)}>
            {begunWords(screen, running)}
          </Banner>
          <progress aria-label={t("retention.running")} />
          <Facts facts={goneFacts(screen, running)} />
        </>
      )}
      <p>
        {nextNight === null
          ? t("retention.no_night")
          : t("retention.next_night", { moment: format.dateTime(nextNight) })}
      </p>
      {last ? (
        <>
          <h3>{t("retention.last")}</h3>
          <p class="is-quiet">
            {begunWords(screen, last)}{" "}
            {t("retention.ended", { moment: format.dateTime(last.endedAt ?? last.startedAt) })}
          </p>
          <Facts facts={goneFacts(screen, last)} />
        </>
      ) : (
        !running && <p class="is-quiet">{t("retention.never")}</p>
      )}
      {erasures.length > 0 && <Erasures screen={screen} erasures={erasures} />}
    </section>
  )
}

const begunWords = ({ t, format }: Screen, { by, startedAt }: RunLine): string =>
  by === null
    ? t("retention.begun_by_night", { moment: format.dateTime(startedAt) })
    : t("retention.begun_by", { by, moment: format.dateTime(startedAt) })

const Erasures = ({ screen: { t, format }, erasures }: Pick<ProgressProps, "screen" | "erasures">) => (
  <>
    <h3>{t("erasure.list")}</h3>
    <ul class="retention-lines">
      {erasures.map(({ id, askedAt, endedAt, by }) => (
        <li>
          <a href={`${RETENTION_PATH}/erasures/${id}`}>
            {t("erasure.asked_by", { by, moment: format.dateTime(askedAt) })}
          </a>
          <span class="is-quiet">{endedAt === null ? t("erasure.under_way") : t("erasure.is_over")}</span>
        </li>
      ))}
    </ul>
  </>
)
