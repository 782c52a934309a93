/** A6: what Meta has, how it stands there, and what of it agents may send. */
import type { ListAsk, ListPage } from "~/kernel/list.ts"
import type { TemplateLine } from "~/template/queries/admin.ts"
import type { TEMPLATE_LIST } from "~/template/rules/list.ts"
import type { TemplateSync } from "~/template/rules.ts"
import type { Child } from "../jsx-runtime.ts"
import { List, type ListColumn, panelLink } from "../list/list.tsx"
import type { Phrase } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"
import {
  categoryWords,
  languageMark,
  languageWords,
  qualityTone,
  qualityWords,
  reasonWords,
  statusTone,
  statusWords,
  templateTitle,
} from "./words.ts"

export const TEMPLATES_PATH = "/admin/templates"
export const TEMPLATES_PANEL = "templates"

export type TemplateAccount = { wabaId: string; numbers: readonly string[]; sync: TemplateSync | null }
type Props = {
  screen: Screen
  shape: typeof TEMPLATE_LIST
  ask: ListAsk
  page: ListPage<TemplateLine>
  accounts: readonly TemplateAccount[]
  /** What the filters offer; of languages those that some template is in. */
  options: Record<"statuses" | "categories" | "languages", readonly string[]>
  current: number | null
  newPath: string
  /** The list as it stands, for when something of it has changed. */
  freshPath: string
  sheet: Child
}

export const AdminTemplates = ({ screen, shape, ask, page, accounts, options, ...rest }: Props) => {
  const { t } = screen
  const { current, newPath, freshPath, sheet } = rest
  return (
    <div class="split" id={TEMPLATES_PANEL}>
      <List
        screen={screen}
        shape={shape}
        ask={ask}
        page={page}
        panel={TEMPLATES_PANEL}
        path={TEMPLATES_PATH}
        exports
        title={t("templates_admin.title")}
        searchLabel={t("template.search")}
        columns={templateColumns(screen, accounts)}
        filters={templateFilters(screen, options)}
        rowPath={({ id }) => `${TEMPLATES_PATH}/${id}`}
        isCurrent={({ id }) => id === current}
        isPale={({ status }) => status === "MISSING" || status === "DISABLED"}
        actions={<Actions screen={screen} accounts={accounts} newPath={newPath} />}
        standing={<Accounts screen={screen} accounts={accounts} freshPath={freshPath} />}
        empty={{ icon: "zap", title: t("templates_admin.none_title"), text: t("templates_admin.none") }}
      />
      {sheet}
    </div>
  )
}

const isRunning = ({ sync }: TemplateAccount, { now }: Screen): boolean =>
  sync !== null && (sync.runningSince !== null || sync.nextAttemptAt <= now)

const Actions = ({ screen, accounts, newPath }: Pick<Props, "screen" | "accounts" | "newPath">) => (
  <>
    <form method="post" action={`${TEMPLATES_PATH}/sync`}>
      <FormToken csrfToken={screen.csrfToken} />
      <Button icon="rotate-ccw" type="submit" isBusy={accounts.some((account) => isRunning(account, screen))}>
        {screen.t("templates_admin.sync")}
      </Button>
    </form>
    <Button kind="primary" icon="plus" href={newPath} more={panelLink(TEMPLATES_PANEL, newPath)}>
      {screen.t("templates_admin.new")}
    </Button>
  </>
)

/** How each account stands with Meta. News of a template draw the list anew, and leave an open sheet alone. */
const Accounts = ({ screen, accounts, freshPath }: Pick<Props, "screen" | "accounts" | "freshPath">) => (
  <div
    class="template-accounts"
    hx-get={freshPath}
    hx-trigger="templates from:body throttle:1s, refetch from:body"
    hx-target={`#${TEMPLATES_PANEL} > .list`}
    hx-select=".list"
    hx-swap="outerMorph"
    hx-sync="this:queue last"
  >
    {accounts.map((account) => (
      <AccountLine screen={screen} account={account} />
    ))}
  </div>
)

const AccountLine = ({ screen, account }: { screen: Screen; account: TemplateAccount }) => {
  const { t, format, now } = screen
  const { numbers, sync } = account
  const when =
    sync?.syncedAt == null
      ? t("templates_admin.never")
      : t("templates_admin.synced", { count: sync.count, time: format.moment(sync.syncedAt, now) })
  return (
    <>
      <p class="is-quiet" role="status">
        {`${numbers.join(", ")} · ${isRunning(account, screen) ? t("templates_admin.running") : when}`}
      </p>
      {sync?.problem != null && (
        <Banner tone="bad" title={t("templates_admin.sync_failed")}>
          {[(t as Phrase)(`failure.${sync.problem}`), sync.problemDetails].filter(Boolean).join(" ")}
        </Banner>
      )}
    </>
  )
}

const templateFilters = (screen: Screen, { statuses, categories, languages }: Props["options"]) => {
  const { t } = screen
  return [
    {
      name: "status",
      label: t("templates_sent.status"),
      options: statuses.map((value) => ({ value, label: statusWords(screen, value) })),
    },
    {
      name: "category",
      label: t("template.category"),
      options: categories.map((value) => ({ value, label: categoryWords(screen, value) })),
    },
    {
      name: "language",
      label: t("template.language"),
      options: languages.map((value) => ({ value, label: languageWords(screen, value) })),
    },
    {
      name: "agents",
      label: t("templates_admin.agents"),
      options: (["open", "closed"] as const).map((value) => ({ value, label: t(`templates_admin.is_${value}`) })),
    },
  ]
}

/** What the list shows, and a file of it. */
export function templateColumns(screen: Screen, accounts: readonly TemplateAccount[]): ListColumn<TemplateLine>[] {
  const { t, format } = screen
  const numbersOf = (wabaId: string) => accounts.find((one) => one.wabaId === wabaId)?.numbers.join(", ") ?? wabaId
  const quality = (value: string | null) => (value === null || value === "UNKNOWN" ? null : value)
  const plain = (key: string, label: string, say: (line: TemplateLine) => string): ListColumn<TemplateLine> => ({
    key,
    label,
    draw: say,
    cell: say,
  })
  return [
    {
      key: "name",
      label: t("templates_sent.template"),
      cell: ({ name }) => name,
      draw: ({ name, body }) => <Named name={name} body={body} />,
    },
    {
      key: "language",
      label: t("template.language"),
      cell: ({ language }) => language,
      draw: ({ language }) => <Chip>{languageMark(language)}</Chip>,
    },
    plain("category", t("template.category"), ({ category }) => categoryWords(screen, category)),
    {
      key: "status",
      label: t("templates_sent.status"),
      cell: ({ status }) => statusWords(screen, status),
      draw: (line) => <Status screen={screen} line={line} />,
    },
    {
      key: "quality",
      label: t("templates_admin.quality"),
      draw: (line) => quality(line.quality) && <Quality screen={screen} quality={line.quality ?? ""} />,
      cell: (line) => quality(line.quality) && qualityWords(screen, line.quality ?? ""),
    },
    plain("agents", t("templates_admin.agents"), ({ enabled }) =>
      t(`templates_admin.is_${enabled ? "open" : "closed"}`),
    ),
    plain("text", t("templates_admin.text"), ({ body }) => body),
    plain("reason", t("templates_admin.reason"), (line) => whyWords(screen, line)),
    plain("account", t("templates_admin.account"), ({ wabaId }) => numbersOf(wabaId)),
    {
      key: "changedAt",
      label: t("templates_admin.changed"),
      draw: ({ changedAt }) => format.date(changedAt),
      cell: ({ changedAt }) => ({ at: changedAt, zone: format.timeZone }),
    },
  ]
}

const Named = ({ name, body }: { name: string; body: string }) => (
  <span class="template-named">
    <span>{templateTitle(name)}</span>
    <small dir="auto">{body}</small>
  </span>
)

export const Quality = ({ screen, quality }: { screen: Screen; quality: string }) => (
  <Chip tone={qualityTone(quality)}>{qualityWords(screen, quality)}</Chip>
)

type Standing = Pick<TemplateLine, "status" | "task" | "rejectedReason" | "problem" | "problemDetails" | "isSupported">

export const Status = ({ screen, line }: { screen: Screen; line: Standing }) => (
  <span class="template-status">
    <Chip tone={statusTone(line.status)}>{statusWords(screen, line.status)}</Chip>
    {line.task !== null && line.status !== "SUBMITTING" && <Chip tone="info">{taskWords(screen, line.task)}</Chip>}
    <small>{whyWords(screen, line)}</small>
  </span>
)

const taskWords = ({ t }: Screen, task: NonNullable<Standing["task"]>): string => t(`templates_admin.task_${task}`)

export function whyWords(screen: Screen, { rejectedReason, problem, problemDetails, isSupported }: Standing): string {
  const { t } = screen
  if (problem !== null) return [(t as Phrase)(`failure.${problem}`), problemDetails].filter(Boolean).join(" ")
  if (rejectedReason !== null && rejectedReason !== "NONE") return reasonWords(screen, rejectedReason)
  return isSupported ? "" : t("templates_admin.unsupported")
}
