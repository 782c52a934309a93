/** A13: who did what, when and from where; what was otherwise before and after. */
import type { AuditLine } from "~/audit/queries/list.ts"
import type { AUDIT_LIST } from "~/audit/rules/list.ts"
import type { AuditAct } from "~/audit/rules.ts"
import type { ListAsk, ListPage } from "~/kernel/list.ts"
import { Sheet } from "../admin/sheet.tsx"
import type { Child } from "../jsx-runtime.ts"
import { listAddress } from "../list/address.ts"
import { List, type ListColumn, type ListFilter } from "../list/list.tsx"
import type { Phrase, PlainKey, Translate } from "../locales/index.ts"
import { Chip, type Tone } from "../parts/chip.tsx"
import { Facts } from "../parts/facts.tsx"
import type { Screen } from "../parts/screen.ts"
import { fieldName, saidOf } from "./values.ts"

const AUDIT_PANEL = "audit"
const AUDIT_PATH = "/admin/audit"

export type AuditProps = {
  screen: Screen
  shape: typeof AUDIT_LIST
  ask: ListAsk
  page: ListPage<AuditLine>
  people: readonly { id: number; name: string }[]
  keptDays: number
  current: number | null
  sheet: Child
}

export const Audit = ({ screen, shape, ask, page, people, keptDays, current, sheet }: AuditProps) => (
  <div class="split" id={AUDIT_PANEL}>
    <List
      screen={screen}
      shape={shape}
      ask={ask}
      page={page}
      panel={AUDIT_PANEL}
      path={AUDIT_PATH}
      exports
      title={screen.t("audit.title")}
      searchLabel={screen.t("audit.search")}
      columns={auditColumns(screen)}
      filters={filtersOf(screen, people)}
      rowPath={({ id }) => `${AUDIT_PATH}/${id}`}
      isCurrent={({ id }) => id === current}
      note={keptDays === 0 ? screen.t("audit.kept_always") : screen.t("audit.kept", { count: keptDays })}
      empty={{ icon: "history", title: screen.t("audit.empty"), text: screen.t("audit.empty_detail") }}
    />
    {sheet}
  </div>
)

const HOUR_MS = 3_600_000
const SPANS = { day: 1, week: 7, month: 30, year: 365 } as const

/** Spans begin on a full hour, so that the address of a page is the same for a while. */
function filtersOf({ t, now }: Screen, people: AuditProps["people"]): ListFilter[] {
  const hour = Math.floor(now / HOUR_MS) * HOUR_MS
  return [
    {
      name: "since",
      label: t("audit.period"),
      options: (["day", "week", "month", "year"] as const).map((span) => ({
        value: String(hour - SPANS[span] * 24 * HOUR_MS),
        label: t(`audit.last_${span}`),
      })),
    },
    { name: "who", label: t("audit.who"), options: people.map(({ id, name }) => ({ value: String(id), label: name })) },
    {
      name: "by",
      label: t("audit.by"),
      options: (["user", "operator", "system", "stranger"] as const).map((value) => ({
        value,
        label: t(`audit.by_${value}`),
      })),
    },
    {
      name: "kind",
      label: t("audit.subject"),
      options: SUBJECTS.map((value) => ({ value, label: subjectKind(t, value) })),
    },
  ]
}
const SUBJECTS = [
  "user",
  "channel",
  "skillset",
  "tenant",
  "settings",
  "predefined_message",
  "profiling",
  "conversation",
  "list",
]

/** What the table shows, and a file of it. */
export function auditColumns(screen: Screen): ListColumn<AuditLine>[] {
  const { t, format, now } = screen
  const said = (line: AuditLine) =>
    changesOf(t, line)
      .map(({ field, before, after }) => `${field}: ${before ?? "–"} → ${after ?? "–"}`)
      .join("; ")
  return [
    {
      key: "at",
      label: t("audit.when"),
      cell: ({ at }) => ({ at, zone: format.timeZone }),
      draw: ({ at }) => <time title={format.dateTime(at)}>{format.moment(at, now)}</time>,
    },
    { key: "who", label: t("audit.who"), draw: (line) => whoName(t, line), cell: (line) => whoName(t, line) },
    {
      key: "act",
      label: t("audit.act"),
      cell: ({ act }) => actName(t, act),
      draw: ({ act }) => <Chip tone={toneOf(act)}>{actName(t, act)}</Chip>,
    },
    {
      key: "subject",
      label: t("audit.subject"),
      cell: (line) => subjectName(t, line),
      draw: (line) => <span class="audit-subject">{subjectName(t, line)}</span>,
    },
    {
      key: "changes",
      label: t("audit.changes"),
      draw: (line) => <Differences t={t} line={line} most={3} />,
      cell: said,
    },
    {
      key: "address",
      label: t("audit.from"),
      cell: ({ address }) => (address ? { digits: address } : null),
      draw: ({ address }) => <span class="code is-whole">{address ?? "–"}</span>,
    },
  ]
}

/** One entry with everything that was otherwise, and its place in the chain. */
export function AuditSheet({
  screen,
  entry,
  ask,
}: {
  screen: Screen
  entry: AuditLine & { hash: string }
  ask: ListAsk
}) {
  const { t, format } = screen
  const facts = [
    { name: t("audit.when"), value: `${format.date(entry.at)}, ${format.preciseTime(entry.at)}` },
    { name: t("audit.who"), value: whoName(t, entry) },
    { name: t("audit.act"), value: <Chip tone={toneOf(entry.act)}>{actName(t, entry.act)}</Chip> },
    { name: t("audit.from"), value: <span class="code">{entry.address ?? "–"}</span> },
  ]
  return (
    <Sheet
      screen={screen}
      panel={AUDIT_PANEL}
      title={subjectName(t, entry)}
      closePath={listAddress(AUDIT_PATH, ask, ask.cursor)}
    >
      <div class="sheet-body">
        <Facts facts={facts} />
        <Differences t={t} line={entry} most={1_000} />
        <p class="field-hint">
          {t("audit.hash")} <code class="code">{entry.hash}</code>
        </p>
      </div>
    </Sheet>
  )
}

const Differences = ({ t, line, most }: { t: Translate; line: AuditLine; most: number }) => {
  const all = changesOf(t, line)
  if (all.length === 0) return null
  return (
    <ul class="differences">
      {all.slice(0, most).map(({ field, before, after }) => (
        <li>
          <span>{field}</span> {before !== null && <del>{before}</del>} {after !== null && <ins>{after}</ins>}
        </li>
      ))}
      {all.length > most && <li>{t("audit.more", { count: all.length - most })}</li>}
    </ul>
  )
}

const changesOf = (t: Translate, { changes }: AuditLine) =>
  Object.entries(changes)
    .map(([field, { before, after }]) => ({
      field: fieldName(t, field),
      before: saidOf(t, before),
      after: saidOf(t, after),
    }))
    .filter(({ before, after }) => before !== null || after !== null)

export const whoName = (t: Translate, { actorKind, actorName }: Pick<AuditLine, "actorKind" | "actorName">): string =>
  actorName ?? (t as Phrase)(`audit.by_${actorKind}`)
const actName = (t: Translate, act: string): string => t(`audit.act.${act as AuditAct}` as PlainKey)
const subjectKind = (t: Translate, kind: string): string => (t as Phrase)(`audit.kind_${kind}`)
const subjectName = (t: Translate, { subjectKind: kind, subjectName: name }: AuditLine): string =>
  `${subjectKind(t, kind)} ${name}`

/** What is made is green, what leaves the building blue, what went wrong or opens doors is warm. */
function toneOf(act: string): Tone {
  if (/\.(failed|disabled)$/.test(act)) return "bad"
  if (/^(password|second_factor|session|sessions|key)\./.test(act)) return "warn"
  if (/\.(created|invited)$/.test(act)) return "ok"
  return act.startsWith("export.") ? "info" : "plain"
}
