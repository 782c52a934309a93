/**
 * The window of a video call (S32). It stands outside of the page, so that no panel takes it away; the script draws what
 * changes in it, by `data-state`.
 */
import type { CallWindowProps as Call } from "~/call/queries.ts"
import { refusalLine } from "../locales/index.ts"
import { Avatar } from "../parts/avatar.tsx"
import { Icon } from "../parts/icon.tsx"
import type { IconName } from "../parts/icons.ts"
import type { Screen } from "../parts/screen.ts"

export type CallWindowProps = Call & { screen: Screen }

export const CALL_DOCK = "call-dock"

/** Where the window comes to; empty until somebody calls. */
export const CallDock = () => <div id={CALL_DOCK} />

export const CallWindow = (props: CallWindowProps) => {
  const { screen, title, conversation, call } = props
  const { t } = screen
  return (
    <section
      class="call"
      id="call"
      data-call
      data-state="before"
      data-conversation={conversation}
      data-running={call?.id ?? null}
      aria-label={t("call.with", { name: title })}
    >
      <CallHead {...props} />
      <div class="call-scene">
        <video class="call-remote" autoplay playsinline aria-label={t("call.video_of", { name: title })}>
          <track kind="captions" />
        </video>
        <video
          class="call-screen"
          autoplay
          playsinline
          muted
          aria-label={t("call.screen_of", { name: title })}
          hidden
        />
        <div class="call-calm">
          <Avatar name={title} />
          <strong data-says="headline" />
          <span data-says="detail" role="status" />
          <span class="call-actions">
            <CallAction name="copy" icon="copy" words={t("call.copy_link")} />
            <CallAction name="again" icon="send" words={t("call.send_again")} />
            <CallAction name="retry" icon="rotate-ccw" words={t("call.retry")} />
          </span>
        </div>
        <span class="call-tag" data-says="tag" hidden />
        <span class="call-self">
          <video class="call-own" autoplay playsinline muted aria-label={t("call.own_video")} />
          <Icon name="video-off" />
        </span>
      </div>
      <CallPreparation {...props} />
      <CallControls screen={screen} />
      <div class="visually-hidden" role="status" data-says="announcement" />
    </section>
  )
}

const CallHead = ({ screen: { t }, title }: CallWindowProps) => (
  <header class="call-head">
    <button class="call-grip" type="button" aria-label={t("call.move")} title={t("call.move")} data-call-action="move">
      <Icon name="grip-horizontal" size="small" />
    </button>
    <strong class="call-title">{title}</strong>
    <span class="call-time" role="timer" data-says="time" />
    <span class="call-quality" role="img" data-says="quality" hidden />
    <span class="call-space" />
    <HeadButton action="pip" icon="picture-in-picture-2" words={t("call.pip")} />
    <HeadButton action="small" icon="minimize-2" words={t("call.small")} />
    <HeadButton action="large" icon="maximize-2" words={t("call.large")} />
    <HeadButton action="cancel" icon="x" words={t("call.cancel")} />
  </header>
)

type ActionProps = { action: string; icon: IconName; words: string }

const HeadButton = ({ action, icon, words }: ActionProps) => (
  <button class="icon-button" type="button" aria-label={words} title={words} data-call-action={action}>
    <Icon name={icon} size="small" />
  </button>
)

const CallAction = ({ name, icon, words }: { name: string; icon: IconName; words: string }) => (
  <button class="button is-small" type="button" data-call-action={name} hidden>
    <Icon name={icon} size="small" />
    <span>{words}</span>
  </button>
)

/** What is in the way of a link, or how it goes. */
function howItGoes({ screen: { t }, isWindowOpen, template }: CallWindowProps): string | null {
  if (isWindowOpen) return null
  if (template === null) return t("call.window_closed")
  return "refused" in template ? refusalLine(t, template) : t("call.by_template", { template: template.title })
}

const mayInvite = ({ isWindowOpen, template }: CallWindowProps): boolean =>
  isWindowOpen || (template !== null && !("refused" in template))

/** Before: which camera, which microphone, how one looks and sounds. */
const CallPreparation = (props: CallWindowProps) => {
  const { t } = props.screen
  const says = howItGoes(props)
  return (
    <div class="call-preparation">
      <p class="call-trouble" data-says="trouble" role="alert" hidden />
      <label class="call-device">
        <Icon name="video" size="small" />
        <span class="visually-hidden">{t("call.camera")}</span>
        <select class="select" data-device="videoinput" />
      </label>
      <label class="call-device">
        <Icon name="mic" size="small" />
        <span class="visually-hidden">{t("call.microphone")}</span>
        <select class="select" data-device="audioinput" />
      </label>
      <meter class="call-level" min="0" max="1" value="0" aria-label={t("call.level")} />
      {says !== null && <p class={mayInvite(props) ? "call-hint" : "call-trouble"}>{says}</p>}
      <button class="button is-primary" type="button" data-call-action="start" disabled={!mayInvite(props)}>
        <Icon name="send" size="small" />
        <span>{t("call.send_and_start")}</span>
      </button>
    </div>
  )
}

const CallControls = ({ screen: { t } }: { screen: Screen }) => (
  <footer class="call-controls">
    <Control action="microphone" icon="mic" off="mic-off" words={t("call.microphone")} isPressed />
    <Control action="camera" icon="video" off="video-off" words={t("call.camera")} isPressed />
    <Control action="screen" icon="monitor-up" off="monitor-up" words={t("call.share_screen")} />
    <button
      class="call-control"
      type="button"
      aria-label={t("call.devices")}
      title={t("call.devices")}
      data-call-action="devices"
      aria-expanded="false"
    >
      <Icon name="settings" />
    </button>
    <button
      class="call-control is-end"
      type="button"
      aria-label={t("call.end")}
      title={t("call.end")}
      data-call-action="end"
    >
      <Icon name="phone-off" />
    </button>
  </footer>
)

type ControlProps = ActionProps & { off: IconName; isPressed?: boolean }

const Control = ({ action, icon, off, words, isPressed = false }: ControlProps) => (
  <button
    class="call-control"
    type="button"
    aria-label={words}
    title={words}
    aria-pressed={String(isPressed)}
    data-call-action={action}
  >
    <Icon name={icon} />
    <Icon name={off} />
  </button>
)
