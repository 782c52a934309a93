/** A3, connection: the set-up step by step, each with what is right and what to do; credentials; letting it go. */
import type { ChannelFrame, SetUp } from "~/channel/queries/administering.ts"
import type { Finding, Findings } from "~/channel/rules/findings.ts"
import { type Done, type Editing, SheetForm } from "../admin/sheet.tsx"
import type { Child } from "../jsx-runtime.ts"
import { refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken, TextField } from "../parts/field.tsx"
import { FormGroup } from "../parts/form.tsx"
import { Icon } from "../parts/icon.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { MetaSays, secretField } from "./new.tsx"
import { CHANNEL_PANEL, CHANNELS_PATH, channelPath, Enabling } from "./page.tsx"

export type ConnectionProps = StepsProps & {
  editing: Editing
  phoneNumberId: string
  done: Done | null
  /** What came of a message to try it. */
  tried: { phone: string; finding: Finding<true> | null; error: string | null } | null
}

export const Connection = ({ screen, frame, setUp, editing, phoneNumberId, done, tried, ...rest }: ConnectionProps) => (
  <>
    <Steps {...{ screen, frame, setUp, ...rest }} />
    <Try {...{ screen, frame, tried }} />
    <section class="card" id="access">
      <h2>{screen.t("channels.access")}</h2>
      <Credentials {...{ screen, frame, editing, phoneNumberId, done }} />
    </section>
    <section class="card">
      <h2>{screen.t("channels.pause_or_delete")}</h2>
      <p class="field-hint">{screen.t("channels.pause_or_delete_detail")}</p>
      <div class="channel-deeds">
        {frame.standing !== "off" && <Enabling screen={screen} id={frame.id} isOn={false} />}
        <Button kind="danger" href={`${CHANNELS_PATH}/${frame.id}/deletion`}>
          {screen.t("admin.delete")}
        </Button>
      </div>
    </section>
  </>
)

export type StepsProps = {
  screen: Screen
  frame: ChannelFrame
  setUp: SetUp
  /** What to give Meta as callback. */
  webhookUrl: string
  /** What came of subscribing, when it was in vain. */
  subscription: Finding<true> | null
}

type StepState = "done" | "wrong" | "open"
const STEP_ICONS = { done: "circle-check", wrong: "circle-x", open: "circle-help" } as const

type StepProps = { screen: Screen; state: StepState; title: string; children: Child }

const Step = ({ screen, state, title, children }: StepProps) => (
  <li class={`setup-step is-${state}`}>
    <Icon name={STEP_ICONS[state]} label={screen.t(`channels.step_${state}`)} />
    <div>
      <h3>{title}</h3>
      {children}
    </div>
  </li>
)

/** Follows what Meta does by itself: nobody has to ask whether the webhook has come. */
export function Steps({ screen, frame, setUp, webhookUrl, subscription }: StepsProps) {
  const { t } = screen
  const path = channelPath(frame.id, "connection")
  const findings = setUp.check?.findings ?? null
  return (
    <section class="card setup" id="channel-setup" {...livePanel(`${path}/set-up`, "channel-health")}>
      <div class="setup-head">
        <h2>{t("channels.set_up")}</h2>
        <Deed {...{ screen, action: `${path}/check`, label: t("channels.check"), icon: "rotate-ccw" }} />
      </div>
      <ol class="setup-steps">
        <TokenStep {...{ screen, setUp, findings }} />
        <NumberStep {...{ screen, findings }} />
        <WebhookStep {...{ screen, setUp, webhookUrl }} />
        <SubscriptionStep {...{ screen, findings, path, subscription }} />
        <HeardStep {...{ screen, setUp }} />
      </ol>
    </section>
  )
}

type DeedProps = { screen: Screen; action: string; label: string; icon?: "rotate-ccw" | "bell" }

const Deed = ({ screen, action, label, icon }: DeedProps) => (
  <form {...{ method: "post", action, "hx-post": action, "hx-target": `#${CHANNEL_PANEL}`, "hx-swap": "outerMorph" }}>
    <FormToken csrfToken={screen.csrfToken} />
    <Button size="small" type="submit" icon={icon}>
      {label}
    </Button>
  </form>
)

type CheckProps = { screen: Screen; findings: Findings | null }

function TokenStep({ screen, setUp, findings }: CheckProps & { setUp: SetUp }) {
  const { t, format, now } = screen
  const number = findings?.number
  const title = t("channels.step_token")
  if (!number || !setUp.check) return <Step {...{ screen, state: "open", title }}>{t("channels.not_checked")}</Step>
  const time = format.moment(setUp.check.at, now)
  if ("found" in number) return <Step {...{ screen, state: "done", title }}>{t("channels.token_works", { time })}</Step>
  return (
    <Step {...{ screen, state: "wrong", title }}>
      <MetaSays screen={screen} trouble={number.trouble} />
      <p>{t("channels.checked_at", { time })}</p>
    </Step>
  )
}

function NumberStep({ screen, findings }: CheckProps) {
  const { t } = screen
  const title = t("channels.step_is_number")
  if (!findings || !("found" in findings.number))
    return <Step {...{ screen, state: "open", title }}>{t("channels.after_token")}</Step>
  const { displayPhone, verifiedName, status, quality } = findings.number.found
  const account = findings.account
  if ("found" in account && !account.found.hasNumber)
    return <Step {...{ screen, state: "wrong", title }}>{t("channels.not_of_account")}</Step>
  const isConnected = status === null || status === "CONNECTED"
  return (
    <Step {...{ screen, state: isConnected ? "done" : "wrong", title }}>
      <p>
        {[displayPhone && `+${displayPhone}`, verifiedName, quality && t("channels.quality", { quality })]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {!isConnected && <p>{t("channels.not_registered", { status: status ?? "" })}</p>}
      {"trouble" in account && <MetaSays screen={screen} trouble={account.trouble} />}
    </Step>
  )
}

function WebhookStep({ screen, setUp, webhookUrl }: { screen: Screen; setUp: SetUp; webhookUrl: string }) {
  const { t, format, now } = screen
  const { verifiedAt, heardAt, verifyToken } = setUp
  const isDone = verifiedAt !== null || heardAt !== null
  return (
    <Step {...{ screen, state: isDone ? "done" : "open", title: t("channels.step_webhook") }}>
      <p>
        {verifiedAt === null
          ? t(isDone ? "channels.webhook_heard" : "channels.webhook_todo")
          : t("channels.webhook_verified", { time: format.moment(verifiedAt, now) })}
      </p>
      <Copyable {...{ screen, label: t("channels.callback"), value: webhookUrl }} />
      <Copyable {...{ screen, label: t("channels.verify_token"), value: verifyToken }} />
      {!webhookUrl.startsWith("https://") && <p class="field-error">{t("channels.webhook_needs_https")}</p>}
    </Step>
  )
}

const Copyable = ({ screen, label, value }: { screen: Screen; label: string; value: string }) => (
  <div class="copyable">
    <span>{label}</span>
    <code>{value}</code>
    <Button
      size="small"
      icon="copy"
      more={{ "data-copies": value, "aria-label": `${screen.t("channels.copy")}: ${label}` }}
    >
      {screen.t("channels.copy")}
    </Button>
  </div>
)

type SubscriptionProps = CheckProps & { path: string; subscription: StepsProps["subscription"] }

function SubscriptionStep({ screen, findings, path, subscription }: SubscriptionProps) {
  const { t } = screen
  const title = t("channels.step_subscription")
  const subscribing = (
    <Deed {...{ screen, action: `${path}/subscription`, label: t("channels.subscribe"), icon: "bell" }} />
  )
  const apps = findings?.apps
  if (!apps) return <Step {...{ screen, state: "open", title }}>{t("channels.after_token")}</Step>
  const trouble =
    subscription && "trouble" in subscription ? subscription.trouble : "trouble" in apps ? apps.trouble : null
  if (trouble)
    return (
      <Step {...{ screen, state: "wrong", title }}>
        <MetaSays screen={screen} trouble={trouble} />
        {subscribing}
      </Step>
    )
  const names = "found" in apps ? apps.found.names : []
  return names.length > 0 ? (
    <Step {...{ screen, state: "done", title }}>{t("channels.subscribed", { names: names.join(", ") })}</Step>
  ) : (
    <Step {...{ screen, state: "wrong", title }}>
      <p>{t("channels.not_subscribed")}</p>
      {subscribing}
    </Step>
  )
}

function HeardStep({ screen, setUp: { heardAt } }: { screen: Screen; setUp: SetUp }) {
  const { t, format, now } = screen
  return (
    <Step {...{ screen, state: heardAt === null ? "open" : "done", title: t("channels.step_heard") }}>
      {heardAt === null ? t("channels.heard_todo") : t("channels.heard_at", { time: format.moment(heardAt, now) })}
    </Step>
  )
}

function Try({ screen, frame, tried }: Pick<ConnectionProps, "screen" | "frame" | "tried">) {
  const { t } = screen
  const action = `${CHANNELS_PATH}/${frame.id}/test-message`
  const isSent = tried?.finding != null && "found" in tried.finding
  const trouble = tried?.finding && "trouble" in tried.finding ? tried.finding.trouble : null
  return (
    <section class="card">
      <h2>{t("channels.step_try")}</h2>
      {isSent ? (
        <Banner tone="ok" title={t("channels.tried")} isAnnounced />
      ) : (
        <p class="field-hint">{t("channels.try_detail")}</p>
      )}
      {trouble && <MetaSays screen={screen} trouble={trouble} />}
      <form
        class="setup-try"
        {...{ method: "post", action, "hx-post": action, "hx-target": `#${CHANNEL_PANEL}`, "hx-swap": "outerMorph" }}
      >
        <FormToken csrfToken={screen.csrfToken} />
        <TextField
          {...{ name: "phone", type: "tel", label: t("channels.try_phone"), value: tried?.phone ?? "" }}
          {...{ error: tried?.error ?? undefined, autocomplete: "tel" }}
        />
        <Button type="submit" icon="send">
          {t("channels.try")}
        </Button>
      </form>
    </section>
  )
}

type CredentialsProps = Pick<ConnectionProps, "screen" | "frame" | "editing" | "phoneNumberId" | "done">

function Credentials({ screen, frame, editing, phoneNumberId, done }: CredentialsProps) {
  const { t } = screen
  const { written, errors } = editing
  const field = (name: string) => ({
    ...{ name, value: written[name]?.[0] ?? "", autocomplete: "off" },
    error: errors[name] && refusalLine(t, errors[name]),
  })
  const kept = { optional: t("channels.kept_when_empty") }
  return (
    <SheetForm
      {...{ screen, panel: CHANNEL_PANEL, action: channelPath(frame.id, "connection"), closePath: CHANNELS_PATH }}
      {...{ editing, done, submitLabel: t("channels.save_and_check") }}
      labels={{
        ...{ name: t("channels.name"), displayPhoneNumber: t("channels.number"), wabaId: t("channels.waba_id") },
      }}
    >
      <FormGroup legend={t("channels.step_who")}>
        <div class="columns">
          <TextField {...field("name")} label={t("channels.name")} />
          <TextField {...field("displayPhoneNumber")} label={t("channels.number")} />
          <TextField {...field("wabaId")} label={t("channels.waba_id")} />
          <TextField
            {...{ name: "phoneNumberIdShown", label: t("channels.phone_number_id"), value: phoneNumberId }}
            {...{ disabled: true, hint: t("channels.phone_number_id_fixed") }}
          />
        </div>
      </FormGroup>
      <FormGroup legend={t("channels.secrets")}>
        <p class="field-hint">{t("channels.secrets_hint")}</p>
        <div class="columns">
          <TextField {...secretField(screen, editing, "accessToken")} label={t("channels.access_token")} {...kept} />
          <TextField {...secretField(screen, editing, "appSecret")} label={t("channels.app_secret")} {...kept} />
        </div>
      </FormGroup>
    </SheetForm>
  )
}
