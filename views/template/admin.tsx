/** A6: what Meta has, how it stands there, and what of it agents may send. */
import type { AdminTemplate } from "~/template/queries/admin.ts"
import type { TemplateSync } from "~/template/rules.ts"
import type { Phrase } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { FormToken } from "../parts/field.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import {
  categoryWords,
  languageMark,
  qualityTone,
  qualityWords,
  reasonWords,
  statusTone,
  statusWords,
  templateTitle,
} from "./words.ts"

type Account = { wabaId: string; numbers: readonly string[]; sync: TemplateSync | null }
type Props = { screen: Screen; accounts: readonly Account[]; templates: readonly AdminTemplate[] }

export const AdminTemplates = ({ screen, accounts, templates }: Props) => (
  <section
    class="waiting-page"
    id="templates-admin"
    aria-labelledby="templates-admin-title"
    {...livePanel("/admin/templates", "templates")}
  >
    <h1 id="templates-admin-title">{screen.t("templates_admin.title")}</h1>
    {accounts.map((account) => (
      <AccountLine screen={screen} account={account} />
    ))}
    {templates.length === 0 ? (
      <EmptyState icon="zap" title={screen.t("templates_admin.none_title")}>
        {screen.t("templates_admin.none")}
      </EmptyState>
    ) : (
      <TemplateTable screen={screen} templates={templates} />
    )}
  </section>
)

const AccountLine = ({ screen, account: { wabaId, numbers, sync } }: { screen: Screen; account: Account }) => {
  const { t, format, now } = screen
  const isRunning = sync !== null && (sync.runningSince !== null || sync.nextAttemptAt <= now)
  const when =
    sync?.syncedAt == null
      ? t("templates_admin.never")
      : t("templates_admin.synced", { count: sync.count, time: format.moment(sync.syncedAt, now) })
  return (
    <>
      <div class="templates-sent-head">
        <p class="is-quiet" role="status">
          {`${numbers.join(", ")} · ${isRunning ? t("templates_admin.running") : when}`}
        </p>
        <form method="post" action="/admin/templates/sync">
          <FormToken csrfToken={screen.csrfToken} />
          <input type="hidden" name="account" value={wabaId} />
          <Button size="small" icon="rotate-ccw" type="submit" isBusy={isRunning}>
            {t("templates_admin.sync")}
          </Button>
        </form>
      </div>
      {sync?.problem != null && (
        <Banner tone="bad" title={t("templates_admin.sync_failed")}>
          {[(t as Phrase)(`failure.${sync.problem}`), sync.problemDetails].filter(Boolean).join(" ")}
        </Banner>
      )}
    </>
  )
}

const TemplateTable = ({ screen, templates }: Pick<Props, "screen" | "templates">) => {
  const { t } = screen
  return (
    <table class="waiting-table templates-admin-table">
      <caption class="is-quiet">{t("templates_admin.hint")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("templates_sent.template")}</th>
          <th scope="col">{t("template.category")}</th>
          <th scope="col">{t("templates_sent.status")}</th>
          <th scope="col">{t("templates_admin.quality")}</th>
          <th scope="col">{t("templates_admin.agents")}</th>
        </tr>
      </thead>
      <tbody>
        {templates.map((template) => (
          <Row screen={screen} template={template} />
        ))}
      </tbody>
    </table>
  )
}

const Row = ({ screen, template }: { screen: Screen; template: AdminTemplate }) => (
  <tr id={`template-${template.id}`}>
    <th scope="row">
      <span class="templates-sent-name">
        {templateTitle(template.name)} <Chip>{languageMark(template.language)}</Chip>
      </span>
      <small class="templates-sent-end" dir="auto">
        {template.body}
      </small>
    </th>
    <td>{categoryWords(screen, template.category)}</td>
    <td>
      <Chip tone={statusTone(template.status)}>{statusWords(screen, template.status)}</Chip>
      <small class="templates-sent-end">{whyWords(screen, template)}</small>
    </td>
    <td>
      {template.quality !== null && template.quality !== "UNKNOWN" && (
        <Chip tone={qualityTone(template.quality)}>{qualityWords(screen, template.quality)}</Chip>
      )}
    </td>
    <td>
      <Opening screen={screen} template={template} />
    </td>
  </tr>
)

function whyWords(screen: Screen, { rejectedReason, problem, problemDetails, isSupported }: AdminTemplate): string {
  const { t } = screen
  if (problem !== null) return [(t as Phrase)(`failure.${problem}`), problemDetails].filter(Boolean).join(" ")
  if (rejectedReason !== null && rejectedReason !== "NONE") return reasonWords(screen, rejectedReason)
  return isSupported ? "" : t("templates_admin.unsupported")
}

const Opening = ({ screen, template }: { screen: Screen; template: AdminTemplate }) => (
  <form method="post" action={`/admin/templates/${template.id}/opening`}>
    <FormToken csrfToken={screen.csrfToken} />
    {!template.enabled && <input type="hidden" name="enabled" value="on" />}
    <Button
      size="small"
      type="submit"
      icon={template.enabled ? "check" : undefined}
      disabled={!template.isSupported}
      more={{
        "aria-pressed": template.enabled ? "true" : "false",
        "aria-label": screen.t("templates_admin.open_of", { name: `${template.name} ${template.language}` }),
      }}
    >
      {screen.t(template.enabled ? "templates_admin.opened" : "templates_admin.open")}
    </Button>
  </form>
)
