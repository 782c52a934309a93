/** A11, mail: who takes the tenant's mail, whether it does, and what became of the latest. */
import type { MailLine, ownMailServer } from "~/mail/queries/page.ts"
import type { MailOutcome } from "~/mail/rules.ts"
import type { FieldErrors } from "~/web/form.ts"
import { type PlainKey, refusalLine, type Translate } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { Chip, type Tone } from "../parts/chip.tsx"
import { FormToken, TextField } from "../parts/field.tsx"
import { ChoiceField, NumberField } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"

export type MailPageProps = {
  screen: Screen
  /** Where the forms are sent, and whether the page is of those who run the appliance. */
  path: string
  isAppliance: boolean
  /** The tenant's own; null where the appliance's is used. */
  server: ReturnType<typeof ownMailServer>
  written: Readonly<Record<string, string>>
  errors: FieldErrors
  done: "saved" | "removed" | "again" | null
  outcome: ({ to: string } & MailOutcome) | null
  /** Whether anybody takes the mail. */
  isPossible: boolean
  mails: readonly MailLine[]
}

export function MailSettings(props: MailPageProps) {
  const { screen, server, isPossible, isAppliance, done } = props
  const { t } = screen
  return (
    <div class="page is-narrow">
      <h1>{t("mail.title")}</h1>
      {done && (
        <Banner
          tone="ok"
          isAnnounced
          title={t(done === "removed" && isAppliance ? "mail.done_removed_appliance" : `mail.done_${done}`)}
        />
      )}
      {isAppliance && <p class="is-quiet">{t("mail.for_everybody")}</p>}
      {!server && (
        <Banner
          tone={isPossible ? "info" : "warn"}
          title={t(isPossible ? (isAppliance ? "mail.by_environment" : "mail.by_appliance") : "mail.by_nobody")}
        />
      )}
      <ServerCard {...props} />
      <TestCard {...props} />
      <LatestCard {...props} />
    </div>
  )
}

function ServerCard({ screen: { t, csrfToken }, path, server, isAppliance, written, errors }: MailPageProps) {
  const field = (name: string) => ({
    name,
    value: written[name] ?? "",
    error: errors[name] && refusalLine(t, errors[name]),
  })
  return (
    <section class="card" aria-labelledby="server-title">
      <h2 id="server-title">{t("mail.server")}</h2>
      <form class="stack" method="post" action={path}>
        <FormToken csrfToken={csrfToken} />
        <div class="columns">
          <TextField {...field("host")} label={t("mail.host")} required autocomplete="off" />
          <NumberField
            {...field("port")}
            label={t("mail.port")}
            least={1}
            most={65_535}
            value={written.port ?? "587"}
          />
        </div>
        <ChoiceField
          {...field("security")}
          label={t("mail.security")}
          value={written.security ?? "starttls"}
          options={(["starttls", "tls", "none"] as const).map((value) => ({
            value,
            label: t(`mail.security_${value}`),
          }))}
        />
        <div class="columns">
          <TextField {...field("username")} label={t("login.username")} autocomplete="off" />
          <TextField
            {...field("password")}
            type="password"
            label={t("login.password")}
            autocomplete="new-password"
            hint={server?.username ? t("mail.password_kept") : undefined}
          />
        </div>
        <TextField {...field("sender")} label={t("mail.sender")} hint={t("mail.sender_hint")} required />
        <div class="row-of-buttons">
          <Button kind="primary" type="submit">
            {t("admin.save")}
          </Button>
          {server && (
            <Button type="submit" more={{ formaction: `${path}/removing`, formnovalidate: true }}>
              {t(isAppliance ? "mail.remove_appliance" : "mail.remove")}
            </Button>
          )}
        </div>
      </form>
    </section>
  )
}

function TestCard({ screen: { t, csrfToken }, path, errors, outcome }: MailPageProps) {
  return (
    <section class="card" aria-labelledby="test-title">
      <h2 id="test-title">{t("mail.test_title")}</h2>
      {outcome && <Outcome t={t} outcome={outcome} />}
      <form class="line-form" method="post" action={`${path}/test`}>
        <FormToken csrfToken={csrfToken} />
        <TextField
          name="to"
          label={t("mail.test_to")}
          type="email"
          value={outcome?.to ?? ""}
          required
          error={errors.to && refusalLine(t, errors.to)}
        />
        <Button type="submit">{t("mail.test_send")}</Button>
      </form>
    </section>
  )
}

/** In plain words, and then the server's own. */
function Outcome({ t, outcome }: { t: Translate; outcome: NonNullable<MailPageProps["outcome"]> }) {
  const answer = "answer" in outcome ? outcome.answer : null
  const said = answer && <span class="code">{answer}</span>
  if (outcome.result === "sent")
    return (
      <Banner tone="ok" isAnnounced title={t("mail.test_sent", { to: outcome.to })}>
        {said}
      </Banner>
    )
  return (
    <Banner tone="bad" isAnnounced title={t(`mail.trouble.${outcome.reason}`)}>
      {said}
    </Banner>
  )
}

const TONES: Record<MailLine["state"], Tone> = {
  queued: "warn",
  sending: "info",
  sent: "ok",
  failed: "bad",
  uncertain: "warn",
}

function LatestCard({ screen: { t, format, now, csrfToken }, path, mails }: MailPageProps) {
  return (
    <section class="card" aria-labelledby="latest-title">
      <h2 id="latest-title">{t("mail.latest")}</h2>
      {mails.length === 0 && <p>{t("mail.none")}</p>}
      <ul class="sessions">
        {mails.map(({ id, kind, recipient, state, reason, answer, queuedAt, nextAttemptAt }) => (
          <li class="session">
            <div class="session-words">
              <strong>
                {t(`mail.kind.${kind}` as PlainKey)}
                <Chip tone={TONES[state]}>{t(`mail.state.${state}`)}</Chip>
              </strong>
              <span>
                {recipient} · {format.moment(queuedAt, now)}
                {nextAttemptAt !== null &&
                  reason &&
                  ` · ${t("mail.next_try", { at: format.moment(nextAttemptAt, now) })}`}
              </span>
              {reason && (
                <span>
                  {t(`mail.trouble.${reason}` as PlainKey)} {answer && <span class="code">{answer}</span>}
                </span>
              )}
            </div>
            {(state === "failed" || state === "uncertain") && (
              <form method="post" action={`${path}/${id}/again`}>
                <FormToken csrfToken={csrfToken} />
                <Button size="small" type="submit">
                  {t("mail.again")}
                </Button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
