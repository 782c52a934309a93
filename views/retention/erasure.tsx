/** Erasing a customer: what will go and what stays, the name typed to confirm it, and how far it is. */
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Refusal } from "~/kernel/step.ts"
import type { Footprint } from "~/retention/queries/customer.ts"
import type { ErasureLine } from "~/retention/queries.ts"
import { refusalLine, type Translate } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { Facts } from "../parts/facts.tsx"
import { FormToken, TextField } from "../parts/field.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"

type Open = { id: Id; state: string; openedAt: Instant; channelName: string }
export type ErasureFormProps = {
  screen: Screen
  customer: Id
  title: string
  phone: string | null
  footprint: Footprint
  /** Who is joined with them. */
  joined: readonly string[]
  open: readonly Open[]
  isHeld: boolean
  refusal: Refusal | null
}

export function ErasureForm(props: ErasureFormProps) {
  const { screen, title, customer, open, isHeld, footprint, joined, refusal } = props
  const { t } = screen
  const isBlocked = open.length > 0 || isHeld
  return (
    <div class="page is-narrow erasure-page">
      <h1>{t("erasure.title_of", { name: title })}</h1>
      <p class="is-quiet">{t("erasure.intro")}</p>
      {refusal && !isBlocked && <Banner tone="bad" title={refusalLine(t, refusal)} isAnnounced />}
      {isHeld && <Banner tone="warn" title={t("refused.erasure.held")} isAnnounced={refusal !== null} />}
      {open.length > 0 && <OpenOnes screen={screen} open={open} />}
      <section class="card" aria-labelledby="erasure-goes">
        <h2 id="erasure-goes">{t("erasure.goes")}</h2>
        <Facts facts={footprintFacts(screen, footprint, joined)} />
        <p>{t("erasure.goes_also")}</p>
      </section>
      <section class="card" aria-labelledby="erasure-stays">
        <h2 id="erasure-stays">{t("erasure.stays")}</h2>
        <ul class="consequences">
          {(["figures", "record", "phones", "backups", "others", "file"] as const).map((one) => (
            <li>{t(`erasure.stays_${one}`)}</li>
          ))}
        </ul>
      </section>
      {!isBlocked && <Confirmation {...props} />}
      <p>
        <a href={`/customers/${customer}`}>{t("erasure.back")}</a>
      </p>
    </div>
  )
}

const OpenOnes = ({ screen: { t, format }, open }: { screen: Screen; open: readonly Open[] }) => (
  <>
    <Banner tone="warn" title={t("refused.erasure.open", { count: open.length })} />
    <ul class="consequences">
      {open.map(({ id, state, openedAt, channelName }) => (
        <li>
          <a href={`/conversations/${id}`}>
            {channelName} · {t(`state.${state}` as "state.active")} · {format.dateTime(openedAt)}
          </a>
        </li>
      ))}
    </ul>
  </>
)

const Confirmation = ({ screen, title, customer, refusal }: ErasureFormProps) => {
  const { t } = screen
  const action = `/customers/${customer}/erasure`
  return (
    <form class="card" method="post" action={action}>
      <FormToken csrfToken={screen.csrfToken} />
      <p>{t("erasure.confirm_words", { name: title })}</p>
      <TextField
        name="typed"
        label={t("erasure.typed")}
        autocomplete="off"
        value=""
        hint={title}
        error={refusal?.refused === "erasure.not_confirmed" ? refusalLine(t, refusal) : undefined}
        more={{ required: true, spellcheck: "false", dir: "auto" }}
      />
      <div class="form-foot">
        <Button kind="quiet" href={`/customers/${customer}`}>
          {t("transfer.cancel")}
        </Button>
        <Button kind="solid-danger" type="submit" icon="trash-2">
          {t("erasure.do")}
        </Button>
      </div>
    </form>
  )
}

export function footprintFacts(screen: Screen, footprint: Footprint, joined: readonly string[]) {
  const { t, format } = screen
  const { files, bytes, ...counts } = footprint
  const others = [format.number(joined.length), ...joined].join(" · ")
  return [
    ...(joined.length === 0 ? [] : [{ name: t("retention.of_joined"), value: others }]),
    ...(["conversations", "messages", "notes", "mails", "calls"] as const).map((one) => ({
      name: t(`retention.of_${one}`),
      value: format.number(counts[one]),
    })),
    { name: t("retention.of_files"), value: filesWords(screen, files, bytes) },
    ...(counts.imports === 0 ? [] : [{ name: t("retention.of_imports"), value: format.number(counts.imports) }]),
  ]
}

export const filesWords = (screen: Screen, files: number, bytes: number): string =>
  files === 0 ? screen.format.number(0) : `${screen.format.number(files)} · ${screen.format.size(bytes)}`

/** Draws itself anew while it goes on. */
export function ErasureProgress({ screen, erasure }: { screen: Screen; erasure: ErasureLine }) {
  const { t, format } = screen
  const { id, askedAt, endedAt, by, messages, messagesInAll, phase } = erasure
  return (
    <div
      class="page is-narrow erasure-page"
      id="erasure-progress"
      {...livePanel(`/admin/retention/erasures/${id}`, "retention")}
    >
      <h1>{t("erasure.progress_title")}</h1>
      {endedAt === null ? (
        <Banner tone="info" title={t(`erasure.phase_${phase}`)}>
          {t("erasure.goes_on")}
        </Banner>
      ) : (
        <Banner tone="ok" title={t("erasure.over", { moment: format.dateTime(endedAt) })} isAnnounced />
      )}
      <section class="card">
        <label class="retention-progress">
          <span>{progressWords(t, format.number, messages, messagesInAll)}</span>
          <progress value={endedAt === null ? messages : 1} max={endedAt === null ? Math.max(1, messagesInAll) : 1} />
        </label>
        <Facts
          facts={[
            { name: t("erasure.asked"), value: t("erasure.asked_by", { by, moment: format.dateTime(askedAt) }) },
            { name: t("retention.of_conversations"), value: format.number(erasure.conversations) },
            { name: t("retention.of_messages"), value: format.number(messages) },
            { name: t("retention.of_files"), value: filesWords(screen, erasure.files, erasure.bytes) },
            { name: t("retention.of_webhooks"), value: format.number(erasure.webhooks) },
          ]}
        />
      </section>
      <p>
        <a href="/admin/retention">{t("erasure.to_retention")}</a>
      </p>
    </div>
  )
}

const progressWords = (t: Translate, number: (value: number) => string, done: number, all: number): string =>
  t("erasure.progress", { done: number(Math.min(done, all)), all: number(all) })
