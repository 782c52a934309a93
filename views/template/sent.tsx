/** Template messages sent (S41): mine and unanswered; for supervisors everybody's. */
import type { SentItem } from "~/template/queries/sent.ts"
import { tickIcon } from "../conversation/ticks.tsx"
import { Who } from "../conversation/who.tsx"
import { WindowLeft } from "../conversation/window-left.tsx"
import type { Phrase } from "../locales/index.ts"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { FormToken } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { languageMark } from "./words.ts"

export type SentProps = {
  screen: Screen
  items: readonly SentItem[]
  /** Supervisors choose between their own and everybody's. */
  mayWiden: boolean
  everybody: boolean
  mayStart: boolean
}

export const TemplatesSent = ({ screen, items, mayWiden, everybody, mayStart }: SentProps) => (
  <section
    class="waiting-page"
    id="templates-sent-page"
    aria-labelledby="templates-sent-title"
    {...livePanel(everybody ? "/templates-sent?of=everybody" : "/templates-sent", "templates-sent", "conversations")}
  >
    <div class="templates-sent-head">
      <h1 id="templates-sent-title">{screen.t("nav.templates_sent")}</h1>
      {mayStart && (
        <Button kind="primary" size="small" icon="plus" href="/start">
          {screen.t("start.title")}
        </Button>
      )}
    </div>
    {mayWiden && <Scopes screen={screen} everybody={everybody} />}
    {items.length === 0 ? (
      <EmptyState icon="zap" title={screen.t("templates_sent.empty_title")}>
        {screen.t("templates_sent.empty")}
      </EmptyState>
    ) : (
      <SentTable screen={screen} items={items} everybody={everybody} />
    )}
  </section>
)

const Scopes = ({ screen: { t }, everybody }: { screen: Screen; everybody: boolean }) => (
  <nav class="templates-sent-scopes" aria-label={t("templates_sent.whose")}>
    <a href="/templates-sent" aria-current={everybody ? null : "page"}>
      {t("templates_sent.mine")}
    </a>
    <a href="/templates-sent?of=everybody" aria-current={everybody ? "page" : null}>
      {t("templates_sent.everybody")}
    </a>
  </nav>
)

const SentTable = ({ screen, items, everybody }: Pick<SentProps, "screen" | "items" | "everybody">) => {
  const { t } = screen
  return (
    <table class="waiting-table templates-sent-table">
      <caption class="is-quiet">{t("templates_sent.hint")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("waiting.customer")}</th>
          <th scope="col">{t("templates_sent.template")}</th>
          <th scope="col">{t("templates_sent.status")}</th>
          <th scope="col">{t("templates_sent.sent_at")}</th>
          <th scope="col">{t("waiting.channel")}</th>
          {everybody && <th scope="col">{t("templates_sent.sender")}</th>}
          <th scope="col">
            <span class="visually-hidden">{t("waiting.action")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row screen={screen} item={item} everybody={everybody} />
        ))}
      </tbody>
    </table>
  )
}

const Row = ({ screen, item, everybody }: { screen: Screen; item: SentItem; everybody: boolean }) => {
  const { t, format, now } = screen
  return (
    <tr id={`sent-${item.id}`}>
      <th scope="row">
        <Who conversation={item}>
          <bdi>{item.text}</bdi>
        </Who>
      </th>
      <td>
        <span class="templates-sent-name">
          {item.templateTitle}
          {item.language !== "" && <Chip>{languageMark(item.language)}</Chip>}
        </span>
      </td>
      <td>
        <Standing screen={screen} item={item} />
        {item.windowEndsAt !== null && item.windowEndsAt > now && (
          <WindowLeft screen={screen} endsAt={item.windowEndsAt} soonOnly />
        )}
      </td>
      <td>
        <time>{format.moment(item.sentAt, now)}</time>
        {item.endsAt !== null && (
          <small class="templates-sent-end">
            {t("templates_sent.ends", { time: format.moment(item.endsAt, now) })}
          </small>
        )}
      </td>
      <td>{item.channelName}</td>
      {everybody && <td>{item.ownerName}</td>}
      <td>
        <form method="post" action={`/templates-sent/${item.id}/closing`}>
          <FormToken csrfToken={screen.csrfToken} />
          <Button
            size="small"
            type="submit"
            icon="circle-check"
            more={{ "aria-label": t("templates_sent.close_of", { name: item.title }) }}
          >
            {t("templates_sent.close")}
          </Button>
        </form>
      </td>
    </tr>
  )
}

const Standing = ({ screen, item: { status, failure } }: { screen: Screen; item: SentItem }) => {
  const { t } = screen
  if (status === null) return <span />
  if (status === "failed" || status === "discarded")
    return (
      <span class="templates-sent-failed">
        <Chip tone="bad" icon="circle-alert">
          {t("failed.title")}
        </Chip>
        {failure !== null && <small>{(t as Phrase)(`failure.${failure}`)}</small>}
      </span>
    )
  const icon = tickIcon(status)
  return (
    <span class="templates-sent-standing">
      {icon && <Icon name={icon} size="small" tone={status === "read" ? "read" : undefined} />}
      {t(`ticks.${status}`)}
    </span>
  )
}
