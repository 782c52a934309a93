/** One file of customers: how it is understood, what it would do, how far it is, what came of it. */
import type { ImportListed, ProblemListed } from "~/customer/queries/imports.ts"
import type { ImportDeed } from "~/customer/rules/importing.ts"
import type { CustomerProperty } from "~/customer-property/rules.ts"
import type { ListAsk, ListPage, ListShape } from "~/kernel/list.ts"
import type { Refusal } from "~/kernel/step.ts"
import { List, type ListColumn } from "../list/list.tsx"
import { refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken } from "../parts/field.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { ImportMapping } from "./import-mapping.tsx"
import { IMPORTS_PATH, StateChip } from "./imports.tsx"
import { whyRefused } from "./refused-rows.ts"

export type ImportProps = {
  screen: Screen
  one: ImportListed
  properties: readonly CustomerProperty[]
  /** Those with telephone numbers, by their two letters. */
  countries: readonly string[]
  /** Why the columns cannot be as they were told. */
  refusal: Refusal | null
}

const PANEL = "import-work"

export const ImportPage = (props: ImportProps) => (
  <div class="page import-page">
    <Way screen={props.screen} />
    <ImportWork {...props} />
  </div>
)

const Way = ({ screen: { t }, to }: { screen: Screen; to?: { path: string; name: string } }) => (
  <nav class="customer-way" aria-label={t("customers.way")}>
    <a href={IMPORTS_PATH}>{t("imports.title")}</a>
    {to && (
      <>
        <span aria-hidden="true">›</span>
        <a href={to.path}>{to.name}</a>
      </>
    )}
  </nav>
)

/** What follows the import by itself. */
export const ImportWork = (props: ImportProps) => {
  const { screen, one } = props
  const { t, format, now } = screen
  return (
    <div class="stack" id={PANEL} {...livePanel(`${IMPORTS_PATH}/${one.id}/work`, `customer-import-${one.id}`)}>
      <header class="card-head">
        <h1 dir="auto">{one.name}</h1>
        <StateChip screen={screen} one={one} />
      </header>
      <p class="is-quiet">{t("imports.brought", { moment: format.moment(one.at, now), name: one.authorName })}</p>
      <Stage {...props} />
    </div>
  )
}

function Stage(props: ImportProps) {
  const { screen, one } = props
  const { t } = screen
  switch (one.state) {
    case "reading":
      return <Banner tone="info" title={t("imports.is_reading")} isAnnounced />
    case "mapping":
      return <ImportMapping {...props} deeds={<Deed screen={screen} one={one} deed="cancel" />} />
    case "checking":
    case "running":
    case "paused":
      return <UnderWay screen={screen} one={one} />
    case "checked":
      return <Checked screen={screen} one={one} />
    case "done":
    case "cancelled":
    case "failed":
      return <Over screen={screen} one={one} />
  }
}

type StageProps = Pick<ImportProps, "screen" | "one">

const seen = ({ created, changed, unchanged, refused }: ImportListed): number => created + changed + unchanged + refused

function UnderWay({ screen, one }: StageProps) {
  const { t, format } = screen
  const done = seen(one)
  const total = one.state === "checking" ? null : one.total
  const words =
    total === null
      ? t("imports.rows_seen", { count: done })
      : t("imports.rows_of", { count: format.number(done), total: format.number(total) })
  return (
    <section class="card" aria-labelledby="import-stage">
      <h2 id="import-stage">{t(`imports.is_${one.state as "checking" | "running" | "paused"}`)}</h2>
      <div class="import-progress">
        <progress
          {...(total === null ? {} : { max: Math.max(1, total), value: done })}
          aria-label={t("imports.progress")}
        />
        <span role="status">{words}</span>
      </div>
      <Counts screen={screen} one={one} />
      <p class="is-quiet">{t(one.state === "checking" ? "imports.checking_detail" : "imports.running_detail")}</p>
      <div class="import-deeds">
        {one.state === "checking" && <Deed screen={screen} one={one} deed="change" />}
        {one.state === "running" && <Deed screen={screen} one={one} deed="pause" kind="plain" />}
        {one.state === "paused" && <Deed screen={screen} one={one} deed="resume" kind="primary" />}
        <Deed screen={screen} one={one} deed="cancel" />
      </div>
    </section>
  )
}

function Checked({ screen, one }: StageProps) {
  const { t } = screen
  const isNothing = one.created + one.changed === 0
  return (
    <section class="card" aria-labelledby="import-stage">
      <h2 id="import-stage">{t("imports.is_checked")}</h2>
      <p>{t(isNothing ? "imports.nothing_to_do" : "imports.checked_detail")}</p>
      <Counts screen={screen} one={one} />
      <ProblemsLink screen={screen} one={one} />
      <div class="import-deeds">
        {!isNothing && <Deed screen={screen} one={one} deed="import" kind="primary" />}
        <Deed screen={screen} one={one} deed="change" kind="plain" />
        <Deed screen={screen} one={one} deed="cancel" />
      </div>
    </section>
  )
}

function Over({ screen, one }: StageProps) {
  const { t, format, now } = screen
  const moment = format.moment(one.endedAt ?? one.at, now)
  return (
    <section class="card" aria-label={t("imports.result")}>
      {one.state === "failed" ? (
        <Banner tone="bad" title={t("imports.is_failed")}>
          {one.failure && refusalLine(t, one.failure)}
        </Banner>
      ) : (
        <Banner
          tone={one.state === "done" ? "ok" : "info"}
          title={t(`imports.is_${one.state as "done" | "cancelled"}`, { moment })}
        />
      )}
      {seen(one) > 0 && <Counts screen={screen} one={one} />}
      <ProblemsLink screen={screen} one={one} />
      <div class="import-deeds">
        <Button kind="primary" href="/customers">
          {t("imports.to_customers")}
        </Button>
        <Button href={IMPORTS_PATH}>{t("imports.another")}</Button>
      </div>
    </section>
  )
}

const Counts = ({ screen: { t, format }, one }: StageProps) => (
  <dl class="import-counts">
    {(["created", "changed", "unchanged", "refused"] as const).map((kind) => (
      <div>
        <dt>{t(`imports.${kind}`)}</dt>
        <dd data-count={kind}>{format.number(one[kind])}</dd>
      </div>
    ))}
  </dl>
)

const ProblemsLink = ({ screen: { t }, one }: StageProps) =>
  one.refused === 0 ? (
    <span hidden />
  ) : (
    <p>
      <a href={`${IMPORTS_PATH}/${one.id}/problems`}>{t("imports.see_problems", { count: one.refused })}</a>
    </p>
  )

type DeedProps = StageProps & { deed: ImportDeed; kind?: "primary" | "plain" | "quiet" }

const Deed = ({ screen: { t, csrfToken }, one, deed, kind = "quiet" }: DeedProps) => (
  <form
    method="post"
    action={`${IMPORTS_PATH}/${one.id}/steering`}
    hx-post={`${IMPORTS_PATH}/${one.id}/steering`}
    hx-target={`#${PANEL}`}
    hx-swap="outerMorph"
  >
    <FormToken csrfToken={csrfToken} />
    <input type="hidden" name="deed" value={deed} />
    <Button kind={kind} type="submit">
      {t(`imports.do_${deed}`)}
    </Button>
  </form>
)

export type ImportProblemsProps = ImportProps & { ask: ListAsk; shape: ListShape; problems: ListPage<ProblemListed> }

/** The rows that were refused, one line for each cell that cannot be. */
export const ImportProblems = ({ screen, one, ask, shape, problems }: ImportProblemsProps) => {
  const { t } = screen
  const path = `${IMPORTS_PATH}/${one.id}`
  return (
    <div class="split" id="import-problems">
      <List
        screen={screen}
        shape={shape}
        ask={ask}
        page={problems}
        panel="import-problems"
        path={`${path}/problems`}
        exports
        title={t("imports.problems")}
        columns={problemColumns(screen)}
        rowPath={() => path}
        rowTarget="page"
        standing={<Way screen={screen} to={{ path, name: one.name }} />}
        searchLabel={t("imports.search")}
        empty={{ icon: "circle-check", title: t("imports.no_problems"), text: t("imports.no_problems_detail") }}
      />
    </div>
  )
}

function problemColumns(screen: Screen): ListColumn<ProblemListed>[] {
  const { t, format } = screen
  const why = (problem: ProblemListed) => whyRefused(screen, problem)
  return [
    {
      key: "row",
      label: t("imports.row"),
      isNumber: true,
      draw: ({ row }) => format.number(row),
      cell: ({ row }) => row,
    },
    { key: "heading", label: t("imports.column"), draw: ({ heading }) => heading, cell: ({ heading }) => heading },
    {
      key: "given",
      label: t("imports.given"),
      draw: ({ given }) => <span dir="auto">{given}</span>,
      cell: ({ given }) => given,
    },
    { key: "reason", label: t("imports.reason"), draw: why, cell: why },
  ]
}
