/** A3: the set-up of a number, step by step: what is right, and what to do. */
import type { ChannelFrame, SetUp } from "~/channel/queries/administering.ts"
import type { Finding, Findings } from "~/channel/rules/findings.ts"
import type { Child } from "../jsx-runtime.ts"
import { Button } from "../parts/button.tsx"
import { FormToken } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { MetaSays } from "./new.tsx"
import { CHANNEL_PANEL, channelPath } from "./page.tsx"

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
      {typeof children === "string" ? <p>{children}</p> : children}
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
        <Deed screen={screen} action={`${path}/check`} label={t("channels.check")} icon="rotate-ccw" />
      </div>
      <ol class="setup-steps">
        <TokenStep screen={screen} setUp={setUp} findings={findings} />
        <NumberStep screen={screen} findings={findings} />
        <WebhookStep screen={screen} setUp={setUp} webhookUrl={webhookUrl} />
        <SubscriptionStep screen={screen} findings={findings} path={path} subscription={subscription} />
        <HeardStep screen={screen} setUp={setUp} />
      </ol>
    </section>
  )
}

type DeedProps = { screen: Screen; action: string; label: string; icon?: "rotate-ccw" | "bell" }

const Deed = ({ screen, action, label, icon }: DeedProps) => (
  <form method="post" action={action} hx-post={action} hx-target={`#${CHANNEL_PANEL}`} hx-swap="outerMorph">
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
  if (!number || !setUp.check)
    return (
      <Step screen={screen} state="open" title={title}>
        {t("channels.not_checked")}
      </Step>
    )
  const time = format.moment(setUp.check.at, now)
  if ("found" in number)
    return (
      <Step screen={screen} state="done" title={title}>
        {t("channels.token_works", { time })}
      </Step>
    )
  return (
    <Step screen={screen} state="wrong" title={title}>
      <MetaSays screen={screen} trouble={number.trouble} />
      <p>{t("channels.checked_at", { time })}</p>
    </Step>
  )
}

function NumberStep({ screen, findings }: CheckProps) {
  const { t } = screen
  const title = t("channels.step_is_number")
  if (!findings || !("found" in findings.number))
    return (
      <Step screen={screen} state="open" title={title}>
        {t("channels.after_token")}
      </Step>
    )
  const { displayPhone, verifiedName, status, quality } = findings.number.found
  const account = findings.account
  if ("found" in account && !account.found.hasNumber)
    return (
      <Step screen={screen} state="wrong" title={title}>
        {t("channels.not_of_account")}
      </Step>
    )
  const isConnected = status === null || status === "CONNECTED"
  return (
    <Step screen={screen} state={isConnected ? "done" : "wrong"} title={title}>
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
    <Step screen={screen} state={isDone ? "done" : "open"} title={t("channels.step_webhook")}>
      <p>
        {verifiedAt === null
          ? t(isDone ? "channels.webhook_heard" : "channels.webhook_todo")
          : t("channels.webhook_verified", { time: format.moment(verifiedAt, now) })}
      </p>
      <Copyable screen={screen} label={t("channels.callback")} value={webhookUrl} />
      <Copyable screen={screen} label={t("channels.verify_token")} value={verifyToken} />
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
    <Deed screen={screen} action={`${path}/subscription`} label={t("channels.subscribe")} icon="bell" />
  )
  const apps = findings?.apps
  if (!apps)
    return (
      <Step screen={screen} state="open" title={title}>
        {t("channels.after_token")}
      </Step>
    )
  const trouble =
    subscription && "trouble" in subscription ? subscription.trouble : "trouble" in apps ? apps.trouble : null
  if (trouble)
    return (
      <Step screen={screen} state="wrong" title={title}>
        <MetaSays screen={screen} trouble={trouble} />
        {subscribing}
      </Step>
    )
  const names = "found" in apps ? apps.found.names : []
  return names.length > 0 ? (
    <Step screen={screen} state="done" title={title}>
      {t("channels.subscribed", { names: names.join(", ") })}
    </Step>
  ) : (
    <Step screen={screen} state="wrong" title={title}>
      <p>{t("channels.not_subscribed")}</p>
      {subscribing}
    </Step>
  )
}

function HeardStep({ screen, setUp: { heardAt } }: { screen: Screen; setUp: SetUp }) {
  const { t, format, now } = screen
  return (
    <Step screen={screen} state={heardAt === null ? "open" : "done"} title={t("channels.step_heard")}>
      {heardAt === null ? t("channels.heard_todo") : t("channels.heard_at", { time: format.moment(heardAt, now) })}
    </Step>
  )
}
